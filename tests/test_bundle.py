"""The installers: nothing that is used is left out, one version, every licence inside, true menu entries."""

from __future__ import annotations

import ast
import configparser
import hashlib
import io
import os
import re
import subprocess
import sys
import tarfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SCRIPTS = ROOT / "packaging"
sys.path.append(str(SCRIPTS))

import environment  # noqa: E402
from bundle import (  # noqa: E402
    appimage,
    archive,
    debian,
    freeze,
    icu,
    licences,
    linux_system,
    linux_tree,
    release,
    trim,
    windows_installer,
)
from console import SetupError  # noqa: E402

from engine import __version__  # noqa: E402
from engine.data.schema import APPLICATION_ID  # noqa: E402
from gui.licences import Component, components, parse, written  # noqa: E402

OBJDUMP = """
Dynamic Section:
  NEEDED               libc.so.6
  NEEDED               libxcb.so.1
  SONAME               libQt6XcbQpa.so.6

Version References:
  required from libc.so.6:
    0x06969194 0x00 05 GLIBC_2.14
    0x069691b4 0x00 04 GLIBC_2.34
    0x09691a75 0x00 03 GLIBC_2.2.5
"""


def imported_by(room: str) -> set[str]:
    """Return every module that the files of a room import, wherever in them."""
    found = set()
    for path in (ROOT / room).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {name.name for name in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found |= {node.module} | {f"{node.module}.{name.name}" for name in node.names}
    return found


def test_nothing_that_engine_or_gui_imports_is_left_out_of_the_bundle() -> None:
    used = imported_by("engine") | imported_by("gui")
    assert {"torch", "numpy", "PySide6.QtWidgets"} <= used
    for module in trim.modules():
        assert not any(name == module or name.startswith(f"{module}.") for name in used), module


def test_the_engine_uses_no_part_of_pytorch_that_loads_its_compiler() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "engine").rglob("*.py"))
    assert not re.search(r"torch\.(compile|export|onnx|jit|distributed)\b", text)


@pytest.mark.parametrize(
    "path",
    [
        "PySide6/Qt/lib/libQt6Network.so.6",
        "PySide6\\opengl32sw.dll",
        "PySide6/Qt/translations/qtbase_fr.qm",
        "PySide6/Qt/translations/qtbase_es.qm",
        "PySide6/Qt/plugins/platforms/libqeglfs.so",
        "PySide6/plugins/tls/qopensslbackend.dll",
        "libglib-2.0.so.0",
        "libz.so.1",
        "numpy-2.4.6.dist-info/METADATA",
    ],
)
def test_what_no_desktop_or_nobody_needs_is_left_out(path: str) -> None:
    part = trim.left_out(path)
    assert part is not None and part.why


@pytest.mark.parametrize(
    "path",
    [
        "PySide6/Qt/lib/libQt6Widgets.so.6",
        "PySide6/Qt/translations/qtbase_ja.qm",
        "PySide6/Qt/translations/qtbase_en.qm",
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/Qt/plugins/platforms/libqoffscreen.so",
        "PySide6/Qt/plugins/platforminputcontexts/libibusplatforminputcontextplugin.so",
        "PySide6/plugins/platforms/qwindows.dll",
        "torch/lib/libtorch_cpu.so",
        "torch/lib/torch_cpu.dll",
        "libzstd-40ad5e7e.so.1.5.7",
        "libxcb-cursor.so.0",
        "assets/starter/digits.xz",
        "assets/base/base.safetensors",
        "assets/i18n/digit_dojo_ja.qm",
    ],
)
def test_what_the_program_works_with_stays(path: str) -> None:
    assert trim.left_out(path) is None


def test_a_package_depends_on_what_its_files_ask_for() -> None:
    assert linux_system.needed(OBJDUMP) == ["libc.so.6", "libxcb.so.1"]
    assert linux_system.newest_c_library(OBJDUMP) == (2, 34)
    assert linux_system.newest_c_library("") == ()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads Linux libraries")
def test_a_library_that_nobody_brings_stops_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "libours.so").write_bytes(b"\x7fELF")
    tool = tmp_path / "tools" / "objdump"
    tool.parent.mkdir()
    monkeypatch.setenv("PATH", str(tool.parent))
    tool.write_text(f"#!/bin/sh\n/bin/cat <<'END'\n{OBJDUMP}\nEND\n", encoding="utf-8")
    tool.chmod(0o755)
    assert linux_system.depends(tmp_path) == ["libc6 (>= 2.34)", "libxcb1"]
    tool.write_text("#!/bin/sh\necho '  NEEDED  libodd.so.3'\n", encoding="utf-8")
    with pytest.raises(SetupError, match=r"libodd\.so\.3 \(for libours\.so\)"):
        linux_system.depends(tmp_path)


@pytest.mark.parametrize(
    ("table", "stays"),
    [
        ("root.res", True),
        ("ja.res", True),
        ("coll/ja.res", True),
        ("coll/ucadata.icu", True),
        ("zone/en_US.res", True),
        ("res_index.res", True),
        ("supplementalData.res", True),
        ("zoneinfo64.res", True),
        ("de.res", False),
        ("coll/zh.res", False),
        ("curr/pt_BR.res", False),
        ("brkitr/cjdict.dict", False),
        ("translit/root.res", False),
        ("ibm-943_P15A-2003.cnv", False),
    ],
)
def test_of_icus_tables_those_of_our_languages_and_of_none_stay(table: str, stays: bool) -> None:
    assert icu.keeps(table) is stays


def test_an_archive_of_icu_holds_after_packing_what_it_held_before() -> None:
    tables = {"icudt73l/b.res": b"beta" * 5, "icudt73l/a.icu": b"alpha", "icudt73l/coll/ja.res": b"x" * 16}
    header = b"\x10\x00" + bytes(14)
    again = icu.unpacked(header + icu.packed(tables))
    assert list(again) == sorted(tables)
    assert {name: table.rstrip(b"\0") for name, table in again.items()} == tables


def test_an_appimage_without_its_runtime_says_where_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(appimage.RUNTIME, raising=False)
    with pytest.raises(SetupError, match="type2-runtime"):
        release.make(["--only", "appimage"])
    (tmp_path / "runtime").write_bytes(b"#!/bin/sh")
    monkeypatch.setenv(appimage.RUNTIME, str(tmp_path / "runtime"))
    with pytest.raises(SetupError, match="no runtime of an AppImage"):
        appimage.build(tmp_path, tmp_path)


def test_one_version_is_in_every_package() -> None:
    assert f"\nVersion: {__version__}\n" in debian.control(["libc6"], 5, "amd64")
    assert f'release version="{__version__}"' in linux_tree.filled("digit-dojo.metainfo.xml")
    assert "@" not in linux_tree.filled("digit-dojo.1") and __version__ in linux_tree.filled("digit-dojo.1")
    script = windows_installer.SCRIPT.read_text(encoding="utf-8")
    assert "${VERSION}" in script and __version__ not in script
    assert __version__ in archive.README.format(version=__version__, depends="")


def test_the_control_file_is_as_dpkg_reads_it() -> None:
    text = debian.control(["libc6 (>= 2.35)", "zlib1g"], 5, "amd64")
    fields = dict(line.split(": ", 1) for line in text.splitlines() if not line.startswith(" "))
    assert fields["Depends"] == "libc6 (>= 2.35), zlib1g"
    assert fields["Installed-Size"] == "5"
    assert all(len(line) < 80 for line in debian.DESCRIPTION.splitlines())


def test_the_menu_entry_speaks_both_languages_and_takes_a_document() -> None:
    entry = configparser.ConfigParser(interpolation=None)
    entry.optionxform = str  # type: ignore[assignment,method-assign]
    entry.read_string(linux_tree.filled("digit-dojo.desktop"))
    facts = entry["Desktop Entry"]
    assert facts["Exec"] == "digit-dojo %f" and facts["MimeType"] == "application/x-digit-dojo;"
    for key in ("Name", "GenericName", "Comment", "Keywords"):
        assert facts[key] and facts[f"{key}[ja]"] and facts[key] != facts[f"{key}[ja]"]


def test_a_document_is_known_by_its_first_bytes_too() -> None:
    kind = ElementTree.fromstring(linux_tree.filled("digit-dojo.xml"))
    space = {"m": "http://www.freedesktop.org/standards/shared-mime-info"}
    numbers = [match.get("value") for match in kind.iterfind(".//m:match[@type='big32']", space)]
    assert [int(number or "0", 16) for number in numbers] == [APPLICATION_ID]
    assert [glob.get("pattern") for glob in kind.iterfind(".//m:glob", space)] == ["*.dojo"]


def test_the_licences_of_all_that_is_installed_have_their_text() -> None:
    known = {component.name.lower(): component for component in components()}
    assert {"torch", "numpy", "pillow", "pyqtgraph", "pyside6_essentials"} <= set(known)
    assert "Permission is hereby granted" in known["pyqtgraph"].text
    assert known["torch"].licence.startswith("Apache-2.0") and known["torch"].home == "https://pytorch.org"


@pytest.mark.parametrize("version", ["1.2.3", ""])
def test_a_licence_file_is_read_as_it_was_written(version: str) -> None:
    component = Component("Some library", version, "MIT", "https://example.org", "line\n\nanother")
    assert parse(written(component)) == component


def test_only_packages_that_are_in_the_bundle_bring_a_licence(tmp_path: Path) -> None:
    (tmp_path / "numpy").mkdir()
    (tmp_path / "PySide6").mkdir()
    (tmp_path / "typing_extensions.pyc").touch()
    found = {component.name.lower(): component.text for component in licences.packages(tmp_path)}
    assert set(found) == {"numpy", "pyside6_essentials", "typing_extensions"}
    assert "LESSER GENERAL PUBLIC LICENSE" in found["pyside6_essentials"]


def test_python_the_digits_and_the_model_bring_their_licences() -> None:
    assert "PYTHON SOFTWARE FOUNDATION LICENSE" in licences.python().text.upper()
    assert all(component.text and component.licence for component in licences.digits())


def test_the_licences_shipped_are_those_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "b.txt").write_text(written(Component("beta", "2", "MIT", "", "b")), encoding="utf-8")
    (tmp_path / "a.txt").write_text(written(Component("Alpha", "1", "BSD", "", "a")), encoding="utf-8")
    monkeypatch.setattr("gui.licences.SHIPPED", tmp_path)
    assert [component.name for component in components()] == ["Alpha", "beta"]


def test_the_cuda_build_of_pytorch_goes_into_no_package(tmp_path: Path) -> None:
    facts = tmp_path / "torch" / "version.py"
    facts.parent.mkdir()
    facts.write_text("__version__ = '2.13.0+cpu'\ncuda: Optional[str] = None\n", encoding="utf-8")
    freeze.refuse_cuda(tmp_path)
    facts.write_text("__version__ = '2.13.0'\ncuda: Optional[str] = '13.0'\n", encoding="utf-8")
    with pytest.raises(SetupError, match="CPU build"):
        freeze.refuse_cuda(tmp_path)


def test_the_date_of_a_package_can_be_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert freeze.source_date() == 1_700_000_000
    assert "2023-11-14" in linux_tree.filled("digit-dojo.metainfo.xml")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="packs for Linux")
def test_the_portable_archive_holds_the_bundle_and_equals_its_twin(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(linux_system, "depends", lambda folder: ["libc6 (>= 2.35)"])
    monkeypatch.setattr(linux_tree, "architecture", lambda: "amd64")
    packed = []
    for turn in ("one", "two"):
        bundle, target = tmp_path / turn / "bundle", tmp_path / turn
        (bundle / "_internal").mkdir(parents=True)
        (bundle / "digit-dojo").write_text(turn[:0], encoding="utf-8")
        (bundle / "digit-dojo").chmod(0o700)
        (bundle / "_internal" / "data").write_text("1", encoding="utf-8")
        (bundle / "_internal" / "link").symlink_to("data")
        packed.append(archive.build(bundle, target).read_bytes())
    assert packed[0] == packed[1]
    with tarfile.open(fileobj=io.BytesIO(packed[0])) as content:
        folder = f"digit-dojo-{__version__}"
        assert content.getmember(f"{folder}/digit-dojo").mode == 0o755
        assert content.getmember(f"{folder}/_internal/link").linkname == "data"
        assert {entry.uid for entry in content.getmembers()} == {0}
        readme = content.extractfile(f"{folder}/README.txt")
        assert readme is not None and "数字" not in folder and "日本語" in readme.read().decode()


def test_the_sums_are_those_of_the_packages(tmp_path: Path) -> None:
    (tmp_path / "b.deb").write_bytes(b"beta")
    (tmp_path / "a.tar.xz").write_bytes(b"alpha")
    release.write_sums(tmp_path)
    release.write_sums(tmp_path)  # its own file is not among them
    lines = (tmp_path / release.SUMS).read_text(encoding="utf-8").splitlines()
    expected = {
        name: hashlib.sha256(data).hexdigest() for name, data in (("a.tar.xz", b"alpha"), ("b.deb", b"beta"))
    }
    assert lines == [f"{digest}  {name}" for name, digest in expected.items()]


def test_an_unknown_kind_of_package_is_refused_before_anything_is_built() -> None:
    with pytest.raises(SetupError, match="--only takes one of"):
        release.make(["--only", "floppy"])


def test_nothing_that_the_installers_hide_is_already_imported_by_the_engine_or_the_window() -> None:
    program = (
        "import sys; sys.path.insert(0, sys.argv[1]); import bundle.without_trimmed\n"
        "import engine.cli.command_line, engine.training.trainer, gui.app, gui.widgets.curves\n"
    )
    subprocess.run([sys.executable, "-c", program, str(SCRIPTS)], cwd=ROOT, check=True, timeout=120)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux has these variables")
@pytest.mark.parametrize("users", [None, "/users/own"])
def test_what_the_window_starts_gets_the_users_own_library_paths(users: str | None) -> None:
    program = (
        "import os, runpy, sys; sys.argv[1:] = [*sys.argv[2:], '--version']\n"
        "try: runpy.run_path(sys.orig_argv[3], run_name='__main__')\n"
        "except SystemExit: print(os.environ.get('LD_LIBRARY_PATH'), os.environ.get('QT_PLUGIN_PATH'))\n"
    )
    own = {"LD_LIBRARY_PATH_ORIG": users} if users else {}
    bundles = {"LD_LIBRARY_PATH": "/bundle", "QT_PLUGIN_PATH": "/bundle/plugins"}
    done = subprocess.run(
        [sys.executable, "-c", program, str(SCRIPTS / "bundle" / "entry" / "digit_dojo.py")],
        cwd=ROOT,
        env={**os.environ, **bundles, **own},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    assert done.stdout.splitlines() == [f"Digit Dojo {__version__}", f"{users} None"]


def test_the_lock_of_the_freezer_holds_exact_versions() -> None:
    lines = environment.pins(freeze.LOCK)
    assert lines and all(
        re.fullmatch(r'[a-z0-9-]+==[0-9.]+(; sys_platform == "[a-z0-9]+")?', line) for line in lines
    )
