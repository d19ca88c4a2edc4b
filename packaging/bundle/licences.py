"""The licences of everything in the bundle, one file each, gathered from what was built in."""

from __future__ import annotations

import importlib.metadata
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import environment
from console import ROOT, SetupError

from gui.licences import Component, described, written

TEXTS = ROOT / "packaging" / "bundle" / "licences"
QT = {"pyside6-essentials", "shiboken6"}
QT_NOTE = """\
Qt and Qt for Python are used under the GNU Lesser General Public License, version 3. Their libraries lie as
files of their own in the folder of the program, and may be replaced by others that fit. Their source is at
https://download.qt.io/official_releases/ and https://download.qt.io/official_releases/QtForPython/, the parts
of Qt that others wrote, with their licences, at https://doc.qt.io/qt-6/licenses-used-in-qt.html.
"""
PYINSTALLER = Component(
    "PyInstaller (start-up program)",
    "",
    "GPL-2.0-or-later WITH Bootloader-exception",
    "https://pyinstaller.org",
    "The exception allows to bundle programs of any licence with the start-up program of PyInstaller.",
)


def write(target: Path, bundle: Path, origins: Path) -> list[Component]:
    """Write one file into ``target`` for each component of the bundle.

    Args:
        target: the folder; made.
        bundle: the folder that holds the packages as they were built in.
        origins: JSON of PyInstaller's libraries, each with the file it was taken from.

    Raises:
        SetupError: a component comes without any text of a licence.
    """
    found = [*packages(bundle), python(), PYINSTALLER, *digits()]
    if sys.platform.startswith("linux"):
        files = json.loads(origins.read_text(encoding="utf-8"))
        found += debian([Path(source) for name, source in files.items() if (bundle / name).exists()])
    mute = [component.name for component in found if not component.text.strip()]
    if mute:
        raise SetupError("These parts of the bundle come without a licence: " + ", ".join(mute))
    target.mkdir(parents=True, exist_ok=True)
    for component in found:
        name = re.sub(r"[^A-Za-z0-9.+-]+", "-", component.name).strip("-").lower()
        (target / f"{name}.txt").write_text(written(component), encoding="utf-8", newline="\n")
    return found


def packages(bundle: Path) -> list[Component]:
    """Return the distributions of the lock of which something is in the bundle."""
    pins = [pin.split(";")[0].split("==")[0] for pin in environment.pins(environment.LOCKS[0])]
    found = []
    for package in importlib.metadata.distributions(path=[str(environment.site_packages())]):
        name = re.sub(r"[-_.]+", "-", package.metadata["Name"]).lower()
        if name in {pin.lower() for pin in pins} and _is_inside(package, bundle):
            about = described(package)
            found.append(about._replace(text=_qt_text()) if name in QT else about)
    return found


def python() -> Component:
    """Return Python itself, with the libraries that its licence file names."""
    facts = dict(line.split(" = ", 1) for line in (environment.VENV / "pyvenv.cfg").read_text().splitlines())
    base = Path(facts["home"]).parent if sys.platform != "win32" else Path(facts["home"])
    places = [base / "LICENSE.txt", *base.glob("lib/python3.*/LICENSE.txt"), *base.glob("LICENSE*")]
    text = next((place.read_text(encoding="utf-8") for place in places if place.is_file()), "")
    return Component("Python", facts["version"], "PSF-2.0", "https://www.python.org", text)


def digits() -> list[Component]:
    """Return the starter digits and the shipped model, which are no software."""
    starter = (ROOT / "assets" / "starter" / "LICENSE.md").read_text(encoding="utf-8")
    model = (ROOT / "assets" / "base" / "base.md").read_text(encoding="utf-8")
    return [
        Component("Digit Dojo", "", "MIT", "", (ROOT / "LICENSE").read_text(encoding="utf-8")),
        Component("Starter digits", "", "CC-BY-SA-3.0", "http://yann.lecun.com/exdb/mnist/", starter),
        Component("Base model", "", "CC-BY-SA-3.0", "", model),
    ]


def debian(files: Iterable[Path]) -> list[Component]:
    """Return Debian's packages that own some of ``files``, with their copyright files; none elsewhere."""
    dpkg = shutil.which("dpkg")
    outside = [
        file.resolve() for file in files if not file.resolve().is_relative_to(environment.VENV.resolve())
    ]
    if dpkg is None or not outside:
        return []
    # dpkg knows a file by its path from before /lib became a link to /usr/lib
    names = [str(file) for file in outside] + [str(file).removeprefix("/usr") for file in outside]
    answer = subprocess.run([dpkg, "-S", *names], capture_output=True, text=True)
    owners = sorted({line.split(":")[0] for line in answer.stdout.splitlines() if ": " in line})
    return [_debian(owner) for owner in owners]


def _debian(owner: str) -> Component:
    answer = subprocess.run(
        ["dpkg-query", "-W", "-f", "${Version}", owner], capture_output=True, text=True, check=True
    )
    text = Path("/usr/share/doc", owner, "copyright").read_text(encoding="utf-8", errors="replace")
    kinds = dict.fromkeys(re.findall(r"^License: *(\S.*)$", text, re.MULTILINE))
    return Component(
        owner, answer.stdout.strip(), ", ".join(kinds), f"https://packages.debian.org/{owner}", text
    )


def _is_inside(package: importlib.metadata.Distribution, bundle: Path) -> bool:
    """Say whether a top-level module of ``package`` is in the bundle."""
    tops = {file.parts[0] for file in package.files or () if file.suffix in (".py", ".so", ".pyd")}
    names = {top.removesuffix(".py") for top in tops if not top.endswith((".dist-info", "..", ".libs"))}
    return any((bundle / name).is_dir() or (bundle / f"{name}.pyc").is_file() for name in names)


def _qt_text() -> str:
    texts = [(TEXTS / f"{name}.txt").read_text(encoding="utf-8") for name in ("LGPL-3.0", "GPL-3.0")]
    return "\n\n".join([QT_NOTE, *texts])
