"""The start of the program: its command line, the log of what nobody foresaw, no display."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from conftest import ROOT

from gui.__main__ import main
from gui.excepthook import LOG_NAME


def run_gui(*arguments: str, **environment: str | None) -> subprocess.CompletedProcess[str]:
    """Run ``python -m gui``; an environment value of None takes the variable away."""
    values = {**os.environ, **environment}
    return subprocess.run(
        [sys.executable, "-m", "gui", *arguments],
        cwd=ROOT,
        env={name: value for name, value in values.items() if value is not None},
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.parametrize("arguments", [["--language", "fr"], ["--theme", "pink"], ["a.dojo", "b.dojo"]])
def test_a_wrong_argument_ends_with_2_and_a_line(arguments, capsys):
    with pytest.raises(SystemExit) as ending:
        main(arguments)
    assert ending.value.code == 2
    assert "digit-dojo: error:" in capsys.readouterr().err


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems always have a display")
@pytest.mark.parametrize(("language", "word"), [("en_US.UTF-8", "--tour FOLDER"), ("ja_JP.UTF-8", "画面")])
def test_without_a_display_one_line_says_so(language, word):
    ending = run_gui(QT_QPA_PLATFORM=None, DISPLAY=None, WAYLAND_DISPLAY=None, LC_ALL=language)
    assert ending.returncode == 2
    assert word in ending.stderr
    assert len(ending.stderr.splitlines()) == 1 and ending.stdout == ""


def test_what_nobody_foresaw_is_in_the_log_of_the_data_folder_and_the_window_goes_on(tmp_path):
    program = (
        "import sys, threading\n"
        "from pathlib import Path\n"
        "from PySide6.QtCore import QTimer, qWarning\n"
        "from gui import app\n"
        "folder = Path(sys.argv[1])\n"
        "app.data_folder = lambda: folder\n"
        "opened = app.Dojo.open\n"
        "def fail(): raise KeyError('seven')\n"
        "def open(dojo, *arguments):\n"
        "    opened(dojo, *arguments)\n"
        "    QTimer.singleShot(0, fail)\n"
        "    threading.Thread(target=fail).start()\n"
        "    def close():\n"
        "        print(dojo.window.isVisible(), dojo.window.strip.texts())\n"
        "        dojo.window.close()\n"
        "    QTimer.singleShot(300, close)\n"
        "app.Dojo.open = open\n"
        "app.Dojo._load_torch = lambda dojo: qWarning('a warning of Qt')\n"
        "sys.exit(app.run(None, 'en', 'light'))\n"
    )
    ending = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert ending.returncode == 0, ending.stderr
    assert ending.stdout.startswith("True [\"Digit Dojo made a mistake of its own (KeyError: 'seven')")
    log = (tmp_path / LOG_NAME).read_text(encoding="utf-8")
    assert log.count("KeyError: 'seven'") == 2
    assert "a warning of Qt" in log


def test_no_movement_of_the_pointer_is_thrown_away_while_the_window_is_busy():
    program = (
        "from PySide6.QtCore import Qt\n"
        "from PySide6.QtWidgets import QApplication\n"
        "from gui import app\n"
        "compressed = Qt.ApplicationAttribute.AA_CompressHighFrequencyEvents\n"
        "class UnderX11(QApplication):\n"
        "    def __init__(self, words):\n"
        "        super().__init__(words)\n"
        "        self.setAttribute(compressed, True)  # as Qt's part for X11 does here, on its own\n"
        "app.QApplication = UnderX11\n"
        "print(app.make_application().testAttribute(compressed))\n"
    )
    ending = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert (ending.returncode, ending.stdout) == (0, "False\n"), ending.stderr
