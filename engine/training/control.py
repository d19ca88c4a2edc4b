"""How another thread steers a training: stop, pause, resume, one step."""

from __future__ import annotations

import threading
from collections.abc import Callable
from enum import StrEnum


class Order(StrEnum):
    """What the trainer should do at a boundary between two steps."""

    RUN = "run"
    STEP = "step"  # run exactly one step, then pause again
    PAUSE = "pause"
    STOP = "stop"


class Control:
    """Steering of one training, safe to call from any thread; every command returns at once."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._stopped = False
        self._paused = False
        self._single = False  # one step is allowed although paused
        self._is_watched = False
        self._resumes = self._resumes_seen = 0  # a resume and a pause in one breath is still an answer

    def stop(self) -> None:
        """End the run at the next boundary, with its state saved; cannot be taken back."""
        with self._changed:
            self._stopped = True
            self._changed.notify_all()

    def pause(self) -> None:
        """Wait at the next boundary until ``resume``, ``step_once`` or ``stop``."""
        with self._changed:
            self._paused = True
            self._single = False

    def resume(self) -> None:
        """Go on after ``pause``."""
        with self._changed:
            self._paused = self._single = False
            self._resumes += 1
            self._changed.notify_all()

    def step_once(self) -> None:
        """Run exactly one step and be paused after it, whether or not the run was paused before."""
        with self._changed:
            self._paused = self._single = True
            self._changed.notify_all()

    def watch(self, is_watched: bool) -> None:
        """Ask for BatchWalked events: of every single step, and of some of a training that runs."""
        self._is_watched = is_watched

    def do_unless_stopped(self, action: Callable[[], object]) -> bool:
        """Call ``action`` unless ``stop`` was called; it is never called once ``stop`` has returned."""
        with self._changed:
            if not self._stopped:
                action()
            return not self._stopped

    def next_order(self) -> Order:
        """Return what to do now; a single step is used up by asking."""
        with self._changed:
            if self._stopped:
                return Order.STOP
            if not self._paused:
                return Order.RUN
            if self._single:
                self._single = False
                return Order.STEP
            self._resumes_seen = self._resumes
            return Order.PAUSE

    def wait(self) -> None:
        """Sleep until there is anything to do but pause, or to say anew that it is paused."""
        with self._changed:
            self._changed.wait_for(self._is_news)

    def _is_news(self) -> bool:
        return self._stopped or self._single or not self._paused or self._resumes != self._resumes_seen

    @property
    def is_watched(self) -> bool:
        """True while somebody looks at single batches."""
        return self._is_watched

    @property
    def stop_requested(self) -> bool:
        """True once ``stop`` was called."""
        return self._stopped

    @property
    def pause_requested(self) -> bool:
        """True between ``pause`` (or ``step_once``) and ``resume``."""
        return self._paused
