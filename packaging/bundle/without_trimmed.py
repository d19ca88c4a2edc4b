"""A pytest plugin that hides what the bundle leaves out, so that the tests prove that nothing needs it.

PYTHONPATH=packaging python -m pytest -p bundle.without_trimmed
"""

from __future__ import annotations

import importlib.abc
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from types import ModuleType

from bundle import trim

# The tests' own tools, and what they are made of.
TESTING = (
    "_pytest",
    "hypothesis",
    "pytest",
    "pygments",
    "rich",
    "ssl",
    "_ssl",
    "_hashlib",
    "readline",
    "xmlrpc",
)


class Hidden(importlib.abc.MetaPathFinder):
    """Says of every module that is left out that there is none."""

    def __init__(self, modules: Sequence[str]) -> None:
        self._modules = tuple(module for module in modules if module not in TESTING)

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Refuse what is left out; leave everything else to the finders behind."""
        if any(name == module or name.startswith(f"{module}.") for module in self._modules):
            raise ModuleNotFoundError(f"{name} is not in the bundle", name=name)
        return None


sys.meta_path.insert(0, Hidden(trim.modules()))
