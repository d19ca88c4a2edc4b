"""``evaluate``: measure a model on labelled digits."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from engine.cli import arguments as readers
from engine.cli import models
from engine.cli.arguments import Say
from engine.cli.output import Output
from engine.data.document import Document
from engine.data.importers import read_digits
from engine.data.samples import Split
from engine.errors import Code, EngineError
from engine.events import Confusion
from engine.sentences import counted
from engine.training.interval import wilson
from engine.training.scores import scores_of

if TYPE_CHECKING:
    from engine.inference.predictor import Predictor

NAME = "evaluate"
SUMMARY = ("measure a model on labelled digits", "ラベル付きの数字でモデルの正解率を測る")


def add_arguments(parser: argparse.ArgumentParser, say: Say) -> None:
    """Declare what ``evaluate`` takes."""
    parser.add_argument(
        "document",
        metavar="DOC",
        type=Path,
        help=say("the .dojo file with the run", "実行の入った .dojo ファイル"),
    )
    parser.add_argument(
        "--run",
        default="best",
        metavar="RUN",
        dest="model",
        help=say(
            "a run's number, best, last or base (default best)", "実行の番号、best、last、base(既定 best)"
        ),
    )
    models.add_epoch(parser, say)
    parser.add_argument(
        "--data",
        type=Path,
        metavar="PATH",
        help=say(
            "anything that import reads, or a document (DOC itself)",
            "import で読めるもの、または .dojo ファイル(既定は DOC)",
        ),
    )
    parser.add_argument(
        "--split",
        type=readers.split,
        metavar="S",
        help=say(
            "train, val or test of a document; left out: test of DOC itself, all of another",
            "ドキュメントの train、val、test。省略時、DOC 自身なら test、ほかなら全部",
        ),
    )


def run(arguments: argparse.Namespace, output: Output) -> int:
    """Evaluate and print accuracy with its 95 % interval, per class, and the confusion matrix."""
    models.refuse_epoch_of_base(arguments.model, arguments.epoch, output)
    document = Document.open(arguments.document, for_reading=True)
    failures: list[EngineError] = []
    try:
        images, labels = _digits(arguments, document, output, failures)
        predictor = models.load_behind_gate(arguments.model, document, arguments.epoch)
    finally:
        document.close()
    metrics = predictor.evaluate(images, labels)
    low, high = metrics.interval()
    doubt = _doubt(predictor, images, labels)
    output.json(
        {
            "n": metrics.n,
            "accuracy": metrics.accuracy,
            "interval": [low, high],
            "loss": metrics.loss,
            "per_class": _per_class(metrics.confusion),
            "confusion": [list(row) for row in metrics.confusion],
            **doubt,
            "rejected": [
                {"path": error.fields.get("path", ""), "code": error.code.value} for error in failures
            ],
        }
    )
    verb = "is" if metrics.n == 1 else "are"
    output.text(
        f"{metrics.accuracy:.2%} of {counted(metrics.n, 'digit')} {verb} read right "
        f"(95 % interval {low:.2%} to {high:.2%}).",
        f"数字 {metrics.n:,} 個のうち {metrics.accuracy:.2%} が正解(95 % 信頼区間 {low:.2%}〜{high:.2%})。",
    )
    _tell_doubt(doubt, metrics.n, output)
    _print_confusion(metrics.confusion, output)
    for error in failures:
        output.error(error)
    return 0


def _digits(
    arguments: argparse.Namespace, document: Document, output: Output, failures: list[EngineError]
) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Return images (N, 28, 28) and labels (N,), N at least 1, all labelled.

    Files of a folder that cannot be read go to ``failures``.
    """
    data: Path = arguments.data or arguments.document
    split = Split(arguments.split) if arguments.split else None
    if data.suffix.lower() == ".dojo" or data == arguments.document:
        own = data.resolve() == arguments.document.resolve()
        other = document if own else Document.open(data, for_reading=True)
        split = split or (Split.TEST if own else None)
        try:
            samples = other.samples.load(split, labelled_only=True)
        finally:
            if not own:
                other.close()
        images, labels = samples.images, samples.labels
        if split is not None and not len(labels):
            raise EngineError(Code.SPLIT_EMPTY, path=data, split=split.value)
    else:
        if split is not None:
            raise EngineError(
                Code.USAGE,
                detail=output.say(
                    f"--split chooses among the digits of a .dojo file, and {data} is none",
                    f"--split は .dojo ファイルの数字を選ぶものなので、{data} には使えません",
                ),
            )
        images, labels = read_digits(data, failures)
    labelled = labels >= 0
    if not labelled.any():
        raise EngineError(Code.NO_LABELLED_DIGITS)
    return images[labelled], labels[labelled].astype(np.int64)


def _doubt(predictor: Predictor, images: NDArray[np.uint8], labels: NDArray[np.int64]) -> dict[str, Any]:
    """Return how many digits are answered with "not sure" or "not a digit", and how the others are read.

    ``accuracy`` counts all digits by the most probable answer; these are fields beside it.
    """
    shares = predictor.probabilities(images)
    trust = np.minimum(shares.max(axis=1), predictor.shares(images))
    is_answered = (trust >= predictor.threshold) & images.any(axis=(1, 2))
    right = int((shares.argmax(axis=1) == labels)[is_answered].sum())
    n = int(is_answered.sum())
    return {
        "threshold": predictor.threshold,
        "turned_away": len(labels) - n,
        "turned_away_interval": list(wilson(len(labels) - n, len(labels))),
        "answered_accuracy": right / n if n else None,
        "answered_interval": list(wilson(right, n)) if n else None,
    }


def _tell_doubt(doubt: dict[str, Any], n: int, output: Output) -> None:
    away, threshold = doubt["turned_away"], doubt["threshold"]
    low, high = doubt["turned_away_interval"]
    english = (
        f"Not sure, or not a digit (below {threshold:.0%}): {away:,} of {n:,}, {away / n:.2%} "
        f"(95 % interval {low:.2%} to {high:.2%}); the accuracy counts these by their likeliest digit."
    )
    japanese = (
        f"自信が {threshold:.0%} に届かず「?」になるもの: {n:,} 個のうち {away:,} 個、{away / n:.2%}"
        f"(95 % 信頼区間 {low:.2%}〜{high:.2%})。正解率では、これらも最も確からしい数字で数えています。"
    )
    if away and doubt["answered_interval"] is not None:
        low, high = doubt["answered_interval"]
        score = f"{doubt['answered_accuracy']:.2%}"
        english += f" Of the others {score} are read right ({low:.2%} to {high:.2%})."
        japanese += f"残りの正解率は {score}({low:.2%}〜{high:.2%})。"
    output.text(english, japanese)


def _per_class(confusion: Confusion) -> list[dict[str, Any]]:
    """Return recall and precision by digit; None where there is nothing to divide by."""
    return [
        {
            "label": score.digit,
            "n": score.n,
            "accuracy": score.recall,
            "interval": list(score.recall_interval()),
            "said": score.said,
            "precision": score.precision,
            "precision_interval": list(score.precision_interval()),
            "f1": score.f1,
        }
        for score in scores_of(confusion)
    ]


def _print_confusion(confusion: Confusion, output: Output) -> None:
    output.text("true \\ answer", "ラベル \\ 答え")
    head = "    " + "".join(f"{digit:>6}" for digit in range(10))
    output.text(head, head)
    for digit, row in enumerate(confusion):
        line = f"{digit:>4}" + "".join(f"{count:>6}" if count else "     ·" for count in row)
        output.text(line, line)
