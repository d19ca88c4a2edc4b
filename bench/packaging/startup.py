"""How long the frozen programs take to start, against the checkout: both in turns, medians and their ratio.

    python bench/packaging/startup.py BUNDLE [BUNDLE …] [--rounds N]

BUNDLE is a folder with both programs, for example build/installer/bundle/digit-dojo or /usr/lib/digit-dojo.
Measured are wall and CPU seconds of ``--version`` (Python and the command line), of ``predict`` (PyTorch and
the base model too), and until the window stands on the screen, for which DISPLAY and xdotool are needed.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STROKES = '{"strokes": [[[50, 5], [52, 60], [50, 95]]]}\n'
LOOK_SECONDS = 0.02


def programs(bundle: Path | None) -> tuple[list[str], list[str]]:
    """Return the commands of the window and of the command line; None is the checkout."""
    if bundle is None:
        return [sys.executable, "-P", "-m", "gui"], [sys.executable, "-P", "-m", "engine"]
    return [str(bundle / "digit-dojo")], [str(bundle / "digit-dojo-engine")]


def measure(command: list[str], home: Path) -> tuple[float, float]:
    """Return wall and CPU seconds of one run."""
    before, began = os.times(), time.monotonic()
    subprocess.run(command, cwd=home, check=True, capture_output=True, env=environment(home))
    wall, after = time.monotonic() - began, os.times()
    return wall, after.children_user + after.children_system - before.children_user - before.children_system


def measure_window(command: list[str], home: Path) -> tuple[float, float]:
    """Return the wall seconds until the window is on the screen; the CPU seconds until it is closed are 0."""
    began = time.monotonic()
    process = subprocess.Popen(
        command, cwd=home, env=environment(home), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    search = ["xdotool", "search", "--onlyvisible", "--pid", str(process.pid), "--name", "Digit Dojo"]
    try:
        while subprocess.run(search, capture_output=True).stdout.strip() == b"":
            if process.poll() is not None:
                said = process.communicate()[1].decode("utf-8", "replace")
                raise RuntimeError(f"{command[0]} ended with {process.returncode}: {said}")
            time.sleep(LOOK_SECONDS)
        return time.monotonic() - began, 0.0
    finally:
        process.kill()
        process.wait()


def environment(home: Path) -> dict[str, str]:
    """Return an environment in which each run starts as the first."""
    own = {
        "HOME": str(home),
        "XDG_DATA_HOME": str(home),
        "XDG_CONFIG_HOME": str(home),
        "PYTHONPATH": str(ROOT),
    }
    return {**os.environ, **own, "LC_ALL": "C.UTF-8"}


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("bundles", nargs="+", type=lambda text: Path(text).resolve())
    parser.add_argument("--rounds", type=int, default=7)
    chosen = parser.parse_args()
    peers: list[Path | None] = [None, *chosen.bundles]
    shows = bool(os.environ.get("DISPLAY")) and shutil.which("xdotool") is not None
    found: dict[tuple[str, int], list[tuple[float, float]]] = {}
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        (home / "one.jsonl").write_text(STROKES, encoding="utf-8")
        for turn in range(chosen.rounds + 1):  # the first fills the disk cache and is not counted
            for number, bundle in enumerate(peers):
                window, engine = programs(bundle)
                runs = {
                    "version": measure([*engine, "--version"], home),
                    "predict": measure([*engine, "predict", "--run", "base", "one.jsonl"], home),
                }
                if shows:
                    runs["window"] = measure_window(window, home)
                for name, times in runs.items() if turn else ():
                    found.setdefault((name, number), []).append(times)
    for name in dict.fromkeys(name for name, _number in found):
        base = [statistics.median(column) for column in zip(*found[name, 0], strict=True)]
        for number, bundle in enumerate(peers):
            wall, cpu = (statistics.median(column) for column in zip(*found[name, number], strict=True))
            ratios = f"× {wall / base[0]:.2f}" + (f" (CPU × {cpu / base[1]:.2f})" if cpu else "")
            print(f"{name:8} {bundle or 'checkout'}: {wall:.2f} s, CPU {cpu:.2f} s  {ratios}")


if __name__ == "__main__":
    main()
