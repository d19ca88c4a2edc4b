"""Threads: every value arrives, an exception ends in one value, cancel and shutdown leave no thread."""

from __future__ import annotations

import os
import sys
import threading
from queue import SimpleQueue

import pytest

from engine.errors import Code, EngineError
from gui.workers import IteratorWorker, TaskRunner, TaskWorker, WorkEnded, WorkProgressed, drain, wait_for


def run_to_end(worker):
    worker.start()
    assert worker.wait(5_000)


def test_an_iterator_runs_in_another_thread_and_arrives_in_order_then_ends(qapp):
    queue = SimpleQueue()
    threads = []

    def events():
        threads.append(threading.get_ident())
        yield from ("a", "b", "c")

    run_to_end(IteratorWorker(events, queue))
    assert drain(queue) == ["a", "b", "c", WorkEnded()]
    assert threads[0] != threading.get_ident()


@pytest.mark.expects("a worker failed")
@pytest.mark.parametrize("moment", ["before", "between"])
def test_an_exception_in_the_job_becomes_one_internal_failure(qapp, moment):
    queue = SimpleQueue()

    def between():
        yield 1
        raise ZeroDivisionError("oops")

    def before():
        raise ZeroDivisionError("oops")

    run_to_end(IteratorWorker(between if moment == "between" else before, queue))
    values = drain(queue)
    endings = [value for value in values if isinstance(value, WorkEnded)]
    assert values[-1] is endings[0] and len(endings) == 1
    assert endings[0].failure.code is Code.INTERNAL
    assert endings[0].failure.fields["detail"] == "ZeroDivisionError: oops"


def test_an_engine_error_keeps_its_code(qapp):
    queue = SimpleQueue()

    def task(progress):
        raise EngineError(Code.FILE_MISSING, path="x.png")

    run_to_end(TaskWorker(task, queue))
    (ended,) = drain(queue)
    assert ended.failure.code is Code.FILE_MISSING


def test_progress_is_thinned_but_its_last_word_always_arrives(qapp):
    queue = SimpleQueue()

    def task(progress):
        for done in range(1, 10_001):
            assert progress(done, 10_000)
        return "done"

    run_to_end(TaskWorker(task, queue))
    values = drain(queue)
    assert values[-1] == WorkEnded("done")
    assert values[-2] == WorkProgressed(10_000, 10_000)
    assert len(values) < 1_000


def test_a_runner_tells_progress_and_result_on_the_windows_thread(qtbot):
    runner = TaskRunner()
    seen = []
    runner.progressed.connect(lambda done, total: seen.append((done, total, threading.get_ident())))

    def task(progress):
        progress(3, 3)
        return {"added": 3}

    with qtbot.waitSignal(runner.finished, timeout=5_000) as result:
        assert runner.start(task)
        assert not runner.start(task)  # one at a time
    assert result.args == [{"added": 3}]
    assert seen == [(3, 3, threading.get_ident())]
    assert not runner.is_running


def test_a_cancelled_task_finishes_with_what_it_has(qtbot):
    runner = TaskRunner()
    started = threading.Event()

    def task(progress):
        count = 0
        while progress(count, 0):
            count += 1
            started.set()
        return "partial"

    runner.start(task)
    assert started.wait(5)
    with qtbot.waitSignal(runner.finished, timeout=5_000) as result:
        runner.cancel()
    assert result.args == ["partial"]


def test_a_failed_task_tells_its_code_and_the_runner_is_free_again(qtbot):
    runner = TaskRunner()

    def task(progress):
        raise EngineError(Code.DISK_FULL, path="d.dojo")

    with qtbot.waitSignal(runner.failed, timeout=5_000) as failure:
        runner.start(task)
    assert failure.args[0].code is Code.DISK_FULL
    assert not runner.is_running


def test_shutdown_ends_a_running_task_and_emits_nothing_more(qtbot):
    runner = TaskRunner()
    heard = []
    runner.finished.connect(heard.append)

    def task(progress):
        while progress(0, 0):
            pass

    runner.start(task)
    assert runner.shutdown()
    assert not runner.is_running
    assert heard == []


def test_workers_that_do_not_end_share_the_time_in_which_the_window_must_be_gone():
    class Stuck:
        def __init__(self) -> None:
            self.waited: list[int] = []

        def shutdown(self, timeout_ms: int) -> bool:
            self.waited.append(timeout_ms)
            return threading.Event().wait(timeout_ms / 1000)

    workers = [Stuck(), Stuck(), Stuck()]
    assert wait_for(workers, 50) == [False, False, False]
    assert [worker.waited for worker in workers] == [[50], [0], [0]]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a thread keeps its priority")
def test_a_training_gives_way_to_the_window_more_than_a_task_that_somebody_waits_for(qapp):
    def own(_progress=None) -> int:
        return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())

    training, task = SimpleQueue(), SimpleQueue()
    run_to_end(IteratorWorker(lambda: iter([own()]), training))
    run_to_end(TaskWorker(own, task))
    assert drain(training)[0] > drain(task)[-1].result > own()
