"""Ctrl+C in a command that writes: what is kept is said, and nothing half-made stays."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from engine.cli import import_digits
from engine.cli.command_line import build_parser, main
from engine.cli.output import Output
from engine.data import starter
from engine.data.document import Document


class InterruptedOutput(Output):
    """Is interrupted, as by Ctrl+C, once 2,000 digits are done."""

    def progress(self, done: int, total: int, label: str = "") -> bool:
        if done >= 2_000:
            raise KeyboardInterrupt
        return super().progress(done, total, label)


def test_an_interrupted_import_says_what_is_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own, digits = tmp_path / "own.dojo", tmp_path / "digits.npz"
    Document.create(own).close()
    images, labels = starter.load()
    np.savez(digits, images=images[:5_000], labels=labels[:5_000])
    for language in ("en", "ja"):
        output = InterruptedOutput(language, as_json=False)
        arguments = build_parser(output.say).parse_args(["import", str(own), str(digits)])
        with pytest.raises(KeyboardInterrupt):
            import_digits.run(arguments, output)
        streams = capsys.readouterr()
        assert streams.out == ""
        (line,) = streams.err.splitlines()
        assert ("2,000" if language == "en" else "0 個") in line  # the second time they are there already
    document = Document.open(own)
    assert document.samples.count() == 2_000
    assert document.check() == []
    document.close()


def test_an_interrupted_new_leaves_no_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(document: Document) -> None:
        images, labels = starter.load()
        document.samples.add_arrays(images[:100], labels[:100])
        raise KeyboardInterrupt

    monkeypatch.setattr(starter, "add_to", interrupted)
    assert main(["new", str(tmp_path / "own.dojo"), "--starter"]) == 130
    assert os.listdir(tmp_path) == []
