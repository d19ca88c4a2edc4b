"""``python -m gui [DOCUMENT]``: the window of Digit Dojo."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from engine import __version__
from engine.errors import Code, EngineError
from engine.sentences import sentence, system_language
from gui.display import displays


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the command line and open the window, or take the tour; return the exit status."""
    parser = argparse.ArgumentParser(prog="digit-dojo", description="Draw digits, train a network, try it.")
    parser.add_argument("document", nargs="?", type=Path, help="the .dojo file to open")
    parser.add_argument("--language", choices=("en", "ja"), help="for this time only")
    parser.add_argument("--theme", choices=("light", "dark"), help="for this time only")
    parser.add_argument(
        "--tour", type=Path, metavar="FOLDER", help="drive the window by itself, leave pictures"
    )
    parser.add_argument("--version", action="version", version=f"Digit Dojo {__version__}")
    chosen = parser.parse_args(arguments)
    if chosen.tour is not None:
        from gui.tour import run_tour

        return run_tour(chosen.tour)
    if not displays():
        japanese = system_language() == "ja"
        detail = (
            "画面がないため、ウィンドウを表示できません。--tour FOLDER なら画面なしで動きます"
            if japanese
            else "There is no display to show a window on. --tour FOLDER works without one"
        )
        print(sentence(EngineError(Code.USAGE, detail=detail), system_language()), file=sys.stderr)  # noqa: T201
        return 2
    from gui.app import run

    return run(chosen.document, chosen.language, chosen.theme)


if __name__ == "__main__":
    sys.exit(main())
