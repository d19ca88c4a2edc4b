"""Each guard of ``guards.py`` and of the pytest configuration fails the test that deserves it."""

from __future__ import annotations

from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parent

QUIET = """
    import logging
    import pytest

    def test_quiet(qtbot):
        from PySide6.QtCore import QThread, QTimer
        from PySide6.QtWidgets import QWidget
        widget = QWidget()
        qtbot.addWidget(widget)
        timer = QTimer(widget)
        timer.start(10)                 # goes with its widget
        thread = QThread(widget)
        thread.start()
        thread.quit()
        assert thread.wait(2000)
        logging.getLogger("x").info("fine")

    @pytest.mark.expects("disk is nearly full")
    def test_expected():
        logging.getLogger("x").warning("the disk is nearly full")
"""
GUILTY = {
    "Python warning": ("import warnings; warnings.warn('old')", "UserWarning: old"),
    "Qt message": ("from PySide6.QtCore import qWarning; qWarning('no such slot')", "no such slot"),
    "log record": ("import logging; logging.getLogger('x').warning('odd')", "log record WARNING x: odd"),
    "missing message": ("pass", "expected but never reported: never said"),
    "exception in a thread": (
        "import threading; t = threading.Thread(target=lambda: 1 / 0); t.start(); t.join()",
        "ZeroDivisionError",
    ),
    "exception in a slot": (
        "from PySide6.QtCore import QTimer; QTimer.singleShot(0, lambda: 1 / 0); qtbot.wait(20)",
        "ZeroDivisionError",
    ),
    "exception in a QThread": (
        "from PySide6.QtCore import QThread\n"
        "    class Broken(QThread):\n"
        "        def run(self): 1 / 0\n"
        "    t = Broken(); t.start(); t.wait()",
        "ZeroDivisionError",
    ),
    "thread": (
        "import threading; e = threading.Event()\n"
        "    threading.Thread(target=e.wait, args=(20,), daemon=True, name='stray').start()",
        "a thread outlives the test: stray",
    ),
    "QThread": (
        "from PySide6.QtCore import QThread; global thread; thread = QThread(); thread.start()",
        "QThread '' of nobody still runs",
    ),
    "timer": (
        "from PySide6.QtCore import QTimer; global timer; timer = QTimer(objectName='tick'); timer.start(9)",
        "QTimer 'tick' of nobody still runs",
    ),
}
TEARDOWN = """
    import logging
    import pytest
    from PySide6.QtCore import qWarning

    @pytest.fixture
    def careless():
        yield
        {}

    def test_it(careless):
        pass
"""


@pytest.fixture
def guarded(pytester: pytest.Pytester) -> pytest.Pytester:
    """A project with this one's guards and pytest configuration, and no tests yet."""
    for name in ("conftest.py", "guards.py"):
        (pytester.path / name).write_text((TESTS / name).read_text(encoding="utf-8"), encoding="utf-8")
    configuration = (TESTS.parent / "pyproject.toml").read_text(encoding="utf-8")
    (pytester.path / "pyproject.toml").write_text(configuration, encoding="utf-8")
    return pytester


def test_a_quiet_test_passes_and_an_expected_message_is_no_failure(guarded: pytest.Pytester) -> None:
    guarded.makepyfile(test_it=QUIET)
    guarded.runpytest_subprocess("test_it.py").assert_outcomes(passed=2)


def test_each_guard_fails_its_own_test_and_no_other(guarded: pytest.Pytester) -> None:
    lines = ["import pytest"]
    for number, (body, _complaint) in enumerate(GUILTY.values()):
        if "never said" in _complaint:
            lines.append("@pytest.mark.expects('never said')")
        lines.append(f"def test_guilty_{number}(qtbot):\n    {body}\n")
        lines.append(f"def test_innocent_{number}(qtbot):\n    pass\n")
    (guarded.path / "test_it.py").write_text("\n".join(lines), encoding="utf-8")
    result = guarded.runpytest_subprocess("test_it.py", "-rfE")
    output = result.stdout.str()
    for number, (kind, (_body, complaint)) in enumerate(GUILTY.items()):
        assert complaint in output, kind
        assert f"::test_guilty_{number}" in output, f"{kind} failed nothing"
        assert f"::test_innocent_{number}" not in output, f"{kind} failed another test"


@pytest.mark.parametrize("act", ["qWarning('late')", "logging.getLogger('x').error('late')"])
def test_what_a_teardown_reports_fails_the_test(guarded: pytest.Pytester, act: str) -> None:
    guarded.makepyfile(test_it=TEARDOWN.format(act))
    guarded.runpytest_subprocess("test_it.py").assert_outcomes(passed=1, errors=1)


def test_tests_have_a_home_of_their_own_and_no_screen(qapp) -> None:
    from PySide6.QtCore import QStandardPaths

    assert Path.home().name.startswith("digit-dojo-tests-")
    assert qapp.platformName() == "offscreen"
    assert QStandardPaths.isTestModeEnabled()
