"""Whose work is in the program, under which licence; needs nothing but Python: the installers use it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from importlib.metadata import Distribution, PackageMetadata, PackageNotFoundError, distribution
from pathlib import Path
from typing import NamedTuple

from engine.resources import ASSETS

SHIPPED = ASSETS / "licences"  # filled by packaging/bundle/licences.py, empty in a checkout
PROJECT = "digit-dojo"


class Component(NamedTuple):
    """One piece of work by others.

    Attributes:
        name, version: as its authors call it; the version may be empty.
        licence: its short name, for example ``BSD-3-Clause``.
        home: its address, or empty.
        text: the whole of its licences and notices.
    """

    name: str
    version: str
    licence: str
    home: str
    text: str


def components() -> list[Component]:
    """Return everything that this program contains, by name: what was shipped, else what is installed."""
    found = [parse(path.read_text(encoding="utf-8")) for path in SHIPPED.glob("*.txt")]
    return sorted(found or (described(one) for one in _installed()), key=lambda one: one.name.lower())


def described(package: Distribution) -> Component:
    """Return what an installed package says about itself."""
    facts = package.metadata
    licence = _first(facts, "License-Expression") or _first(facts, "License") or _classified(facts)
    home = _first(facts, "Home-page") or _homepage(facts.get_all("Project-URL") or ())
    return Component(facts["Name"], package.version, licence, home, _texts(package))


def written(component: Component) -> str:
    """Return the file of a component: three lines, an empty one, the text."""
    head = f"{component.name} {component.version}".strip()
    return f"{head}\n{component.licence}\n{component.home}\n\n{component.text.strip()}\n"


def parse(text: str) -> Component:
    """Return the component that ``written`` wrote."""
    head, licence, home, _empty, body = [*text.split("\n", 4), "", "", "", ""][:5]
    name, _space, version = head.rpartition(" ") if re.search(r" [0-9][^ ]*$", head) else (head, "", "")
    return Component(name, version, licence, home, body.strip())


def _installed() -> Iterator[Distribution]:
    """Yield the packages that the project needs, each once."""
    waiting, seen = [PROJECT], set[str]()
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        try:
            package = distribution(name)
        except PackageNotFoundError:  # for another system, or this folder was never set up
            continue
        if name != PROJECT:
            yield package
        for need in package.requires or ():
            if "extra ==" not in need:
                waiting.append(re.split(r"[^A-Za-z0-9._-]", need, maxsplit=1)[0])


def _texts(package: Distribution) -> str:
    """Return all licence files of a package, equal ones once."""
    named = re.compile(r"(licen[cs]e|copying|notice|authors)", re.IGNORECASE)
    files = [file for file in package.files or () if file.parts[0].endswith(".dist-info")]
    wanted = [file for file in files if named.search(file.name) or "licenses" in file.parts]
    texts = {Path(str(package.locate_file(file))): "/".join(file.parts[1:]) for file in wanted}
    found: dict[str, str] = {}
    for path, name in sorted(texts.items()):
        if path.is_file():
            found.setdefault(path.read_text(encoding="utf-8", errors="replace").strip(), name)
    if len(found) == 1:
        return next(iter(found))
    return "\n\n".join(f"---- {name} ----\n\n{text}" for text, name in found.items())


def _first(facts: PackageMetadata, field: str) -> str:
    """Return the first line of a field, or nothing; in old packages a whole licence stands there."""
    return (facts.get_all(field) or [""])[0].strip().partition("\n")[0]


def _classified(facts: PackageMetadata) -> str:
    kinds = facts.get_all("Classifier") or ()
    return next((kind.rpartition(" :: ")[2] for kind in kinds if kind.startswith("License ::")), "")


def _homepage(addresses: Iterable[str]) -> str:
    named = dict(address.partition(", ")[::2] for address in addresses)
    first = next(iter(named.values()), "")
    return next((named[key] for key in ("Homepage", "Home", "Source", "Repository") if key in named), first)
