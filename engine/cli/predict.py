"""``predict``: read digits from images or stroke JSON lines."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from engine.cli import models
from engine.cli.arguments import Say
from engine.cli.output import Output
from engine.data.document import Document
from engine.data.importers import image_files
from engine.data.preprocess import Prepared, from_image, from_strokes
from engine.data.strokes import read_lines
from engine.errors import Code, EngineError

if TYPE_CHECKING:
    from engine.inference.prediction import Prediction
    from engine.inference.predictor import Predictor

NAME = "predict"
SUMMARY = ("read digits from images or stroke JSON lines", "画像やストローク(JSON Lines)の数字を読む")
_CHUNK = 256  # items predicted at once


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to read: where it came from, and the digit or why there is none."""

    path: Path
    index: int  # within the file, from 0
    prepared: Prepared | None
    error: EngineError | None = None


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
    document = Document.open(arguments.doc, for_reading=True) if arguments.doc else None
    try:
        predictor = models.load_behind_gate(
            arguments.model or ("best" if document else "base"), document, arguments.epoch
        )
    finally:
        if document:
            document.close()
    items = (item for path in arguments.paths for item in _items(path))
    failures = 0
    while chunk := list(islice(items, _CHUNK)):
        for item, prediction in _predict(predictor, chunk):
            _print(item, prediction, output)
            failures += item.error is not None
    return 2 if failures else 0


def _items(path: Path) -> Iterator[Item]:
    try:
        if path.name.lower().endswith((".jsonl", ".jsonl.gz", ".ndjson")):
            for index, digit in enumerate(read_lines(path)):
                yield Item(path, index, from_strokes(digit.strokes))
        elif path.is_dir():
            for file in image_files(path):
                yield from _items(file)
        else:
            yield Item(path, 0, from_image(path))
    except EngineError as error:
        yield Item(path, 0, None, error)
    except OSError:  # not even to be looked at
        yield Item(path, 0, None, EngineError(Code.FILE_UNREADABLE, path=path))


def _predict(predictor: Predictor, chunk: list[Item]) -> Iterator[tuple[Item, Prediction | None]]:
    readable = [item.prepared.digit for item in chunk if item.prepared and not item.prepared.is_blank]
    predictions = iter(predictor.predict(np.stack(readable)) if readable else [])
    for item in chunk:
        has_ink = item.prepared is not None and not item.prepared.is_blank
        yield item, next(predictions) if has_ink else None


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
