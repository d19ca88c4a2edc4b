"""Freezes both programs, Python and the used parts of the packages into one folder, by PyInstaller."""

from __future__ import annotations

import os
import py_compile
import shutil
import subprocess
import sys
from pathlib import Path

import environment
import pytorch
from console import ROOT, SetupError, run_quietly, say
from pythons import venv_python

from bundle import icon_files, icu, licences

BUILD = ROOT / "build" / "installer"
TOOLS = BUILD / "tools"
FOLDER = BUILD / "bundle" / "digit-dojo"
SPEC = ROOT / "packaging" / "bundle" / "digit_dojo.spec"
LOCK = ROOT / "packaging" / "requirements-installer.lock"
WORTH_STRIPPING = 100_000  # bytes


def freeze() -> Path:
    """Make the bundle anew and return its folder.

    Raises:
        SetupError: PyTorch's CUDA build is installed; PyInstaller cannot be installed, or fails.
    """
    environment.ensure()
    refuse_cuda(environment.site_packages())
    _install_tools()
    shutil.rmtree(FOLDER.parent, ignore_errors=True)
    say("Freezing the programs (some minutes) ...")
    folders = ["--distpath", str(FOLDER.parent), "--workpath", str(BUILD / "work")]
    run_quietly(
        [str(venv_python()), "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", *folders, str(SPEC)],
        "PyInstaller could not make the bundle.",
        {
            "PYTHONPATH": str(TOOLS),
            "PYTHONHASHSEED": "1",  # the order of sets gets into the bytecode
            "PYINSTALLER_CONFIG_DIR": str(BUILD / "cache"),
            "SOURCE_DATE_EPOCH": str(source_date()),
            **_icon(),
        },
    )
    compile_sources(internal(FOLDER))
    if sys.platform.startswith("linux"):
        strip(FOLDER)
        for library in internal(FOLDER).glob("PySide6/Qt/lib/libicudata.so.*"):
            icu.shrink(library, BUILD / "work")
    licences.write(
        internal(FOLDER) / "assets" / "licences",
        internal(FOLDER),
        BUILD / "work" / SPEC.stem / "origins.json",
    )
    return FOLDER


def refuse_cuda(site_packages: Path) -> None:
    """See that the build of PyTorch is the one that packages hold.

    Raises:
        SetupError: it is the CUDA build, whose libraries would make a package of 3 GB.
    """
    if pytorch.installed_build(site_packages) == "CUDA":
        raise SetupError(
            "The environment holds PyTorch's CUDA build, because an NVIDIA GPU is present or nothing else "
            "was on offer. Packages hold the CPU build: make them on a machine without such a GPU."
        )


def internal(folder: Path) -> Path:
    """Return where in the bundle everything but the two programs lies."""
    return folder / "_internal"


def source_date() -> int:
    """Return the time, in seconds since 1970, that all files of a package bear: that of the last commit.

    ``SOURCE_DATE_EPOCH`` overrides it; without git it is the first second of 1980, the first a ZIP knows.
    """
    if os.environ.get("SOURCE_DATE_EPOCH", "").isdigit():
        return int(os.environ["SOURCE_DATE_EPOCH"])
    git = shutil.which("git")
    if git is not None:
        answer = subprocess.run(
            [git, "-C", str(ROOT), "log", "-1", "--format=%ct"], capture_output=True, text=True
        )
        if answer.returncode == 0 and answer.stdout.strip().isdigit():
            return int(answer.stdout)
    return 315_532_800


def compile_sources(folder: Path) -> None:
    """Give the few modules that need their source their bytecode too: nobody could store it at run time."""
    for source in sorted(folder.rglob("*.py")):
        py_compile.compile(
            str(source),
            dfile=str(source.relative_to(folder)),
            doraise=True,
            invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
        )


def strip(folder: Path) -> None:
    """Take the symbol tables for debuggers out of the larger libraries.

    Not of those that their wheel has rewritten (``NAME.libs``): these are stripped already, and ``strip``
    damages them.
    """
    for path in sorted(folder.rglob("*")):
        is_library = ".so" in path.name and path.is_file() and not path.is_symlink()
        if is_library and path.stat().st_size > WORTH_STRIPPING and not path.parent.name.endswith(".libs"):
            run_quietly(["strip", "--strip-unneeded", str(path)], f"{path.name} could not be stripped.")


def _icon() -> dict[str, str]:
    """Return where the spec finds the icon that programs bear here; Linux has it in the menu entry."""
    kind = {"win32": ".ico", "darwin": ".icns"}.get(sys.platform)
    return (
        {} if kind is None else {"DOJO_ICON": str(icon_files.gather(BUILD / "icons" / f"digit-dojo{kind}"))}
    )


def _install_tools() -> None:
    """Put PyInstaller beside the environment, not into it: it is no part of what runs or tests."""
    wanted = LOCK.read_text(encoding="utf-8")
    stamp = TOOLS / "installed.lock"
    if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return
    say("Installing PyInstaller ...")
    shutil.rmtree(TOOLS, ignore_errors=True)
    target = ["--no-deps", "--target", str(TOOLS), "-r", str(LOCK)]
    run_quietly(
        [str(venv_python()), "-m", "pip", "install", "--no-input", *target],
        "PyInstaller could not be installed: check the connection, then try again.",
    )
    stamp.write_text(wanted, encoding="utf-8")
