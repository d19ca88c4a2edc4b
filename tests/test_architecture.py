"""What the parts may know of each other, where import contracts cannot look: at run time."""

from __future__ import annotations

import importlib.metadata
import string
import subprocess
import sys
from pathlib import Path

import pytest

from engine.errors import Code
from engine.sentences import ENGLISH, JAPANESE

ROOT = Path(__file__).resolve().parents[1]
ENGINE_WITHOUT_QT = """
import importlib, pkgutil, sys

BLOCKED = {"PySide6", "shiboken6", "pyqtgraph", "gui"}

class Wall:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in BLOCKED:
            raise ModuleNotFoundError(f"blocked: {name}")

sys.meta_path.insert(0, Wall())
import engine
names = [module.name for module in pkgutil.walk_packages(engine.__path__, "engine.")]
for name in names:
    importlib.import_module(name)
print(len(names))
"""
WINDOW_WITHOUT_TORCH = """
import sys
import gui.app
heavy = {"torch", "torchvision"} & set(sys.modules)
assert not heavy, heavy
"""


def _python(script: str) -> str:
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def test_every_engine_module_imports_where_qt_is_absent() -> None:
    assert int(_python(ENGINE_WITHOUT_QT)) >= len(list((ROOT / "engine").rglob("[!_]*.py")))


def test_the_window_starts_without_torch() -> None:
    _python(WINDOW_WITHOUT_TORCH)


def test_every_error_code_has_a_sentence_in_both_languages() -> None:
    assert set(ENGLISH) == set(JAPANESE) == set(Code)
    assert all(text.strip() for table in (ENGLISH, JAPANESE) for text in table.values())


@pytest.mark.parametrize("code", list(Code))
def test_both_languages_name_the_same_facts(code: Code) -> None:
    assert _placeholders(ENGLISH[code]) == _placeholders(JAPANESE[code])


def test_torchvision_is_the_pair_of_torch() -> None:
    wanted = [need for need in importlib.metadata.requires("torchvision") or () if need.startswith("torch")]
    version = importlib.metadata.version("torch").partition("+")[0]
    assert [need.replace(" ", "").strip("()").replace("(", "") for need in wanted] == [f"torch=={version}"]


def test_no_file_grows_beyond_400_lines() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for room in ("engine", "gui", "packaging", "tests", "bench")
        for path in (ROOT / room).rglob("*.py")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert not long


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}
