"""Which model ``--run`` means: a run's number, ``best``, ``last`` or ``base``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.data.document import Document
from engine.errors import Code, EngineError

if TYPE_CHECKING:
    from engine.inference.predictor import Predictor


def load(name: str, document: Document | None) -> Predictor:
    """Load the model that ``name`` means.

    Raises:
        EngineError: USAGE when a run is asked for without a document, NO_RUNS, RUN_MISSING,
            RUN_WITHOUT_MODEL, CHECKPOINT_DAMAGED, CONFIG_INVALID for another word.
    """
    if name not in ("base", "best", "last") and not _is_number(name):
        raise EngineError(Code.CONFIG_INVALID, field="run", value=name, allowed="RUN, best, last, base")
    from engine.inference.predictor import load_base, load_run  # torch loads here

    if name == "base":
        return load_base()
    if document is None:
        raise EngineError(Code.USAGE, detail=f"--run {name}: --doc DOC?")
    if _is_number(name):
        return load_run(document, int(name))
    record = document.runs.best() if name == "best" else document.runs.last()
    if record is None:
        raise EngineError(Code.NO_RUNS)
    return load_run(document, record.id)


def _is_number(name: str) -> bool:
    return name.isascii() and name.isdecimal()
