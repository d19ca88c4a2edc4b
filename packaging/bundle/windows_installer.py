"""The installer for Windows: ``digit-dojo-VERSION-windows-x64.exe``, by NSIS from a bundle made there."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from console import ROOT, SetupError, run_quietly, say

from bundle import icon_files
from bundle.freeze import BUILD
from engine import __version__

SCRIPT = ROOT / "packaging" / "bundle" / "windows" / "digit-dojo.nsi"


def build(bundle: Path, target: Path) -> Path:
    """Compile the installer; return it.

    Raises:
        SetupError: NSIS is not installed, or refuses the script.
    """
    makensis = shutil.which("makensis") or _usual_place()
    if makensis is None:
        raise SetupError(
            "NSIS makes the installer: get it from https://nsis.sourceforge.io, or Debian's nsis."
        )
    package = target / f"digit-dojo-{__version__}-windows-x64.exe"
    say(f"Packing {package.name} ...")
    facts = {
        "VERSION": __version__,
        "BUNDLE": bundle,
        "ICON": icon_files.gather(BUILD / "icons" / "digit-dojo.ico"),
        "TARGET": package,
    }
    defined = [f"-D{name}={value}" for name, value in facts.items()]
    run_quietly([makensis, "-V2", "-WX", "-INPUTCHARSET", "UTF8", *defined, str(SCRIPT)], "NSIS failed.")
    return package


def _usual_place() -> str | None:
    for name in ("ProgramFiles(x86)", "ProgramFiles"):
        program = Path(os.environ.get(name, ""), "NSIS", "makensis.exe")
        if program.is_file():
            return str(program)
    return None
