"""The command line's entry: reads the arguments, runs one command, turns failures into one line."""

from __future__ import annotations

import argparse
import os
import sys
import traceback
from collections.abc import Sequence

from engine import __version__
from engine.cli import check, evaluate, import_digits, new, predict, runs, train
from engine.cli.arguments import Parser, Say
from engine.cli.output import Output
from engine.errors import Code, EngineError
from engine.sentences import LANGUAGES, system_language

COMMANDS = (new, import_digits, train, evaluate, predict, runs, check)
EXIT_USER_ERROR = 2
EXIT_INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0, or 2 with one line on standard error."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    output = Output(_language(words), as_json="--json" in words)
    try:
        chosen = build_parser(output.say).parse_args(words)
        return int(chosen.run(chosen, output))
    except EngineError as error:
        output.error(error)
        return EXIT_USER_ERROR
    except KeyboardInterrupt:
        output.clear_progress()
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        # the reader (head, less) has gone; give the interpreter a sink for its last flush
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as failure:  # noqa: BLE001 - a fault of ours: the user still gets a sentence
        if os.environ.get("DOJO_DEBUG"):
            traceback.print_exc()
        output.error(EngineError(Code.INTERNAL, detail=f"{type(failure).__name__}: {failure}"))
        return EXIT_USER_ERROR


def build_parser(say: Say) -> Parser:
    """Return the parser of all commands, its help in the language that ``say`` speaks."""
    parser = Parser(
        say=say,
        prog="digit-dojo-engine",
        description=say(
            "Train and use networks that read handwritten digits.",
            "手書き数字を読むネットワークを学習させ、使います。",
        ),
    )
    parser.add_argument(
        "--version",
        action="version",
        version=f"Digit Dojo {__version__}",
        help=say("show the version", "バージョンを表示する"),
    )
    _add_common_arguments(parser, say)
    commands = parser.add_subparsers(
        title=say("commands", "コマンド"), metavar="COMMAND", dest="command", required=True
    )
    for module in COMMANDS:
        summary = say(*module.SUMMARY)
        child = commands.add_parser(module.NAME, say=say, help=summary, description=summary)
        module.add_arguments(child, say)
        _add_common_arguments(child, say)
        child.set_defaults(run=module.run)
    return parser


def _add_common_arguments(parser: argparse.ArgumentParser, say: Say) -> None:
    parser.add_argument(
        "--json",
        action="store_true",
        help=say("print one JSON object a line on standard output", "標準出力に 1 行 1 個の JSON を出力する"),
    )
    parser.add_argument("--language", choices=LANGUAGES, help=say("language of the texts", "表示する言語"))


def _language(words: Sequence[str]) -> str:
    """Find the language before parsing, since the parser's own complaints are spoken in it."""
    for position, word in enumerate(words):
        wanted = word.partition("=")[2] if word.startswith("--language=") else ""
        if word == "--language" and position + 1 < len(words):
            wanted = words[position + 1]
        if wanted in LANGUAGES:
            return wanted
    return system_language()
