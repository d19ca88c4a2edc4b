"""Which build of PyTorch is installed: CUDA with an NVIDIA GPU, else the CPU build, a tenth of the size."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from pathlib import Path
from typing import NamedTuple

from console import SetupError, run_quietly, say

PYTORCH = "https://download.pytorch.org/whl"
CPU_INDEX = f"{PYTORCH}/cpu"
CUDA_INDEX = f"{PYTORCH}/cu130"  # for Windows; on Linux the package index itself holds the CUDA builds
CONNECT_S = 4.0  # the whole test of the connection


class Choice(NamedTuple):
    """A build of PyTorch and where it comes from.

    Attributes:
        build: "CUDA" or "CPU".
        index: the index to take it from; None is the one pip is configured with.
        why: the reason, as it is said to the user.
    """

    build: str
    index: str | None
    why: str


def choose(platform: str, has_nvidia: bool, cpu_index_answers: bool) -> Choice:
    """Return the build for a machine; ``platform`` as in ``sys.platform``."""
    if platform == "darwin":
        return Choice("CPU", None, "on a Mac the one build also serves Apple's GPU")
    if has_nvidia:
        index = CUDA_INDEX if platform == "win32" else None
        return Choice("CUDA", index, "an NVIDIA GPU is present")
    if cpu_index_answers:
        return Choice("CPU", CPU_INDEX, "no NVIDIA GPU is present")
    return Choice(
        "CPU", None, "no NVIDIA GPU is present; PyTorch's own index is out of reach, so pip's index serves"
    )


def choose_here() -> Choice:
    """Return the build for this machine."""
    has_nvidia = _has_nvidia()
    asks_index = not has_nvidia and sys.platform != "darwin"
    return choose(sys.platform, has_nvidia, asks_index and _answers(f"{CPU_INDEX}/torch/"))


def install(python: Path, site_packages: Path, pins: list[str], constraints: Path, choice: Choice) -> str:
    """Install the pinned pair and return its version, for example ``2.13.0+cpu``.

    Args:
        python: the interpreter of the virtual environment, where all other pins are installed already.
        site_packages: its folder of packages.
        pins: torch and torchvision as ``name==version``.
        constraints: the lock file, so that CUDA's own dependencies move nothing else.
        choice: from ``choose_here``.

    Raises:
        SetupError: the pair cannot be installed.
    """
    say(f"PyTorch: the {choice.build} build, because {choice.why}.")
    size = "3 GB" if choice.build == "CUDA" else "200 MB"
    say(f"Installing {' and '.join(pins)} ({size} to fetch when new) ...")
    have = installed_build(site_packages)
    force = ["--force-reinstall"] if have is not None and have != choice.build else []
    failure = "PyTorch could not be installed: check the connection, then try again."
    pip = [str(python), "-m", "pip", "install", "--no-input", *force]
    with_cuda = [*pip, "-c", str(constraints), *pins]
    if choice.build == "CUDA":
        run_quietly([*with_cuda, *_from(choice.index)], failure)
    else:
        plain = [*pip, "--no-deps", *pins]
        if choice.index is None or not run_quietly([*plain, *_from(choice.index)], "", optional=True):
            run_quietly(plain, failure)
        if installed_build(site_packages) == "CUDA" and not _imports(python):
            say("Only the CUDA build is on offer, so its libraries (3 GB) are needed too ...")
            run_quietly(with_cuda, failure)
    if not _imports(python):
        raise SetupError(
            "PyTorch was installed but does not start. Try again with: python packaging/dev.py setup"
        )
    version = installed_version(site_packages)
    got = installed_build(site_packages)
    if got != choice.build:
        say(f"Note: what was on offer is the {got} build of PyTorch ({version}).")
    return version or ""


def installed_version(site_packages: Path) -> str | None:
    """Return the version of torch under ``site_packages``, with its build; None without torch."""
    return _fact(site_packages, "__version__")


def installed_build(site_packages: Path) -> str | None:
    """Return "CUDA" or "CPU", the build of torch under ``site_packages``; None without torch."""
    if installed_version(site_packages) is None:
        return None
    return "CPU" if _fact(site_packages, "cuda") is None else "CUDA"


def _fact(site_packages: Path, name: str) -> str | None:
    try:
        text = (site_packages / "torch" / "version.py").read_text(encoding="utf-8")
    except OSError:
        return None
    found = re.search(rf"^{name}\b[^=]*=\s*['\"]([^'\"]+)['\"]", text, re.MULTILINE)
    return found.group(1) if found else None


def _from(index: str | None) -> list[str]:
    return [] if index is None else ["--index-url", index, "--retries", "1", "--timeout", "20"]


def _imports(python: Path) -> bool:
    """Return whether torch starts; torchvision is not asked: see docs/decisions.md."""
    return run_quietly([str(python), "-c", "import torch; print(torch.__version__)"], "", optional=True)


def _has_nvidia() -> bool:
    program = shutil.which("nvidia-smi")
    if program is None:
        return False
    try:
        answer = subprocess.run(
            [program, "-L"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=20
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return answer.returncode == 0 and b"GPU " in answer.stdout


def _answers(address: str) -> bool:
    """Return whether ``address`` answers within CONNECT_S, name lookup included."""
    reached = threading.Event()

    def ask() -> None:
        try:
            with urllib.request.urlopen(urllib.request.Request(address, method="HEAD"), timeout=CONNECT_S):
                reached.set()
        except (OSError, ValueError):  # urllib's errors are OSErrors
            pass

    asking = threading.Thread(target=ask, daemon=True)  # a name lookup cannot be cancelled, only left behind
    asking.start()
    asking.join(CONNECT_S)
    return reached.is_set()
