"""Makes Qt's copy of ICU's data small on Linux: of 32 MB, Qt sorts and writes with what is for its languages.

The library holds one archive of tables and nothing else. It is built anew around the tables of English,
Japanese and no language at all; a system in another language sorts the names in a file dialog by the general
rules.
"""

from __future__ import annotations

import re
import struct
from pathlib import Path

from console import SetupError, run_quietly

LANGUAGES = ("root", "en", "ja")
LOCALE = re.compile(r"(?!res_index)([a-z]{2,3})(_[A-Za-z0-9]+)*\.res")
# Qt breaks lines, spells numbers and reads text files by rules of its own.
UNUSED = re.compile(r"(brkitr|translit)/.*|.*\.cnv|.*\.spp")
ALIGNED = 16
START = re.compile(rb"..\xda\x27.{8}CmnD", re.DOTALL)  # the archive's header: its size, ICU's mark, its kind
ASSEMBLY = """
.section .note.GNU-stack,"",@progbits
.section .rodata
.balign 16
.globl {symbol}
.type {symbol}, @object
.size {symbol}, {size}
{symbol}: .incbin "{data}"
"""


def shrink(library: Path, work: Path) -> None:
    """Replace ``libicudata.so.NN`` by one that holds less; ``work`` is for what comes between.

    Raises:
        SetupError: the library is not as expected, or binutils are missing.
    """
    found = START.search(library.read_bytes())
    if found is None:
        raise SetupError(f"{library.name} holds no archive of ICU.")
    whole = library.read_bytes()[found.start() :]
    header = whole[: struct.unpack_from("<H", whole)[0]]
    version = re.search(r"\.so\.(\d+)$", library.name)
    symbol = f"icudt{version.group(1) if version else ''}_dat"
    data = work / "icu.dat"
    tables = unpacked(whole)
    kept = {name: table for name, table in tables.items() if keeps(name.partition("/")[2])}
    data.write_bytes(header + packed(kept))
    source = ASSEMBLY.format(symbol=symbol, size=data.stat().st_size, data=data)
    (work / "icu.s").write_text(source, encoding="utf-8")
    failure = "ICU's data could not be made smaller: are binutils installed?"
    run_quietly(["as", "-o", str(work / "icu.o"), str(work / "icu.s")], failure)
    linking = ["ld", "-shared", "-s", "--build-id=none", "-soname", library.name, "-z", "noexecstack"]
    run_quietly([*linking, "-o", str(library), str(work / "icu.o")], failure)


def keeps(name: str) -> bool:
    """Say whether Qt may ask for a table; ``name`` without the archive's own folder: ``coll/ja.res``."""
    if UNUSED.fullmatch(name):
        return False
    locale = LOCALE.fullmatch(name.rpartition("/")[2])
    return locale is None or locale.group(1) in LANGUAGES


def unpacked(archive: bytes) -> dict[str, bytes]:
    """Return the tables of an archive by their names, which start with the archive's own folder."""
    start = struct.unpack_from("<H", archive)[0]
    count = struct.unpack_from("<I", archive, start)[0]
    entries = [struct.unpack_from("<II", archive, start + 4 + 8 * number) for number in range(count)]
    ends = [offset for _name, offset in entries[1:]] + [len(archive) - start]
    tables = {}
    for (name, offset), end in zip(entries, ends, strict=True):
        text = archive[start + name : archive.index(b"\0", start + name)].decode("ascii")
        tables[text] = archive[start + offset : start + end]
    return tables


def packed(tables: dict[str, bytes]) -> bytes:
    """Return what follows an archive's header: count, places, names and the tables, sorted by name."""
    names = sorted(tables)
    place_of_names = 4 + 8 * len(names)
    text, starts = b"", []
    for name in names:
        starts.append(place_of_names + len(text))
        text += name.encode("ascii") + b"\0"
    body, places = b"", b""
    offset = -(-(place_of_names + len(text)) // ALIGNED) * ALIGNED
    padding = bytes(offset - place_of_names - len(text))
    for start, name in zip(starts, names, strict=True):
        places += struct.pack("<II", start, offset + len(body))
        body += tables[name] + bytes(-len(tables[name]) % ALIGNED)
    return struct.pack("<I", len(names)) + places + text + padding + body
