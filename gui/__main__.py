"""``python -m gui [DOCUMENT]``: the window of Digit Dojo."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the command line and open the window, or take the tour; return the exit status."""
    parser = argparse.ArgumentParser(prog="digit-dojo", description="Draw digits, train a network, try it.")
    parser.add_argument("document", nargs="?", type=Path, help="the .dojo file to open")
    parser.add_argument("--language", choices=("en", "ja"), help="for this time only")
    parser.add_argument("--theme", choices=("light", "dark"), help="for this time only")
    parser.add_argument(
        "--tour", type=Path, metavar="FOLDER", help="drive the window by itself, leave pictures"
    )
    chosen = parser.parse_args(arguments)
    if chosen.tour is not None:
        from gui.tour import run_tour

        return run_tour(chosen.tour)
    from gui.app import run

    return run(chosen.document, chosen.language, chosen.theme)


if __name__ == "__main__":
    sys.exit(main())
