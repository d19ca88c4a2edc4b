"""What the Train page tells before a training: how long it takes, and how augmentation shows a digit."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from gui.augment_sampler import AugmentSampler
from gui.pace_watch import PaceWatch
from gui.widgets.arithmetic_view import ArithmeticView
from gui.widgets.augment_preview import AugmentPreview
from gui.widgets.config_form import ConfigForm


class Forecast(QObject):
    """Keeps the arithmetic's time and the preview up to date.

    Args:
        form, arithmetic, preview: the page's widgets.
        is_seen: tells whether anybody looks.
        is_training: tells whether a training needs the computer; then nothing is measured.
        pace: measures how long a training will take; without it nothing is said of that.
        sampler: varies a digit as augmentation would; without it no preview is shown.
    """

    def __init__(
        self,
        form: ConfigForm,
        arithmetic: ArithmeticView,
        preview: AugmentPreview,
        is_seen: Callable[[], bool],
        is_training: Callable[[], bool],
        pace: PaceWatch | None,
        sampler: AugmentSampler | None,
    ) -> None:
        super().__init__(form)
        self._form, self._arithmetic = form, arithmetic
        self._is_seen, self._is_training = is_seen, is_training
        self._pace, self._sampler = pace, sampler
        if pace is not None:
            pace.measured.connect(arithmetic.show_pace)
        if sampler is not None:
            for view in (preview, form.augmentation.dialog.preview):
                sampler.sampled.connect(view.show_pictures)
                view.another_requested.connect(lambda: sampler.ask(form.config(), another=True))
        arithmetic.question_changed.connect(self.refresh)

    def refresh(self) -> None:
        """Follow the settings."""
        if not self._is_seen():
            return
        if self._sampler is not None:
            self._sampler.ask(self._form.config())
        config, images, val_images = self._arithmetic.question()
        if self._pace is not None and images and not self._is_training():
            pace = self._pace.ask(config, images, val_images)
            self._arithmetic.show_pace(pace, is_measuring=pace is None)

    def look_again(self) -> None:
        """Follow the digits, too: others may be there now."""
        if self._sampler is not None and self._is_seen():
            self._sampler.look()
            self._arithmetic.show_written(self._sampler.written)
        self.refresh()

    def stop(self) -> None:
        """Leave the computer to a training that begins, or to whatever is seen now."""
        if self._pace is not None and self._pace.is_measuring:
            self._pace.stop()
            self._arithmetic.show_pace(None)
