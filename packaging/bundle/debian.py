"""The package for Debian, Ubuntu and their like: ``digit-dojo_VERSION_ARCHITECTURE.deb``."""

from __future__ import annotations

import shutil
from pathlib import Path

from console import run_quietly, say

from bundle import linux_system, linux_tree
from bundle.freeze import BUILD, source_date
from engine import __version__

MAINTAINER = "The Digit Dojo authors <digit-dojo@example.invalid>"
DESCRIPTION = """\
draw handwritten digits, train a neural network, try it
 Digit Dojo is a place to learn how training works: draw or import digits,
 train a small network on them with live curves, and let it read yours.
 It shows what an epoch, a batch, a step and over-fitting are, works
 without the internet, and keeps everything in one file.
 .
 The package brings its own Python, Qt and PyTorch (for the CPU)."""


def control(depends: list[str], kilobytes: int, architecture: str) -> str:
    """Return the text of the package's ``control`` file."""
    return (
        "Package: digit-dojo\n"
        f"Version: {__version__}\n"
        f"Architecture: {architecture}\n"
        f"Maintainer: {MAINTAINER}\n"
        f"Installed-Size: {kilobytes}\n"
        f"Depends: {', '.join(depends)}\n"
        "Recommends: fonts-noto-cjk, desktop-file-utils, shared-mime-info, xdg-utils\n"
        "Section: education\n"
        "Priority: optional\n"
        f"Description: {DESCRIPTION}\n"
    )


def build(bundle: Path, target: Path, compression: str = "xz") -> Path:
    """Pack the bundle; return the package.

    Args:
        bundle: from ``freeze``.
        target: the folder for the package.
        compression: ``xz``, the smaller, or ``zstd``, which is quicker to install but not read by Debian 11.
    """
    tree = BUILD / "deb"
    shutil.rmtree(tree, ignore_errors=True)
    home = tree / "usr" / "lib" / "digit-dojo"
    linux_tree.copy(bundle, home)
    linux_tree.share(tree / "usr" / "share")
    linux_tree.documentation(tree / "usr" / "share" / "doc" / "digit-dojo", bundle)
    (tree / "usr" / "bin").mkdir(parents=True)
    for command in linux_tree.COMMANDS:
        (tree / "usr" / "bin" / command).symlink_to(f"../lib/digit-dojo/{command}")
    architecture = linux_tree.architecture()
    text = control(linux_system.depends(home), linux_tree.size_in_kilobytes(tree), architecture)
    (tree / "DEBIAN").mkdir()
    (tree / "DEBIAN" / "control").write_text(text, encoding="utf-8")
    linux_tree.set_dates_and_modes(tree)
    package = target / f"digit-dojo_{__version__}_{architecture}.deb"
    say(f"Packing {package.name} ({compression}) ...")
    level = "-z9" if compression == "xz" else "-z19"
    packer = ["dpkg-deb", "--root-owner-group", f"-Z{compression}", level, "--threads-max=1"]  # equal bytes
    run_quietly(
        [*packer, "--build", str(tree), str(package)],
        "dpkg-deb could not make the package.",
        {"SOURCE_DATE_EPOCH": str(source_date())},
    )
    return package
