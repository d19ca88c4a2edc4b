"""Which model ``--run`` means: a run's number, ``best``, ``last`` or ``base``."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from engine.cli import arguments as readers
from engine.cli.arguments import Say
from engine.cli.output import Output
from engine.config import EPOCHS_RANGE
from engine.data.document import Document
from engine.errors import Code, EngineError

if TYPE_CHECKING:
    from engine.inference.predictor import Predictor


def add_epoch(parser: argparse.ArgumentParser, say: Say) -> None:
    """Declare from which epoch of the run its model is to be."""
    parser.add_argument(
        "--epoch",
        type=readers.whole("epoch", f"1 … {EPOCHS_RANGE[1]}"),
        metavar="N",
        help=say("the run's model as it was after this epoch", "実行の、このエポックが終わった時点のモデル"),
    )


def refuse_epoch_of_base(name: str, epoch: int | None, output: Output) -> None:
    """Refuse an epoch for the shipped model, which has one state only.

    Raises:
        EngineError: USAGE.
    """
    if name == "base" and epoch is not None:
        raise EngineError(
            Code.USAGE,
            detail=output.say(
                "--epoch belongs to a run, and base is the shipped model: give --run a run's number, best or "
                "last, or leave --epoch out",
                "--epoch は実行のための指定で、base は付属モデルです。--run に実行の番号、best、last の"
                "いずれかを指定するか、--epoch を外してください",
            ),
        )


def load_behind_gate(name: str, document: Document | None, epoch: int | None = None) -> Predictor:
    """Load the model that ``name`` means, calibrated, and with the gate that tells digits from other things.

    Raises:
        EngineError: USAGE when a run is asked for without a document, NO_RUNS, RUN_MISSING,
            RUN_WITHOUT_MODEL, EPOCH_NOT_KEPT, CHECKPOINT_DAMAGED, NETWORK_UNKNOWN,
            CONFIG_INVALID for another word; ASSET_MISSING or ASSET_DAMAGED.
    """
    from engine.inference.trust import behind_gate, load_base_behind_gate

    predictor, run = _load(name, document, epoch)
    if run is None or document is None:
        return load_base_behind_gate()
    return behind_gate(predictor, document, run)


def _load(name: str, document: Document | None, epoch: int | None) -> tuple[Predictor, int | None]:
    """Return a model and the number of its run, None for the shipped one."""
    if name not in ("base", "best", "last") and not _is_number(name):
        raise EngineError(Code.CONFIG_INVALID, field="run", value=name, allowed="best, last, base, RUN")
    from engine.inference.predictor import load_base, load_epoch, load_run  # torch loads here

    if name == "base":
        return load_base(), None
    if document is None:
        raise EngineError(Code.USAGE, detail=f"--run {name}: --doc DOC?")
    record = None
    if not _is_number(name):
        record = document.runs.best() if name == "best" else document.runs.last()
        if record is None:
            raise EngineError(Code.NO_RUNS)
    run = record.id if record is not None else int(name)
    return (load_run(document, run) if epoch is None else load_epoch(document, run, epoch)), run


def _is_number(name: str) -> bool:
    return name.isascii() and name.isdecimal()
