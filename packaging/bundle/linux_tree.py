"""The folder tree of a Linux package: the bundle, its two commands, and what tells the desktop about it."""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
import time
from pathlib import Path

from console import ROOT

from bundle import icon_files
from bundle.freeze import internal, source_date
from engine import __version__

TEMPLATES = ROOT / "packaging" / "bundle" / "linux"
ICON_SIZES = (16, 24, 32, 48, 64, 128, 256)
COMMANDS = ("digit-dojo", "digit-dojo-engine")


def share(target: Path) -> None:
    """Write all for ``/usr/share`` into ``target``: menu entry, icons, file type, metadata, manuals."""
    named = {
        "applications/digit-dojo.desktop": "digit-dojo.desktop",
        "mime/packages/digit-dojo.xml": "digit-dojo.xml",
        "metainfo/org.digitdojo.DigitDojo.metainfo.xml": "digit-dojo.metainfo.xml",
    }
    for place, name in named.items():
        _write(target / place, filled(name).encode())
    for command in COMMANDS:
        _write(target / f"man/man1/{command}.1.gz", packed(filled(f"{command}.1").encode()))
    _write(target / "icons/hicolor/scalable/apps/digit-dojo.svg", icon_files.DRAWING.read_bytes())
    icons = target / "icons" / "hicolor"
    icon_files.paint({size: icons / f"{size}x{size}" / "apps" / "digit-dojo.png" for size in ICON_SIZES})


def documentation(target: Path, bundle: Path) -> None:
    """Write the changes and the licences of everything inside into ``target``."""
    licences = internal(bundle) / "assets" / "licences"
    _write(target / "changelog.gz", packed((ROOT / "CHANGELOG.md").read_bytes()))
    _write(target / "copyright", copyright_text(licences).encode())


def copyright_text(licences: Path) -> str:
    """Return Debian's copyright file: our licence, and where those of the parts are."""
    parts = [path.read_text(encoding="utf-8").split("\n", 2) for path in sorted(licences.glob("*.txt"))]
    listed = "\n".join(f"  {head}: {licence}" for head, licence, _rest in parts)
    own = (ROOT / "LICENSE").read_text(encoding="utf-8").strip()
    return (
        f"Digit Dojo {__version__}\n\n{own}\n\n"
        "The package also contains the works below. Their licences are in\n"
        f"/usr/lib/digit-dojo/_internal/assets/licences, and under Help, About Digit Dojo.\n\n{listed}\n"
    )


def filled(name: str) -> str:
    """Return a template with the version and the day in it."""
    day = time.strftime("%Y-%m-%d", time.gmtime(source_date()))
    text = (TEMPLATES / name).read_text(encoding="utf-8")
    return text.replace("@VERSION@", __version__).replace("@DATE@", day)


def packed(data: bytes) -> bytes:
    """Return ``data`` as gzip that says nothing of when and where it was packed."""
    return gzip.compress(data, 9, mtime=0)


def set_dates_and_modes(tree: Path) -> None:
    """Give everything one date, and the modes that every system file has."""
    when = source_date()
    for path in [tree, *tree.rglob("*")]:
        if not path.is_symlink():
            runs = path.is_dir() or os.access(path, os.X_OK)
            path.chmod(0o755 if runs else 0o644)
        os.utime(path, (when, when), follow_symlinks=False)


def copy(bundle: Path, target: Path) -> None:
    """Copy the bundle, its links as links."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copytree(bundle, target, symlinks=True)


def size_in_kilobytes(tree: Path) -> int:
    """Return what the files take, each rounded up to whole kilobytes, as Debian counts."""
    files = [path for path in tree.rglob("*") if not path.is_symlink() and path.is_file()]
    return sum((path.stat().st_size + 1023) // 1024 for path in files) + sum(
        1 for path in tree.rglob("*") if path.is_symlink() or path.is_dir()
    )


def architecture() -> str:
    """Return Debian's name for this machine's architecture."""
    return subprocess.run(
        ["dpkg", "--print-architecture"], capture_output=True, text=True, check=True
    ).stdout.strip()


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
