"""A training that is really slower than the machine can: ten seconds lost and more, told by the doctor.

    python bench/training/doctor.py [--epochs N]

A perceptron learns the starter digits one image a step; what another batch size would do is measured.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from engine.config import TrainConfig
from engine.data import starter
from engine.data.document import Document
from engine.training import prescriptions, session
from engine.training.checkup import facts_of
from engine.training.control import Control
from engine.training.doctor import examine
from engine.training.past_case import case_of


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--epochs", type=int, default=6)
    epochs = parser.parse_args().epochs
    config = TrainConfig(
        model="mlp", epochs=epochs, batch_size=1, learning_rate=0.0005, augment="off", device="cpu"
    )
    with tempfile.TemporaryDirectory() as folder:
        document = Document.create(Path(folder) / "slow.dojo")
        starter.add_to(document)
        for _ in session.start(document, config, Control()):
            pass
        case = case_of(document, 1, facts_of(document, 1, Control()))
        document.close()
    print(f"{case.epochs[-1].seconds:.1f} s in all")
    finding = examine(case)
    print("–" if finding is None else prescriptions.sentence(finding, "en"))


if __name__ == "__main__":
    main()
