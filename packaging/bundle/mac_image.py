"""The disk image for macOS: ``digit-dojo-VERSION-macos-arm64.dmg``, program and link to Applications.

Where ``DOJO_SIGN_AS`` names a certificate of the keychain, the program is signed and hardened, ready for
Apple's notary; elsewhere it bears the signature of nobody, which macOS asks about at the first start.
"""

from __future__ import annotations

import os
import platform
import shutil
from pathlib import Path

from console import ROOT, run_quietly, say

from bundle.freeze import BUILD
from engine import __version__

ENTITLEMENTS = ROOT / "packaging" / "bundle" / "mac" / "entitlements.plist"


def build(bundle: Path, target: Path) -> Path:
    """Sign the program beside the bundle and put it into a disk image; return the image."""
    application = bundle.parent / "Digit Dojo.app"
    sign(application)
    package = target / f"digit-dojo-{__version__}-macos-{platform.machine()}.dmg"
    say(f"Packing {package.name} ...")
    content = BUILD / "dmg"
    shutil.rmtree(content, ignore_errors=True)
    content.mkdir(parents=True)
    shutil.copytree(application, content / application.name, symlinks=True)
    (content / "Applications").symlink_to("/Applications")
    package.unlink(missing_ok=True)
    image = ["hdiutil", "create", "-volname", "Digit Dojo", "-srcfolder", str(content)]
    run_quietly([*image, "-fs", "HFS+", "-format", "ULMO", str(package)], "The disk image could not be made.")
    return package


def sign(application: Path) -> None:
    """Sign the program as ``DOJO_SIGN_AS``, or as nobody (``-``), which Apple's processors ask for."""
    identity = os.environ.get("DOJO_SIGN_AS", "-")
    hardened = [] if identity == "-" else ["--options", "runtime", "--timestamp"]
    signing = ["codesign", "--force", "--deep", "--sign", identity, *hardened]
    run_quietly(
        [*signing, "--entitlements", str(ENTITLEMENTS), str(application)], "The program could not be signed."
    )
    run_quietly(["codesign", "--verify", "--deep", "--strict", str(application)], "The signature is wrong.")
