"""The AppImage: one file that runs on most Linux systems, ``digit-dojo-VERSION-ARCHITECTURE.AppImage``.

It is a squashed folder behind AppImage's own runtime, a small program that mounts and starts it. That
runtime comes from https://github.com/AppImage/type2-runtime/releases and is part of no package registry,
so it has to be given: ``DOJO_APPIMAGE_RUNTIME`` names the file.
"""

from __future__ import annotations

import os
import platform
import shutil
from pathlib import Path

from console import SetupError, run_quietly, say

from bundle import linux_tree
from bundle.freeze import BUILD, source_date
from engine import __version__

RUNTIME = "DOJO_APPIMAGE_RUNTIME"
START = """\
#!/bin/sh
# Starts the window, or the command line where this file is called digit-dojo-engine.
here="$(dirname "$(readlink -f "$0")")"
case "$(basename "${ARGV0:-digit-dojo}")" in
    digit-dojo-engine*) exec "$here/usr/lib/digit-dojo/digit-dojo-engine" "$@" ;;
    *) exec "$here/usr/lib/digit-dojo/digit-dojo" "$@" ;;
esac
"""


def build(bundle: Path, target: Path) -> Path:
    """Pack the bundle behind the runtime; return the AppImage.

    Raises:
        SetupError: the runtime is not given or is none, or squashfs-tools are missing.
    """
    program = runtime()
    if shutil.which("mksquashfs") is None:
        raise SetupError("mksquashfs packs the AppImage: install squashfs-tools.")
    folder = BUILD / "AppDir"
    shutil.rmtree(folder, ignore_errors=True)
    linux_tree.copy(bundle, folder / "usr" / "lib" / "digit-dojo")
    linux_tree.share(folder / "usr" / "share")
    start = folder / "AppRun"
    start.write_text(START, encoding="utf-8")
    start.chmod(0o755)
    for name, place in {
        "digit-dojo.desktop": "usr/share/applications/digit-dojo.desktop",
        "digit-dojo.png": "usr/share/icons/hicolor/256x256/apps/digit-dojo.png",
        ".DirIcon": "digit-dojo.png",
    }.items():
        (folder / name).symlink_to(place)
    linux_tree.set_dates_and_modes(folder)
    package = target / f"digit-dojo-{__version__}-{platform.machine()}.AppImage"
    say(f"Packing {package.name} ...")
    squashed = BUILD / "appimage.squashfs"
    squashed.unlink(missing_ok=True)
    packer = [
        "mksquashfs",
        str(folder),
        str(squashed),
        "-comp",
        "zstd",
        "-Xcompression-level",
        "19",
        "-b",
        "1M",
    ]
    # the date comes from the environment; the command line may not give it a second time
    date = {"SOURCE_DATE_EPOCH": str(source_date())}
    failure = "mksquashfs could not pack the AppImage."
    run_quietly([*packer, "-root-owned", "-noappend", "-no-xattrs", "-no-progress"], failure, date)
    package.write_bytes(program.read_bytes() + squashed.read_bytes())
    package.chmod(0o755)
    return package


def is_possible() -> bool:
    """Say whether the runtime was given."""
    return bool(os.environ.get(RUNTIME))


def runtime() -> Path:
    """Return the file with the runtime.

    Raises:
        SetupError: it is not given or is none.
    """
    program = Path(os.environ.get(RUNTIME, ""))
    if not is_possible() or not program.is_file():
        raise SetupError(
            f"{RUNTIME} must name AppImage's runtime for this machine; it is at "
            "https://github.com/AppImage/type2-runtime/releases."
        )
    with program.open("rb") as file:
        head = file.read(11)
    if head[:4] != b"\x7fELF" or head[8:] != b"AI\x02":  # AppImage's mark within the ELF header
        raise SetupError(f"{program} is no runtime of an AppImage, type 2.")
    return program
