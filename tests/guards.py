"""What must not happen unseen in a test: Qt messages, log records, threads and timers that outlive it.

Warnings are errors by the pytest configuration, which covers exceptions in threads too; exceptions in Qt
slots are caught by pytest-qt. ``tests/test_guards.py`` proves that each of these bites.
"""

from __future__ import annotations

import gc
import logging
import re
import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import (
    QAbstractAnimation,
    QCoreApplication,
    QEvent,
    QMessageLogContext,
    QObject,
    QThread,
    QTimer,
    QtMsgType,
    qInstallMessageHandler,
)
from shiboken6 import isValid

THREAD_GRACE_S = 2.0

QT_ALLOWED = (
    # The offscreen platform says so whenever a window has size limits.
    r"This plugin does not support propagateSizeHints\(\)",
)


class Watch(logging.Handler):
    """Collects Qt messages and log records from WARNING up; one serves the whole session.

    Attributes:
        seen: what was reported since the test began.
    """

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.seen: list[str] = []

    def install(self) -> None:
        """Listen to Qt and to the root logger from now on."""
        qInstallMessageHandler(self._on_qt_message)
        logging.getLogger().addHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a log record."""
        self.seen.append(f"log record {record.levelname} {record.name}: {record.getMessage()}")

    def _on_qt_message(self, kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        if kind in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg):
            return
        if not any(re.search(pattern, text) for pattern in QT_ALLOWED):
            self.seen.append(f"Qt message {kind.name} {context.category or ''}: {text}")

    def verdict(self, expected: list[str]) -> list[str]:
        """Return what was not expected, and what was expected but never came; forget everything."""
        seen, self.seen = self.seen, []
        surprises = [line for line in seen if not any(re.search(pattern, line) for pattern in expected)]
        missing = [pattern for pattern in expected if not any(re.search(pattern, line) for line in seen)]
        return surprises + [f"expected but never reported: {pattern}" for pattern in missing]


def watched(item: pytest.Item, watch: Watch) -> Iterator[None]:
    """Wrap a test's call: fail it for what Qt or logging reported in set-up and call."""
    yield
    expected = [str(mark.args[0]) for mark in item.iter_markers("expects")]
    complaints = watch.verdict(expected)
    if complaints:
        pytest.fail("\n".join(complaints), pytrace=False)


class Leftovers:
    """Finds threads, timers and animations that a test started and left running."""

    def __init__(self, uses_qt: bool) -> None:
        self._uses_qt = uses_qt
        self._threads = set(threading.enumerate())
        self._frames = set(sys._current_frames())

    def find(self) -> list[str]:
        """Return what still runs, each as a line; stop it, so that the next test starts clean."""
        found = self._qt_objects() if self._uses_qt else []
        for thread in set(threading.enumerate()) - self._threads:
            if isinstance(thread, threading._DummyThread):  # a QThread that once asked for its name
                continue
            thread.join(THREAD_GRACE_S)
            if thread.is_alive():
                found.append(f"a thread outlives the test: {thread.name}")
        if not found and set(sys._current_frames()) - self._frames - {threading.get_ident()}:
            found.append("a thread that Python did not start outlives the test")
        return found

    def _qt_objects(self) -> list[str]:
        QCoreApplication.sendPostedEvents(
            None, QEvent.Type.DeferredDelete
        )  # as the event loop would have done
        if not any(_is_active(thing) for thing in _qt_things()):
            return []
        gc.collect()  # a closed window in a reference cycle is gone for the user
        found = []
        for thing in _qt_things():
            if _is_active(thing) and not _stop(thing):
                found.append(f"{type(thing).__name__} {thing.objectName()!r} of {_owner(thing)} still runs")
        return found


def _qt_things() -> list[QObject]:
    kinds = (QThread, QTimer, QAbstractAnimation)
    return [thing for thing in gc.get_objects() if issubclass(type(thing), kinds) and isValid(thing)]


def _is_active(thing: QObject) -> bool:
    if isinstance(thing, QThread):
        return thing.isRunning() and thing is not QThread.currentThread() and not _is_main(thing)
    if isinstance(thing, QTimer):
        return thing.isActive()
    return thing.state() == QAbstractAnimation.State.Running


def _is_main(thread: QThread) -> bool:
    application = QCoreApplication.instance()
    return application is not None and application.thread() is thread


def _stop(thing: QObject) -> bool:
    """Stop ``thing``; True when it may be forgiven: a thread that was about to end."""
    if isinstance(thing, QThread):
        grace = int(THREAD_GRACE_S * 1000)
        if thing.wait(grace):
            return True
        thing.requestInterruption()
        thing.quit()
        thing.wait(grace)
    else:
        thing.stop()
    return False


def _owner(thing: QObject) -> str:
    parent = thing.parent()
    return "nobody" if parent is None else f"{type(parent).__name__} {parent.objectName()!r}"
