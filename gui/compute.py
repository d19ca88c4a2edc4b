"""What the window computes with, each called in a worker."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gui.augment_sampler import Vary, vary
from gui.correction_lesson import Learn, learn
from gui.examiner import facts_of
from gui.hand_lesson import Teacher, teach
from gui.laboratory import Work
from gui.measure_at_rest import measure_pace
from gui.model_choice import Loader, load_reader
from gui.training_controller import EngineJobs, Jobs
from gui.why_reader import WhyWork

if TYPE_CHECKING:
    from gui.examiner import FindFacts
    from gui.measure_at_rest import Measure


def spoken_device() -> str:
    """Return what the best device is called. It imports PyTorch, which takes seconds: for a worker."""
    from engine.device import resolve

    return resolve("auto").spoken


@dataclass(frozen=True, slots=True)
class Compute:
    """What needs PyTorch, each called in a worker; tests pass their own.

    Attributes:
        jobs: the trainings.
        load_reader: loads a model.
        find_device: tells what the device is called.
        teach: teaches a model the user's hand.
        learn: has a model learn the corrections.
        measure: tells how fast a training would be.
        lab: what time machine and experiments need.
        vary: varies digits as augmentation does.
        find_facts: tells what the doctor needs to know of a training.
        why: explains answers.
    """

    jobs: Jobs = field(default_factory=EngineJobs)
    load_reader: Loader = load_reader
    find_device: Callable[[], str] = spoken_device
    teach: Teacher = teach
    learn: Learn = learn
    measure: Measure = measure_pace
    find_facts: FindFacts = facts_of
    lab: Work = field(default_factory=Work)
    vary: Vary = vary
    why: WhyWork = field(default_factory=WhyWork)
