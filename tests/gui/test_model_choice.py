"""Which model reads: listed, chosen, loaded beside the window, and never another one instead."""

from __future__ import annotations

import pytest
from try_fakes import FakeModels, FakeReader, add_run, until

from engine.errors import Code, EngineError
from engine.events import RunFailed, RunFinished
from gui.model_choice import BASE, ModelChoice


@pytest.fixture
def choose_from(session):
    """Returns a function that makes a ModelChoice over the given models."""
    made = []

    def make(of) -> ModelChoice:
        made.append(ModelChoice(session, FakeModels({None: FakeReader({0: 0.9}), **of})))
        return made[-1]

    yield make
    for models in made:
        assert models.shutdown()


def finished(run: int, reason: str = "completed") -> RunFinished:
    return RunFinished(run, reason, 3, 30, 1.0, 3, 0.1, 0.98, 100, 0.99)


def test_a_new_document_is_read_by_the_shipped_model(choose_from):
    models = choose_from({})
    assert (models.entries, models.current) == ([BASE], BASE)


def test_nothing_is_loaded_before_somebody_wants_to_read(choose_from):
    models = choose_from({})
    assert models._loader.asked == []
    assert not models.is_loading


def test_prepare_loads_once(choose_from, qtbot):
    models = choose_from({})
    models.prepare()
    models.prepare()
    until(qtbot, lambda: models.reader)
    models.prepare()
    assert models._loader.asked == [None]


def test_the_newest_run_of_a_document_reads_when_it_is_opened(choose_from, session):
    add_run(session)
    newest = add_run(session)
    assert choose_from({}).current.run == newest


def test_a_finished_training_is_in_use_at_once(choose_from, session, qtbot):
    learnt = FakeReader({7: 0.9})
    models = choose_from({1: learnt})
    models.prepare()
    until(qtbot, lambda: models.reader)
    run = add_run(session)
    models.on_run_ended(finished(run))
    assert models.current.run == run
    until(qtbot, lambda: models.reader is learnt)


def test_a_failed_training_changes_nothing(choose_from, session):
    models = choose_from({})
    models.on_run_ended(RunFailed(1, "internal", {"detail": "x"}))
    assert models.current == BASE


def test_a_training_stopped_within_its_first_epoch_changes_nothing(choose_from, session):
    models = choose_from({})
    run = add_run(session)
    session.document.runs.update(run, state="stopped", best_epoch=None)
    models.on_run_ended(RunFinished(run, "stopped", 0, 3, 0.1, 0, None, None, 0, None))
    assert models.current == BASE
    assert models.entries[1].run == run


def test_an_extended_run_is_loaded_anew(choose_from, session, qtbot):
    run = add_run(session)
    models = choose_from({run: FakeReader({1: 0.9})})
    models.prepare()
    until(qtbot, lambda: models.reader)
    models._loader.of[run] = better = FakeReader({2: 0.9})
    models.on_run_ended(finished(run))
    until(qtbot, lambda: models.reader is better)


def test_a_model_that_cannot_be_loaded_is_not_replaced_by_another(choose_from, session, qtbot):
    run = add_run(session)
    models = choose_from({run: EngineError(Code.CHECKPOINT_DAMAGED, run=run)})
    heard = []
    models.failed.connect(heard.append)
    models.prepare()
    until(qtbot, lambda: heard)
    assert models.reader is None
    assert models.current.run == run
    assert heard[0].code == Code.CHECKPOINT_DAMAGED


def test_of_two_quick_choices_only_the_last_is_heard(choose_from, session, qtbot):
    first, second = add_run(session), add_run(session)
    models = choose_from({first: FakeReader({1: 0.9}), second: FakeReader({2: 0.9})})
    heard = []
    models.loaded.connect(lambda: heard.append(models.reader))
    models._loader.gate.clear()
    models.prepare()
    models.choose(first)
    models.choose(None)
    models._loader.gate.set()
    until(qtbot, lambda: models.reader)
    assert heard == [models._loader.of[None]]
    assert models._loader.asked == [second, None]


def test_a_failed_run_without_a_model_cannot_be_chosen(choose_from, session):
    run = add_run(session)
    session.document.runs.update(run, state="failed", best_epoch=None)
    assert choose_from({}).entries == [BASE]


def test_another_name_for_the_document_keeps_the_choice(choose_from, session, tmp_path):
    add_run(session)
    models = choose_from({})
    models.choose(None)
    assert session.save_as(tmp_path / "named.dojo")
    assert models.current == BASE
    assert [entry.run for entry in models.entries] == [None, 1]


def test_another_document_brings_its_own_models(choose_from, session):
    add_run(session)
    models = choose_from({})
    session.new()
    assert (models.entries, models.current) == ([BASE], BASE)
