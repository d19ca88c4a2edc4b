"""The parts of a Linux system that Qt needs and pip cannot bring: shared libraries and a Japanese font."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from console import SetupError, run_quietly, say


class Package(NamedTuple):
    """One package under its name for each package manager."""

    apt: str
    dnf: str
    pacman: str


# By the library's file name up to ".so". What these need in turn, the package manager brings.
LIBRARIES: dict[str, Package] = {
    "libGL": Package("libgl1", "libglvnd-glx", "libglvnd"),
    "libGLX": Package("libgl1", "libglvnd-glx", "libglvnd"),
    "libOpenGL": Package("libopengl0", "libglvnd-opengl", "libglvnd"),
    "libEGL": Package("libegl1", "libglvnd-egl", "libglvnd"),
    "libX11": Package("libx11-6", "libX11", "libx11"),
    "libX11-xcb": Package("libx11-xcb1", "libX11-xcb", "libx11"),
    "libSM": Package("libsm6", "libSM", "libsm"),
    "libICE": Package("libice6", "libICE", "libice"),
    "libdbus-1": Package("libdbus-1-3", "dbus-libs", "dbus"),
    "libfontconfig": Package("libfontconfig1", "fontconfig", "fontconfig"),
    "libfreetype": Package("libfreetype6", "freetype", "freetype2"),
    "libglib-2.0": Package("libglib2.0-0", "glib2", "glib2"),
    "libgthread-2.0": Package("libglib2.0-0", "glib2", "glib2"),
    "libwayland-client": Package("libwayland-client0", "libwayland-client", "wayland"),
    "libwayland-cursor": Package("libwayland-cursor0", "libwayland-cursor", "wayland"),
    "libwayland-egl": Package("libwayland-egl1", "libwayland-egl", "wayland"),
    "libxkbcommon": Package("libxkbcommon0", "libxkbcommon", "libxkbcommon"),
    "libxkbcommon-x11": Package("libxkbcommon-x11-0", "libxkbcommon-x11", "libxkbcommon-x11"),
    "libxcb": Package("libxcb1", "libxcb", "libxcb"),
    "libxcb-cursor": Package("libxcb-cursor0", "xcb-util-cursor", "xcb-util-cursor"),
    "libxcb-icccm": Package("libxcb-icccm4", "xcb-util-wm", "xcb-util-wm"),
    "libxcb-image": Package("libxcb-image0", "xcb-util-image", "xcb-util-image"),
    "libxcb-keysyms": Package("libxcb-keysyms1", "xcb-util-keysyms", "xcb-util-keysyms"),
    "libxcb-randr": Package("libxcb-randr0", "libxcb", "libxcb"),
    "libxcb-render": Package("libxcb-render0", "libxcb", "libxcb"),
    "libxcb-render-util": Package("libxcb-render-util0", "xcb-util-renderutil", "xcb-util-renderutil"),
    "libxcb-shape": Package("libxcb-shape0", "libxcb", "libxcb"),
    "libxcb-shm": Package("libxcb-shm0", "libxcb", "libxcb"),
    "libxcb-sync": Package("libxcb-sync1", "libxcb", "libxcb"),
    "libxcb-util": Package("libxcb-util1", "xcb-util", "xcb-util"),
    "libxcb-xfixes": Package("libxcb-xfixes0", "libxcb", "libxcb"),
    "libxcb-xkb": Package("libxcb-xkb1", "libxcb", "libxcb"),
}
FONT = Package("fonts-noto-cjk", "google-noto-sans-cjk-fonts", "noto-fonts-cjk")
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts")
JAPANESE_FONT = re.compile(
    r"cjk|japan|notosansjp|ipa(ex)?[gm]|takao|vl-?gothic|mplus|wqy|fallback", re.IGNORECASE
)
# Drawing and the offscreen window stand or fall with these; the window on a screen needs its plugin too.
NEEDED = ("QtWidgets.abi3.so", "Qt/plugins/platforms/libqoffscreen.so", "lrelease")
ON_SCREEN = {
    "xcb": "Qt/plugins/platforms/libqxcb.so",
    "wayland": "Qt/plugins/platforms/libqwayland.so",
}
APT = {"DEBIAN_FRONTEND": "noninteractive"}
APT_OPTIONS = [
    "-q",
    "-o",
    "Acquire::Retries=1",
    "-o",
    "Acquire::http::Timeout=20",
    "-o",
    "DPkg::Lock::Timeout=120",
]


def ensure_qt_runs(pyside: Path) -> None:
    """Install what Qt under ``pyside`` and Japanese text lack, or say what the user should install.

    Raises:
        SetupError: Qt cannot start at all and nothing could be installed without asking.
    """
    if not sys.platform.startswith("linux"):
        return
    packages = _missing_packages(pyside, NEEDED + tuple(ON_SCREEN.values()))
    if not _has_japanese_font():
        packages.append(FONT)
    if packages and _may_install():
        say(
            "Installing what Qt needs from the system: "
            + " ".join(package.apt for package in packages)
            + " ..."
        )
        _apt_install([package.apt for package in packages])
        packages = _missing_packages(pyside, NEEDED + tuple(ON_SCREEN.values()))
        if not _has_japanese_font():
            packages.append(FONT)
    if _missing(pyside, NEEDED):
        raise SetupError("Qt lacks system libraries. Install them, then try again: " + command_for(packages))
    if packages:
        say("Digit Dojo runs, but is better with these system packages: " + command_for(packages))


def ensure_window_opens(pyside: Path, displays: Iterable[str]) -> None:
    """See that Qt can open a window on one of ``displays``; else it would end with a core dump.

    Raises:
        SetupError: libraries are missing; the text names the command that installs them.
    """
    missing = [_missing(pyside, [ON_SCREEN[name]]) for name in displays if name in ON_SCREEN]
    if missing and all(missing):
        raise SetupError(
            "The window lacks system libraries. Install them, then try again: "
            + command_for(packages_with(library for libraries in missing for library in libraries))
        )


def qt_starts(pyside: Path) -> bool:
    """Return whether the system has what Qt needs at all; fast enough to be asked at every start."""
    return not (sys.platform.startswith("linux") and _missing(pyside, NEEDED))


def install_venv_module(version: tuple[int, int]) -> bool:
    """Install Debian's package with Python's venv module where that needs no question; return success."""
    return _may_install() and _apt_install([f"python{version[0]}.{version[1]}-venv"])


def command_for(packages: Iterable[Package]) -> str:
    """Return the command by which the user installs ``packages`` on this system."""
    for program, start, field in (
        ("apt-get", "sudo apt-get install -y", "apt"),
        ("dnf", "sudo dnf install -y", "dnf"),
        ("pacman", "sudo pacman -S --needed", "pacman"),
    ):
        if shutil.which(program):
            return " ".join([start, *dict.fromkeys(getattr(package, field) for package in packages)])
    return "(by their names in Debian) " + " ".join(dict.fromkeys(package.apt for package in packages))


def missing_libraries(ldd_output: str) -> list[str]:
    """Return the names of the libraries that ``ldd`` did not find, each once."""
    return list(dict.fromkeys(re.findall(r"^\s*(\S+) => not found", ldd_output, re.MULTILINE)))


def packages_with(libraries: Iterable[str]) -> list[Package]:
    """Return the packages that hold ``libraries``; one that is not known stands under its own name."""
    stems = [library.split(".so")[0] for library in libraries]
    return list(dict.fromkeys(LIBRARIES.get(stem, Package(stem, stem, stem)) for stem in stems))


def _missing(pyside: Path, files: Iterable[str]) -> list[str]:
    if not shutil.which("ldd"):
        return []
    present = [str(pyside / name) for name in files if (pyside / name).exists()]
    answer = subprocess.run(["ldd", *present], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    return missing_libraries(answer.stdout.decode("utf-8", "replace"))


def _missing_packages(pyside: Path, files: Iterable[str]) -> list[Package]:
    return packages_with(_missing(pyside, files))


def _has_japanese_font() -> bool:
    if shutil.which("fc-list"):
        answer = subprocess.run(["fc-list", ":lang=ja"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        return bool(answer.stdout.strip())
    folders = [Path(folder).expanduser() for folder in FONT_FOLDERS]
    return any(JAPANESE_FONT.search(font.name) for folder in folders for font in folder.rglob("*.[to]t[fc]"))


def _may_install() -> bool:
    if not shutil.which("apt-get"):
        return False
    return os.geteuid() == 0 or _succeeds_silently(["sudo", "-n", "true"])


def _apt_install(names: list[str]) -> bool:
    become = [] if os.geteuid() == 0 else ["sudo", "-n", "DEBIAN_FRONTEND=noninteractive"]
    apt = [*become, "apt-get", *APT_OPTIONS]
    run_quietly([*apt, "update"], "", APT, optional=True)
    return run_quietly([*apt, "install", "-y", "--no-install-recommends", *names], "", APT, optional=True)


def _succeeds_silently(command: list[str]) -> bool:
    try:
        return subprocess.call(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False
