"""What the set-up says, and the commands it runs for that."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOG = ROOT / "build" / "setup.log"
TAIL = 6  # lines of a failed command that are shown
NOISE = re.compile(r"WARNING: (Retrying|Location)|^\[notice\]")  # pip's, beside the line that tells


class SetupError(Exception):
    """The set-up cannot go on; its text is the one clear sentence for the user."""


def say(text: str) -> None:
    """Print one line at once, on any console."""
    encoding = sys.stdout.encoding or "ascii"
    print(text.encode(encoding, "replace").decode(encoding), flush=True)


def run_quietly(
    command: list[str], failure: str, environment: dict[str, str] | None = None, optional: bool = False
) -> bool:
    """Run ``command`` with its output in build/setup.log; return whether it succeeded.

    Raises:
        SetupError: it failed and is not ``optional``; the text is ``failure``, the last lines are printed.
    """
    LOG.parent.mkdir(exist_ok=True)
    with LOG.open("a", encoding="utf-8", errors="replace") as log:
        log.write("\n$ " + " ".join(command) + "\n")
        log.flush()
        start = log.tell()
        status = subprocess.call(
            command,
            stdout=log,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            env={**os.environ, **(environment or {})},
            cwd=str(ROOT),
        )
    if status == 0 or optional:
        return status == 0
    with LOG.open("rb") as log_bytes:
        log_bytes.seek(start)
        lines = log_bytes.read().decode("utf-8", "replace").splitlines()
    for line in [line for line in lines if line.strip() and not NOISE.search(line)][-TAIL:]:
        say("    " + line[:160])
    raise SetupError(f"{failure} All of the output is in {LOG.relative_to(ROOT)}.")
