"""What was acknowledged survives a kill, and two processes keep out of each other's way."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from engine.data.document import Document
from engine.data.samples import NewSample
from engine.errors import Code, EngineError

ROOT = Path(__file__).resolve().parents[2]
WRITER = """
import sys
import numpy as np
from pathlib import Path
from engine.data.document import Document
from engine.data.samples import NewSample
folder = Path(sys.argv[1])
document = Document.untitled(folder) if sys.argv[2] == "untitled" else Document.open(folder / sys.argv[2])
print(document.path, flush=True)
for number in range(int(sys.argv[3])):
    digit = np.full((28, 28), number % 256, np.uint8)
    (id_,) = document.samples.add([NewSample(digit, number % 10)]).ids
    print(id_, flush=True)
sys.stdin.read()  # stay until killed
"""


def writer(folder: Path, name: str, count: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(folder), name, str(count)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def kill(process: subprocess.Popen[str]) -> list[str]:
    """Kill it and return what it still said."""
    process.kill()
    said = process.communicate()[0]
    return said.splitlines()


def test_a_kill_in_the_middle_of_adding_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    process = writer(tmp_path, "untitled", 1_000_000)
    path = Path(process.stdout.readline().strip())
    seen = [process.stdout.readline() for _ in range(100)]
    seen += kill(process)
    acknowledged = [int(line) for line in seen if line.strip()]
    assert len(acknowledged) >= 100
    assert Document.find_untitled(tmp_path) == path
    document = Document.open(path)
    samples = document.samples.load()
    assert document.is_untitled
    assert document.check() == []
    assert set(acknowledged) <= set(samples.ids.tolist())
    assert (samples.images[:, 0, 0] == (samples.ids - 1) % 256).all()
    assert (samples.labels == (samples.ids - 1) % 10).all()
    document.close()
    assert os.listdir(tmp_path) == [path.name], "the log of the crash is folded in"


def test_another_windows_untitled_document_is_neither_found_nor_opened(tmp_path: Path) -> None:
    process = writer(tmp_path, "untitled", 1)
    path = Path(process.stdout.readline().strip())
    process.stdout.readline()
    try:
        assert Document.find_untitled(tmp_path) is None
        with pytest.raises(EngineError, match=Code.DOCUMENT_BUSY):
            Document.open(path)
        mine = Document.untitled(tmp_path)
        assert mine.path != path
        mine.close()
    finally:
        kill(process)
    assert {Document.find_untitled(tmp_path)} <= {path, mine.path}
    Document.open(path).close()


def test_two_processes_edit_one_named_document(tmp_path: Path) -> None:
    document = Document.create(tmp_path / "shared.dojo")
    process = writer(tmp_path, "shared.dojo", 20)
    for number in range(20):
        document.samples.add([NewSample(np.full((28, 28), number, np.uint8), 1)])
        # what another thread of ours does must not drop the locks that keep the log alive
        document.open_again().close()
        Document.open(document.path).close()
    for _ in range(21):
        process.stdout.readline()
    kill(process)
    assert document.samples.count() == 40
    assert document.check() == []
    document.close()
    again = Document.open(tmp_path / "shared.dojo")
    assert again.samples.count() == 40
    again.close()
    assert os.listdir(tmp_path) == ["shared.dojo"]


def test_a_document_with_the_log_of_a_crash_may_replace_and_be_replaced(tmp_path: Path) -> None:
    Document.create(tmp_path / "crashed.dojo").close()
    process = writer(tmp_path, "crashed.dojo", 5)
    for _ in range(6):
        process.stdout.readline()
    kill(process)
    assert (tmp_path / "crashed.dojo-wal").exists()
    document = Document.create(tmp_path / "mine.dojo")
    document.samples.add([NewSample(np.zeros((28, 28), np.uint8), 0)])
    document.save_as(tmp_path / "crashed.dojo")
    document.close()
    again = Document.open(tmp_path / "crashed.dojo")
    assert again.samples.count() == 1
    assert again.check() == []
    again.close()


VISITOR = """
import sys
import numpy as np
from pathlib import Path
from engine.data.document import Document
from engine.data.samples import NewSample
document = Document.open(Path(sys.argv[1]))
document.samples.add([NewSample(np.full((28, 28), int(sys.argv[2]), np.uint8), 1)])
print(document.samples.count())
document.close()
"""


def visit(path: Path, value: int) -> int:
    """Let another process open the document, add a digit, and close; return how many it saw."""
    command = [sys.executable, "-c", VISITOR, str(path), str(value)]
    return int(subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout)


def test_opening_again_in_one_process_keeps_the_locks_that_another_process_must_see(tmp_path: Path) -> None:
    """Looking at the raw file would drop them; the other one would then remove the log under our feet."""
    document = Document.create(tmp_path / "shared.dojo")
    Document.open(document.path).close()
    document.open_again().close()
    assert visit(document.path, 1) == 1
    document.samples.add([NewSample(np.full((28, 28), 2, np.uint8), 2)])
    assert visit(document.path, 3) == 3
    assert document.samples.count() == 3
    document.close()
