"""Bring the translation files up to the texts of the window: new ones appear as unfinished, gone ones go.

Run after changing a text, with the project's Python: ``.venv/bin/python packaging/translations.py``.
The English file holds only the texts with a number, for their plural forms.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import PySide6

ROOT = Path(__file__).resolve().parent.parent
I18N = ROOT / "assets" / "i18n"
OPTIONS = {"en": ["-pluralonly"], "ja": []}


def update(folder: Path) -> None:
    """Run ``lupdate`` over gui/ for each language's file in ``folder``."""
    lupdate = Path(PySide6.__file__).parent / ("lupdate.exe" if sys.platform == "win32" else "lupdate")
    sources = sorted(str(path) for path in (ROOT / "gui").rglob("*.py"))
    for language, options in OPTIONS.items():
        # Without line numbers: they would change with every edit.
        common = ["-silent", "-no-obsolete", "-locations", "none", "-source-language", "en"]
        target = ["-target-language", language, "-ts", str(folder / f"digit_dojo_{language}.ts")]
        subprocess.run([str(lupdate), *common, *options, *sources, *target], check=True)


def unfinished(folder: Path) -> int:
    """Return how many texts still wait for their translation."""
    return sum(
        path.read_text(encoding="utf-8").count('type="unfinished"') for path in folder.glob("digit_dojo_*.ts")
    )


def main(arguments: Sequence[str]) -> int:
    """Update the files in the folder that is given, or the project's; 1 while a text is untranslated."""
    folder = Path(arguments[0]) if arguments else I18N
    update(folder)
    left = unfinished(folder)
    print(f"{left} text(s) wait for a translation in {folder}")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
