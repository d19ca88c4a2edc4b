"""Calibration error of runs before and after the temperature that their validation digits gave.

    python -m bench.recognition.calibration_of_runs [--mnist FOLDER]

Trains the usual networks on the starter digits of a new document (three and, for an overconfident one, 25
epochs), fits a temperature on the run's validation digits as the window does, and prints the expected
calibration error there (each half measured with the other half's temperature) and with ``--mnist`` on
MNIST's 10,000 test digits."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from engine.config import TrainConfig
from engine.data import idx, starter
from engine.data.document import Document
from engine.inference.predictor import load_run
from engine.inference.reject import load_gate
from engine.inference.trust import study_run
from engine.training import calibration, session
from engine.training.control import Control

CONFIGS = (
    TrainConfig(model="cnn", epochs=3, device="cpu"),
    TrainConfig(model="mlp", epochs=3, device="cpu"),
    TrainConfig(model="mlp", epochs=25, augment="off", device="cpu"),
)


def main() -> None:
    """Train, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--mnist", type=Path)
    chosen = parser.parse_args()
    test = idx.read(chosen.mnist / "t10k-images-idx3-ubyte.gz") if chosen.mnist else None
    gate = load_gate()
    with tempfile.TemporaryDirectory() as home:
        document = Document.create(Path(home) / "runs.dojo")
        starter.add_to(document)
        for number, config in enumerate(CONFIGS, 1):
            for _ in session.start(document, config, Control()):
                pass
            model = load_run(document, number, "last")
            found = study_run(model, gate, document, number)
            name = f"{config.model}, {config.epochs} epochs, augmentation {config.augment}"
            print(
                f"{name}: n {found.n}, error {found.error_before:.2%} → {found.error_after:.2%}, "
                f"temperature {found.temperature:.2f}, threshold {found.threshold:.2f}, turned away "
                f"{found.turned_away(found.threshold)} of {found.n} and {len(found.others)}",
                flush=True,
            )
            if test is not None:
                logits = model.logits(test.digits)
                errors = [
                    calibration.calibration_error(calibration.probabilities(logits, value), test.labels)
                    for value in (1.0, found.temperature)
                ]
                print(f"  MNIST test: {errors[0]:.2%} → {errors[1]:.2%}", flush=True)
        document.close()


if __name__ == "__main__":
    main()
