"""Exceptions nobody foresaw: into the log file, one sentence in the window, and the work goes on."""

from __future__ import annotations

import faulthandler
import logging
import sys
import threading
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QObject, Qt, QtMsgType, Signal, qInstallMessageHandler

from engine.errors import Code, EngineError

LOG_NAME = "log.txt"
LOG_BYTES = 1_000_000

log = logging.getLogger("gui.excepthook")


class Excepthook(QObject):
    """Takes over the three hooks of the interpreter until ``uninstall``.

    The hooks run on whatever thread failed: they only log and emit ``internal``, which arrives queued, on the
    window's thread.

    Signals:
        internal: the EngineError (INTERNAL) to be said.
    """

    internal = Signal(object)
    _raised = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._raised.connect(self.internal, Qt.ConnectionType.QueuedConnection)
        self._before = (sys.excepthook, threading.excepthook, sys.unraisablehook)

    def install(self) -> None:
        """Take the hooks over."""
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception
        sys.unraisablehook = self._on_unraisable

    def uninstall(self) -> None:
        """Give the hooks back."""
        sys.excepthook, threading.excepthook, sys.unraisablehook = self._before

    def _on_exception(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._before[0](kind, error, trace)
            return
        self._tell(error, trace)

    def _on_thread_exception(self, arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None:
            self._tell(arguments.exc_value, arguments.exc_traceback)

    def _on_unraisable(self, unraisable: sys.UnraisableHookArgs) -> None:
        if unraisable.exc_value is not None:
            self._tell(unraisable.exc_value, unraisable.exc_traceback)

    def _tell(self, error: BaseException, trace: TracebackType | None) -> None:
        log.error("unforeseen", exc_info=(type(error), error, trace))
        if isinstance(error, EngineError):
            self._raised.emit(error)
        else:
            detail = f"{type(error).__name__}: {error}"
            self._raised.emit(EngineError(Code.INTERNAL, detail=detail))


def log_to(folder: Path) -> None:
    """Write warnings, errors, Qt's messages and the traces of crashes to ``LOG_NAME`` in ``folder``.

    Where the folder cannot be written they go to standard error, as before.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(folder / LOG_NAME, maxBytes=LOG_BYTES, backupCount=1, encoding="utf-8")
        faulthandler.enable((folder / "crash.txt").open("a", encoding="utf-8"))
    except OSError:
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    qInstallMessageHandler(_on_qt_message)


def _on_qt_message(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    level = {
        QtMsgType.QtDebugMsg: logging.DEBUG,
        QtMsgType.QtInfoMsg: logging.INFO,
        QtMsgType.QtWarningMsg: logging.WARNING,
    }.get(kind, logging.ERROR)
    logging.getLogger("qt").log(level, "%s", text)
