"""What a run keeps as JSON, read and looked at: settings, and the facts that a training goes by."""

from __future__ import annotations

import json
from typing import Any

from engine.config import TrainConfig
from engine.errors import EngineError

_MOST_THREADS = 1_024  # far more than any computer has; more than it can start end the process


def read_settings(config: str, facts: str) -> tuple[TrainConfig, dict[str, Any]]:
    """Read what a run keeps as JSON.

    Raises:
        ValueError: it is not what ``create`` wrote; the facts that a training goes by are looked at.
    """
    try:
        settings, found = json.loads(config), json.loads(facts)
        if not isinstance(settings, dict) or not isinstance(found, dict):
            raise ValueError("no JSON object")
        if not 1 <= _whole(found.get("threads", 1)) <= _MOST_THREADS:
            raise ValueError("threads")
        if not all(_whole(length) >= 1 for length in found.get("segments", [1])):
            raise ValueError("segments")
        return TrainConfig.from_dict(settings), found
    except (EngineError, TypeError, RecursionError) as error:
        raise ValueError(str(error)) from error


def is_of_another_version(error: Exception) -> bool:
    """Return whether settings name a kind of network that is not known here, and are no nonsense."""
    cause = error.__cause__
    is_model = isinstance(cause, EngineError) and cause.fields.get("field") == "model"
    return is_model and str(cause.fields["value"]).isidentifier()  # type: ignore[union-attr]


def _whole(value: object) -> int:
    if type(value) is not int:
        raise ValueError(f"{value!r} is no whole number")
    return value
