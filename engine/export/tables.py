"""Tables as spreadsheets read them: CSV, UTF-8 with a mark, as Excel wants it."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Sequence
from typing import Any


def table(columns: Sequence[str], lines: Iterable[Sequence[Any]]) -> bytes:
    """Return a table with a head; None and nan become empty cells, floats keep ten figures."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")  # RFC 4180
    writer.writerow(columns)
    writer.writerows([_cell(value) for value in line] for line in lines)
    return text.getvalue().encode("utf-8-sig")


def _cell(value: Any) -> Any:
    """Return a value as a cell; a text that a spreadsheet would compute is marked as text."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, float):
        return f"{value:.10g}"
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return "'" + value
    return value
