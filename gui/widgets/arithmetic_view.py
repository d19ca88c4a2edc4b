"""What a training will do, as arithmetic: images ÷ batch size = steps, × epochs = images shown."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QLocale, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from engine.config import TrainConfig
from engine.training.plan import EpochPlan
from gui.widgets.run_progress import clock

if TYPE_CHECKING:
    from engine.training.pace import Pace

EXAMPLES = ((6_000, 600, 3), (10_000, 100, 1))  # images, batch size, epochs: those that textbooks explain


class ArithmeticView(QWidget):
    """The sentence under the settings; it changes with every key typed.

    Signals:
        question_changed: an example is shown instead of the document's digits, or no longer.
        starter_requested: an empty document wants the starter digits.
        data_requested: it wants digits drawn or imported.
    """

    starter_requested = Signal()
    data_requested = Signal()
    question_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._config = TrainConfig()
        self._train = 0
        self._val = 0
        self._written = 0
        self._example: tuple[int, int, int] | None = None
        self._pace: Pace | None = None
        self._is_measuring = False
        self.label = QLabel()
        self.label.setObjectName("arithmeticLabel")
        self.label.setWordWrap(True)
        self.label.setTextFormat(Qt.TextFormat.RichText)
        self.label.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.LinksAccessibleByMouse
            | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self.label.linkActivated.connect(lambda _link: self.data_requested.emit())
        self.examples = QLabel()
        self.examples.setObjectName("examplesLabel")
        self.choices = [_choice(f"exampleButton{index}") for index in range(len(EXAMPLES))]
        for button, example in zip(self.choices, EXAMPLES, strict=True):
            button.clicked.connect(lambda _checked, example=example: self._show_example(example))
        self.back = _choice("ownDigitsButton")
        self.back.clicked.connect(lambda: self._show_example(None))
        self.button = QPushButton()
        self.button.setObjectName("addStarterButton")
        self.button.clicked.connect(self.starter_requested)
        self._is_busy = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.label)
        row = QHBoxLayout()
        row.setSpacing(2)
        for widget in (self.examples, *self.choices, self.back):
            row.addWidget(widget)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.button)
        self.retranslate()

    def show_config(self, config: TrainConfig) -> None:
        """Calculate for these settings."""
        self._config, self._example = config, None
        self.retranslate()

    def show_counts(self, train: int, val: int) -> None:
        """Calculate for ``train`` labelled training images and ``val`` held back.

        Where starter digits are rehearsed, ``train`` is what an epoch shows, those included.
        """
        self._train, self._val = train, val
        self.retranslate()

    def show_written(self, count: int) -> None:
        """Calculate for so many training images that are stored as pen strokes."""
        self._written = count
        self.retranslate()

    def show_pace(self, pace: Pace | None, is_measuring: bool = False) -> None:
        """Tell how long it takes; None: say that it is measured just now, or nothing."""
        self._pace, self._is_measuring = pace, is_measuring
        self.retranslate()

    def question(self) -> tuple[TrainConfig, int, int]:
        """Return the settings, training images and val images that are calculated for."""
        if self._example is None:
            config = self._config
            wanted = self._train if config.rehearse else config.train_images or self._train
            return config, min(self._train, wanted), self._val
        images, batch_size, epochs = self._example
        return replace(self._config, batch_size=batch_size, epochs=epochs), images, 0

    def retranslate(self) -> None:
        """Take all texts in the window's language and calculate anew."""
        self.button.setText(
            self.tr("Adding the digits…") if self._is_busy else self.tr("Add 10,000 starter digits")
        )
        self.button.setAccessibleName(self.button.text())
        self.button.setEnabled(not self._is_busy)
        config, images, _val = self.question()
        self.button.setVisible(images == 0 and not config.rehearse)
        self._name_examples()
        lines = self.lines()
        self.label.setText("<br>".join(lines))
        self.label.setAccessibleName(self.plain_text())
        self._make_room()

    def show_busy(self, is_busy: bool) -> None:
        """Say that the starter digits are on their way."""
        self._is_busy = is_busy
        self.retranslate()

    def plain_text(self) -> str:
        """Return what the view says, without marks."""
        return re.sub("<[^>]*>", "", " ".join(self.lines()))

    def lines(self) -> list[str]:
        """Return the sentence, a part a line."""
        config, images, val = self.question()
        if images == 0 and config.rehearse and self._example is None:
            return [
                self.tr("Rehearsing needs own digits, and there are none yet: starter digits do not count."),
                self.tr('<a href="data">Draw or import your own</a>, or set “Rehearse” to off.'),
            ]
        if images == 0:
            return [
                self.tr("There are no labelled digits to learn from yet."),
                self.tr('<a href="data">Draw or import your own</a>, or take ready ones:'),
            ]
        plan = EpochPlan(images, config.batch_size, config.epochs)
        lines = [
            self.tr("{images} ÷ {batch} = <b>{steps}</b> an epoch").format(
                images=self.tr("%Ln image(s)", "", plan.images),
                batch=_number(plan.batch_size),
                steps=self.tr("%Ln step(s)", "", plan.steps_per_epoch),
            ),
            self._last_batch(plan),
            self.tr("× {epochs} = <b>{steps}</b>").format(
                epochs=self.tr("%Ln epoch(s)", "", plan.epochs),
                steps=self.tr("%Ln step(s)", "", plan.total_steps),
            ),
            self.tr("= {images} shown").format(images=self.tr("%Ln image(s)", "", plan.images_shown)),
        ]
        redrawn = self._redrawn(images)
        if redrawn:
            lines.insert(2, self.tr("%Ln image(s) redrawn from pen strokes", "", redrawn))
        elif config.strokes == "redrawn" and self._example is None:
            lines.insert(2, self.tr("None of them is stored as pen strokes."))
        if val:
            lines.append(
                self.tr("+ {images} held back for validation").format(images=self.tr("%Ln image(s)", "", val))
            )
        elif self._example is None:
            lines.append(self.tr("No digits are held back for validation."))
        return lines + self._time(plan, val)

    def _time(self, plan: EpochPlan, val: int) -> list[str]:
        """Say how long it takes on this computer: what was measured, or that it is measured."""
        if self._pace is not None:
            redrawn = self._redrawn(plan.images)
            in_a_step = redrawn * min(plan.batch_size, plan.images) / plan.images
            milliseconds = 1_000 * (self._pace.step_seconds + in_a_step * self._pace.redraw_seconds)
            digits = 0 if milliseconds >= 10 else 1 if milliseconds >= 1 else 2
            step = QLocale().toString(milliseconds, "f", digits)
            seconds = self._pace.seconds(plan, val, redrawn)
            if seconds < 1:
                return [self.tr("≈ less than a second here ({0} ms a step, measured)").format(step)]
            return [self.tr("≈ {0} here ({1} ms a step, measured)").format(clock(seconds), step)]
        return [self.tr("Time: measuring…")] if self._is_measuring else []

    def _redrawn(self, images: int) -> int:
        """Return how many of the images are redrawn each epoch; of a part of the digits, about its share."""
        if self._config.strokes != "redrawn" or self._example is not None or not self._train:
            return 0
        return round(self._written * images / self._train)

    def _name_examples(self) -> None:
        """Offer the textbooks' numbers, or the way back from them."""
        is_own = self._example is None
        self.examples.setText(self.tr("Examples:") if is_own else self.tr("An example."))
        for button, example in zip(self.choices, EXAMPLES, strict=True):
            button.setText(" / ".join(_number(value) for value in example if value > 1))
            told = self.tr("Calculate a textbook's example: images / batch size / epochs")
            button.setToolTip(told)
            button.setAccessibleName(button.text())
            button.setAccessibleDescription(told)
            button.setVisible(is_own)
        self.back.setText(self.tr("Back to your digits") if self._train else self.tr("Close"))
        self.back.setAccessibleName(self.back.text())
        self.back.setVisible(not is_own)

    def _show_example(self, example: tuple[int, int, int] | None) -> None:
        self._example, self._pace = example, None
        self.retranslate()
        self.question_changed.emit()

    def _last_batch(self, plan: EpochPlan) -> str:
        if plan.batch_size > plan.images:
            return self.tr("(the batch is larger than the data: one step of {images})").format(
                images=self.tr("%Ln image(s)", "", plan.images)
            )
        if plan.last_batch == plan.batch_size:
            return self.tr("(each batch has {count})").format(count=_number(plan.batch_size))
        return self.tr("(the last batch has {count})").format(count=_number(plan.last_batch))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """Keep every line in sight: a wrapped label alone gives way to the settings above it."""
        self.label.setMinimumHeight(self.label.heightForWidth(self.width()))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


def _choice(name: str) -> QToolButton:
    button = QToolButton()
    button.setObjectName(name)
    return button


def _number(value: int) -> str:
    return QLocale().toString(value)
