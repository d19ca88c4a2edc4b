"""Shares as people read them."""

from __future__ import annotations

from PySide6.QtCore import QLocale


def percent(share: float, decimals: int = 0) -> str:
    """Return ``share`` (0 … 1) in percent, as the window's language writes numbers."""
    return QLocale().toString(100 * share, "f", decimals) + " %"


def certainty(share: float) -> str:
    """Return a model's confidence (0 … 1) in whole percent; it never claims to be quite certain."""
    return "> " + percent(0.99) if share > 0.99 else percent(share)
