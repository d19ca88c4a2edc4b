"""The words for a sample's split and source, the same wherever they appear."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale

from engine.data.sample_types import CORRECTION
from gui.widgets.sample_grid_model import NO_LABEL, SampleGridModel


def split_word(code: int) -> str:
    """Return the name of a split from its place in SPLITS."""
    return (
        QCoreApplication.translate("SampleWords", "training"),
        QCoreApplication.translate("SampleWords", "validation"),
        QCoreApplication.translate("SampleWords", "test"),
    )[code]


def source_word(source: str) -> str:
    """Return where a sample comes from; a source unknown here is named as it is."""
    words = {
        "canvas": QCoreApplication.translate("SampleWords", "drawn"),
        "import": QCoreApplication.translate("SampleWords", "imported"),
        "starter": QCoreApplication.translate("SampleWords", "starter digits"),
        "correction": QCoreApplication.translate("SampleWords", "corrected on the Test page"),
        "confirmed": QCoreApplication.translate("SampleWords", "confirmed on the Test page"),
    }
    return words.get(source, source)


def origin_words(model: SampleGridModel, row: int) -> str:
    """Return where a row's sample comes from; of a correction also what was read, and by which model."""
    words = source_word(model.source_of(row))
    found = model.misreading_of(int(model.ids[row])) if model.source_of(row) == CORRECTION else None
    if found is None or found.answer is None:
        return words
    if found.run is None:
        told = QCoreApplication.translate("SampleWords", "the shipped model read {0}")
    else:
        told = QCoreApplication.translate("SampleWords", "run {1} read {0}")
    return f"{words} ({told.format(found.answer, found.run)})"


def label_word(label: int) -> str:
    """Return a label as it is spoken."""
    return QCoreApplication.translate("SampleWords", "no label") if label == NO_LABEL else str(label)


def number(value: int) -> str:
    """Return a whole number as the window's language writes it."""
    return QLocale().toString(value)
