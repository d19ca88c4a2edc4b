"""What the bundle needs from a Linux system: found in its files, named as Debian's packages."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable
from pathlib import Path

from console import SetupError

# By the library's file name; a newer name of the package comes first, as Debian 13 and Ubuntu 24.04 have it.
PACKAGES = {
    "ld-linux-x86-64.so.2": "libc6",
    "libc.so.6": "libc6",
    "libdl.so.2": "libc6",
    "libm.so.6": "libc6",
    "libpthread.so.0": "libc6",
    "librt.so.1": "libc6",
    "libutil.so.1": "libc6",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libGLX.so.0": "libglx0",
    "libOpenGL.so.0": "libopengl0",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libXau.so.6": "libxau6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libgcc_s.so.1": "libgcc-s1",
    "libglib-2.0.so.0": "libglib2.0-0t64 | libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0t64 | libglib2.0-0",
    "libgobject-2.0.so.0": "libglib2.0-0t64 | libglib2.0-0",
    "libstdc++.so.6": "libstdc++6",
    "libuuid.so.1": "libuuid1",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libz.so.1": "zlib1g",
}
# Loaded only where the program is: Qt's plugin for GNOME, whose desktop has them.
OPTIONAL = {"libqgtk3.so"}


def needed(objdump: str) -> list[str]:
    """Return the libraries that ``objdump -p`` says a file needs."""
    return re.findall(r"^\s*NEEDED\s+(\S+)", objdump, re.MULTILINE)


def newest_c_library(objdump: str) -> tuple[int, ...]:
    """Return the newest version of GNU's C library that a file asks for; empty where it asks for none."""
    asked = re.findall(r"\bGLIBC_([0-9.]+)", objdump)
    return max((tuple(int(part) for part in version.split(".")) for version in asked), default=())


def depends(folder: Path) -> list[str]:
    """Return Debian's packages that the files in ``folder`` need beside each other, sorted.

    Raises:
        SetupError: a library is neither in the folder nor known here.
    """
    files = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink() and _is_elf(path)]
    inside = {path.name for path in folder.rglob("*.so*")}
    packages, c_library, unknown = set(), (0,), set()
    for path in sorted(files):
        facts = subprocess.run(
            ["objdump", "-p", str(path)], capture_output=True, text=True, check=True
        ).stdout
        c_library = max(c_library, newest_c_library(facts))
        for library in needed(facts):
            if library in PACKAGES:
                packages.add(PACKAGES[library])
            elif library not in inside and path.name not in OPTIONAL:
                unknown.add(f"{library} (for {path.name})")
    if unknown:
        raise SetupError("The bundle lacks libraries: " + ", ".join(sorted(unknown)))
    packages.discard("libc6")
    version = ".".join(str(part) for part in c_library)
    return [f"libc6 (>= {version})", *sorted(packages)]


def _is_elf(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"


def files_of(folder: Path) -> Iterable[Path]:
    """Yield everything below ``folder``, in one order on every machine."""
    return sorted(folder.rglob("*"), key=lambda path: path.relative_to(folder).as_posix())
