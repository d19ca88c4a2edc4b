"""Reading digits with a trained model."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from training_data import digits

from engine import resources
from engine.config import TrainConfig
from engine.data.document import Document
from engine.data.samples import Split
from engine.errors import Code, EngineError
from engine.inference import predictor as predictor_module
from engine.inference.predictor import Predictor, from_weights, load_base, load_run
from engine.training import checkpoint, models, session
from engine.training.control import Control
from engine.training.evaluation import evaluate
from engine.training.store import MemoryStore
from engine.training.trainer import Trainer

CONFIG = TrainConfig(model="mlp", hidden=(16,), augment="off", epochs=60, batch_size=10)


@pytest.fixture(scope="module")
def trained() -> Predictor:
    store = MemoryStore()
    list(Trainer(CONFIG, digits(2), None, store=store).run())
    assert store.best is not None
    return Predictor(CONFIG, store.best.weights)


def test_a_trained_model_reads_what_it_learned(trained: Predictor) -> None:
    answers = trained.predict(digits(2).images)
    assert [answer.label for answer in answers] == digits(2).labels.tolist()
    for answer in answers:
        assert len(answer.probabilities) == 10
        assert sum(answer.probabilities) == pytest.approx(1.0, abs=1e-5)
        assert answer.confidence == max(answer.probabilities)
        assert answer.is_digit


def test_an_empty_image_is_no_digit_and_an_unsure_answer_neither(trained: Predictor) -> None:
    images = digits(1).images.copy()
    images[0] = 0
    weights = checkpoint.weights_to_bytes(trained.model)
    assert not trained.predict(images)[0].is_digit
    assert not any(answer.is_digit for answer in Predictor(CONFIG, weights, 1.1).predict(images))


def test_no_images_give_no_answers(trained: Predictor) -> None:
    assert trained.predict(np.zeros((0, 28, 28), np.uint8)) == []


def test_one_image_alone_is_read_as_among_others(trained: Predictor, monkeypatch: pytest.MonkeyPatch) -> None:
    images = digits(3, seed=4).images
    together = trained.probabilities(images)
    monkeypatch.setattr(predictor_module, "CHUNK", 1)
    np.testing.assert_allclose(trained.probabilities(images), together, atol=1e-5)


def test_several_threads_may_ask_at_once(trained: Predictor) -> None:
    images = digits(3, seed=4).images
    expected = trained.predict(images)
    with ThreadPoolExecutor(4) as pool:
        assert all(answer == expected for answer in pool.map(trained.predict, [images] * 20))


def test_evaluation_counts_as_the_trainer_does(trained: Predictor) -> None:
    some = digits(3, seed=4)
    assert trained.evaluate(some.images, some.labels) == evaluate(trained.model, some.images, some.labels)


def test_weights_say_which_model_they_belong_to(trained: Predictor) -> None:
    about = models.describe(CONFIG) | {"threshold": 0.7}
    again = from_weights(checkpoint.weights_to_bytes(trained.model, about))
    assert (again.config.model, again.config.hidden, again.threshold) == ("mlp", (16,), 0.7)
    with pytest.raises(ValueError, match="unknown model"):
        from_weights(checkpoint.weights_to_bytes(trained.model, {}))


def test_a_missing_or_damaged_base_model_is_told_as_such(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resources, "ASSETS", tmp_path)
    with pytest.raises(EngineError) as missing:
        load_base()
    assert missing.value.code is Code.ASSET_MISSING
    (tmp_path / "base").mkdir()
    (tmp_path / "base" / "base.safetensors").write_bytes(b"cut")
    with pytest.raises(EngineError) as damaged:
        load_base()
    assert damaged.value.code is Code.ASSET_DAMAGED


def test_the_model_of_a_run_is_read_from_its_document(tmp_path: Path) -> None:
    document = Document.create(tmp_path / "own.dojo")
    some = digits(2)
    document.samples.add_arrays(some.images, some.labels, split=Split.TRAIN, source="import")
    list(session.start(document, CONFIG, Control()))
    assert load_run(document, 1).predict(some.images[:1])[0].label == 0
    assert load_run(document, 1, "last").config == CONFIG
    saved = document.runs.load_checkpoint(1, "best")
    assert saved is not None
    document.runs.save_checkpoint(1, 1, 1, saved.weights[:50], "best", None)
    with pytest.raises(EngineError) as damaged:
        load_run(document, 1)
    assert (damaged.value.code, damaged.value.fields) == (Code.CHECKPOINT_DAMAGED, {"run": 1})
    run = document.runs.create(CONFIG, {}, {})
    with pytest.raises(EngineError) as empty:
        load_run(document, run)
    assert empty.value.code is Code.RUN_WITHOUT_MODEL
    with pytest.raises(EngineError) as missing:
        load_run(document, 99)
    assert missing.value.code is Code.RUN_MISSING
    document.close()
