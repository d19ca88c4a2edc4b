"""``packaging/dev.py installer``: from the lock files to packages with checksums, for this system."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable
from pathlib import Path

from console import ROOT, SetupError, say

from bundle import appimage, archive, debian, freeze, mac_image, selftest, windows_installer

DIST = ROOT / "dist"
SUMS = "SHA256SUMS"
Packer = Callable[[Path, Path], Path]
PACKERS: dict[str, dict[str, Packer]] = {
    "linux": {"deb": debian.build, "archive": archive.build, "appimage": appimage.build},
    "win32": {"installer": windows_installer.build},
    "darwin": {"image": mac_image.build},
}


def make(arguments: list[str]) -> int:
    """Freeze, prove and pack; ``--only NAME`` packs one kind, ``--packed-again`` keeps the bundle there is.

    Raises:
        SetupError: with the one sentence for the user.
    """
    packers = PACKERS.get(sys.platform, {})
    if not packers:
        raise SetupError("Packages are made on Linux, Windows and macOS.")
    only = arguments[arguments.index("--only") + 1] if "--only" in arguments[:-1] else None
    if only is not None and only not in packers:
        raise SetupError(f"--only takes one of: {', '.join(packers)}.")
    chosen = [only] if only else [name for name in packers if name != "appimage" or appimage.is_possible()]
    if "appimage" in chosen:
        appimage.runtime()  # before five minutes of work
    if "--packed-again" not in arguments:
        folder = freeze.freeze()
        selftest.prove(folder, ROOT / "build" / "tour-frozen")
    DIST.mkdir(exist_ok=True)
    packages = [packers[name](freeze.FOLDER, DIST) for name in chosen]
    write_sums(DIST)
    if sys.platform == "linux" and "appimage" not in chosen:
        say(f"No AppImage: {appimage.RUNTIME} does not name its runtime (docs/releasing.md).")
    for package in packages:
        say(f"{package.relative_to(ROOT)}: {package.stat().st_size / 1e6:,.1f} MB")
    return 0


def write_sums(folder: Path) -> None:
    """Write the SHA-256 of every package in ``folder``, as ``sha256sum --check`` reads it."""
    lines = []
    for path in sorted(folder.iterdir()):
        if path.is_file() and path.name != SUMS:
            lines.append(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n")
    (folder / SUMS).write_text("".join(lines), encoding="utf-8", newline="\n")
