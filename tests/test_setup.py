"""The locks are complete and agree with the project; the set-up chooses, repairs and waits as it should."""

from __future__ import annotations

import ctypes
import importlib.metadata
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[1]
SCRIPTS = ROOT / "packaging"
sys.path.append(str(SCRIPTS))

import environment  # noqa: E402
import pytorch  # noqa: E402
import system_packages  # noqa: E402

from gui.display import displays  # noqa: E402

PINS = {
    canonicalize_name(name): version
    for lock in environment.LOCKS
    for name, version in (pin.split("==") for pin in environment.pins(lock))
}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_the_locks_hold_one_exact_version_of_each_package() -> None:
    lines = [pin for lock in environment.LOCKS for pin in environment.pins(lock)]
    assert all(re.fullmatch(r"[A-Za-z0-9-]+==[0-9][0-9.]*", line) for line in lines)
    assert len({canonicalize_name(line.split("==")[0]) for line in lines}) == len(lines)


@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13"])
@pytest.mark.parametrize("system", ["linux", "darwin", "win32"])
def test_the_locks_hold_everything_that_their_packages_need(python: str, system: str) -> None:
    surroundings = {
        "python_version": python,
        "python_full_version": f"{python}.0",
        "sys_platform": system,
        "platform_system": {"linux": "Linux", "darwin": "Darwin", "win32": "Windows"}[system],
        "os_name": "nt" if system == "win32" else "posix",
        "extra": "",
    }
    for name in PINS:
        for line in importlib.metadata.requires(name) or ():
            need = Requirement(line)
            if need.marker is not None and not need.marker.evaluate(surroundings):
                continue
            if name == "torch" and re.match("nvidia|cuda|triton", need.name):
                continue  # of the CUDA builds alone: pip brings them, see packaging/pytorch.py
            assert canonicalize_name(need.name) in PINS, f"{name} needs {need.name}"
            assert need.specifier.contains(PINS[canonicalize_name(need.name)]), f"{name}: {line}"


def test_the_locks_satisfy_the_projects_own_ranges() -> None:
    for need in map(Requirement, PROJECT["dependencies"]):
        assert need.specifier.contains(PINS[canonicalize_name(need.name)]), str(need)
    assert Version(PINS["pyside6-essentials"]) < Version("6.12")


def test_what_is_installed_is_what_the_locks_say() -> None:
    installed = {name: importlib.metadata.version(name).partition("+")[0] for name in PINS}
    assert installed == PINS


@pytest.mark.parametrize(
    ("platform", "has_nvidia", "answers", "build", "index"),
    [
        ("linux", True, False, "CUDA", None),
        ("win32", True, False, "CUDA", pytorch.CUDA_INDEX),
        ("linux", False, True, "CPU", pytorch.CPU_INDEX),
        ("linux", False, False, "CPU", None),
        ("win32", False, True, "CPU", pytorch.CPU_INDEX),
        ("darwin", False, False, "CPU", None),
    ],
)
def test_pytorch_is_chosen_by_the_machine(
    platform: str, has_nvidia: bool, answers: bool, build: str, index: str | None
) -> None:
    choice = pytorch.choose(platform, has_nvidia, answers)
    assert (choice.build, choice.index) == (build, index)
    assert choice.why


def test_the_build_of_pytorch_is_read_from_its_files(tmp_path: Path) -> None:
    assert pytorch.installed_build(tmp_path) is None
    facts = tmp_path / "torch" / "version.py"
    facts.parent.mkdir()
    facts.write_text("__version__ = '2.13.0+cpu'\ncuda: Optional[str] = None\n")
    assert (pytorch.installed_build(tmp_path), pytorch.installed_version(tmp_path)) == ("CPU", "2.13.0+cpu")
    facts.write_text("__version__ = '2.13.0+cu130'\ncuda: Optional[str] = '13.0'\n")
    assert pytorch.installed_build(tmp_path) == "CUDA"


def test_missing_libraries_are_named_as_packages_once() -> None:
    output = (
        "\tlibxcb-cursor.so.0 => not found\n\tlibc.so.6 => /lib/libc.so.6 (0x1)\n"
        "\tlibxcb-cursor.so.0 => not found\n\tlibodd.so.3 => not found\n"
    )
    missing = system_packages.missing_libraries(output)
    assert missing == ["libxcb-cursor.so.0", "libodd.so.3"]
    packages = system_packages.packages_with(missing)
    assert [package.apt for package in packages] == ["libxcb-cursor0", "libodd"]
    assert packages[0].dnf == "xcb-util-cursor"


@pytest.mark.parametrize(
    ("program", "command"),
    [
        ("apt-get", "sudo apt-get install -y libegl1 fonts-noto-cjk"),
        ("dnf", "sudo dnf install -y libglvnd-egl google-noto-sans-cjk-fonts"),
        ("pacman", "sudo pacman -S --needed libglvnd noto-fonts-cjk"),
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="package managers of Linux")
def test_the_command_for_missing_packages_is_that_of_the_system(
    program: str, command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / program).write_text("")
    (tmp_path / program).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    packages = [system_packages.LIBRARIES["libEGL"], system_packages.FONT]
    assert system_packages.command_for(packages) == command


@pytest.mark.parametrize("stamp", ["", "[1]", "5", '{"python": 3}', "\\xff"])
def test_a_damaged_stamp_is_no_stamp(stamp: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "stamp.json").write_text(stamp, encoding="utf-8")
    monkeypatch.setattr(environment, "STAMP", tmp_path / "stamp.json")
    assert not environment.is_ready()


def test_packages_that_somebody_deleted_are_missed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "site_packages", lambda: tmp_path)
    for name, version in PINS.items():
        about = tmp_path / f"{name.replace('-', '_')}-{version}.dist-info"
        about.mkdir()
        (about / "RECORD").write_text(f"{about.name}/METADATA,,\n{name}.py,,\n", encoding="utf-8")
        (tmp_path / f"{name}.py").touch()
    assert environment._missing_packages() == []
    (tmp_path / "numpy.py").unlink()
    (tmp_path / f"pillow-{PINS['pillow']}.dist-info" / "RECORD").unlink()
    assert sorted(environment._missing_packages()) == ["numpy", "pillow"]


def test_an_environment_without_its_library_folder_is_not_ready(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment, "VENV", tmp_path)
    assert not environment.site_packages().exists()
    assert len(environment._missing_packages()) == len(PINS)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux lacks displays")
@pytest.mark.parametrize("variable", ["DISPLAY", "WAYLAND_DISPLAY"])
@pytest.mark.parametrize("value", ["", ":54321", "nobody-is-here"])
def test_a_display_that_does_not_answer_is_none(
    variable: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv(variable, value)
    libraries = {"DISPLAY": "libxcb.so.1", "WAYLAND_DISPLAY": "libwayland-client.so.0"}
    try:
        ctypes.CDLL(libraries[variable])
    except OSError:
        pytest.skip("cannot be asked on this system")
    assert displays() == ()


def test_what_stands_in_the_users_folder_and_settings_does_not_lead_the_set_up_astray(tmp_path: Path) -> None:
    for name in ("gui.py", "engine.py", "json.py"):
        (tmp_path / name).write_text("raise SystemExit('led astray')", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, SCRIPTS / "dev.py", "help"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": ""},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 2 and "led astray" not in done.stdout + done.stderr
