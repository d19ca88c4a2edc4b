"""``predict``: read digits from images or stroke JSON lines."""

from __future__ import annotations

import argparse
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from engine.cli import models
from engine.cli.arguments import Say
from engine.cli.output import Output
from engine.data import reading
from engine.data.document import Document
from engine.data.reading import Item
from engine.errors import Code, EngineError
from engine.export.answers_csv import answers_table
from engine.export.saving import save
from engine.inference.answers import Answer, answers
from engine.inference.pages import find_digits
from engine.sentences import sentence

if TYPE_CHECKING:
    from engine.inference.prediction import Prediction

NAME = "predict"
SUMMARY = ("read digits from images or stroke JSON lines", "画像やストローク(JSON Lines)の数字を読む")
_CHUNK = 256  # items predicted at once


def add_arguments(parser: argparse.ArgumentParser, say: Say) -> None:
    """Declare what ``predict`` takes."""
    parser.add_argument(
        "paths",
        metavar="PATH",
        nargs="+",
        type=Path,
        help=say(
            "images, folders of images, stroke JSON lines", "画像、画像のフォルダー、ストローク(JSON Lines)"
        ),
    )
    parser.add_argument(
        "--run",
        default=None,
        metavar="RUN",
        dest="model",
        help=say(
            "a run's number, best, last or base (best with --doc, else base)",
            "実行の番号、best、last、base(既定は --doc があれば best、なければ base)",
        ),
    )
    models.add_epoch(parser, say)
    parser.add_argument(
        "--doc",
        type=Path,
        metavar="DOC",
        help=say("the .dojo file with the run", "実行の入った .dojo ファイル"),
    )
    parser.add_argument(
        "--all-digits",
        action="store_true",
        help=say(
            "find every digit of a picture, unless its folder or name tells which one it is",
            "画像の中の数字をすべて見つける(フォルダー名やファイル名でラベルが分かる画像は 1 つ)",
        ),
    )
    parser.add_argument(
        "--csv",
        type=Path,
        metavar="FILE",
        help=say(
            "also write the answers as a CSV table, right or wrong where a folder or name tells the label",
            "結果を CSV の表にも書き出す(フォルダー名やファイル名でラベルが分かれば正誤も)",
        ),
    )


def run(arguments: argparse.Namespace, output: Output) -> int:
    """Read every item; one that cannot be read is said, the others are read all the same."""
    model = arguments.model or ""
    if arguments.doc is None and (model in ("best", "last") or model.isdigit()):
        raise EngineError(
            Code.USAGE,
            detail=output.say(
                f"--run {model} needs --doc, the document that holds the run",
                f"--run {model} には、実行の入ったドキュメントを --doc で指定する必要があります",
            ),
        )
    wanted = model or ("best" if arguments.doc else "base")
    models.refuse_epoch_of_base(wanted, arguments.epoch, output)
    document = Document.open(arguments.doc, for_reading=True) if arguments.doc else None
    try:
        predictor = models.load_behind_gate(wanted, document, arguments.epoch)
    finally:
        if document:
            document.close()
    find = partial(find_digits, judge=predictor) if arguments.all_digits else None
    found = (item for source in reading.sources(arguments.paths) for item in reading.items(source, find))
    table: list[Answer] = []
    failures = 0
    while chunk := list(islice(found, _CHUNK)):
        for answer in answers(predictor, chunk):
            _print(answer.item, answer.prediction, output)
            failures += answer.item.error is not None
            if arguments.csv:
                table.append(replace(answer, item=replace(answer.item, strokes=None)))
    if arguments.csv:
        save(arguments.csv, answers_table(table, lambda error: sentence(error, output.language)))
    return 2 if failures else 0


def _print(item: Item, prediction: Prediction | None, output: Output) -> None:
    line = {
        "path": str(item.path),
        "index": item.index,
        "label": prediction.label if prediction else None,
        "confidence": prediction.confidence if prediction else 0.0,
        "probabilities": list(prediction.probabilities) if prediction else [0.0] * 10,
        "is_digit": prediction.is_digit if prediction else False,
    }
    place = f"{item.path}" + (f":{item.index}" if item.index else "")
    if item.error:
        output.json({**line, "error": item.error.code.value})
        output.error(item.error)
        return
    output.json(line)
    if prediction is None:
        output.text(f"{place}: nothing here", f"{place}: 何も書かれていません")
    elif prediction.is_digit:
        answer = f"{place}: {prediction.label} ({_share(prediction)})"
        output.text(answer, answer)
    else:
        output.text(
            f"{place}: ? (perhaps {prediction.label}, {_share(prediction)})",
            f"{place}: ?(おそらく {prediction.label}、{_share(prediction)})",
        )


def _share(prediction: Prediction) -> str:
    """Return the confidence as people read it; it never claims to be quite certain."""
    return "> 99.9%" if prediction.confidence > 0.999 else f"{prediction.confidence:.1%}"
