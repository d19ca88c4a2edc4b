"""Where the files that ship with the program are."""

from __future__ import annotations

from pathlib import Path

from engine.errors import Code, EngineError

ASSETS = Path(__file__).resolve().parent.parent / "assets"


def asset(name: str) -> Path:
    """Return the path of a shipped file, ``name`` being relative to ``assets/``.

    Raises:
        EngineError: ASSET_MISSING.
    """
    path = ASSETS / name
    if not path.is_file():
        raise EngineError(Code.ASSET_MISSING, path=path)
    return path
