"""What stopping at an epoch would have meant, in the window's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from engine.training.interval import wilson
from gui.widgets.percent import percent

if TYPE_CHECKING:
    from engine.inference.past import Moment, Past


class PastWords(QObject):
    """Says it; lupdate finds the plural form of a text only in a ``tr``."""

    def sentences(self, moment: Moment, past: Past) -> list[str]:
        """Return how well ``moment``, one of ``past``, reads, and what is to be known of the best epoch."""
        if moment.val_accuracy is None or moment.confusion is None:
            share = percent(moment.train_accuracy or 0.0, 1)
            return [
                self.tr("If you had stopped here: {share} of its own training digits.").format(share=share)
            ]
        n = sum(sum(row) for row in moment.confusion)
        low, high = wilson(round(moment.val_accuracy * n), n)
        said = [
            self.tr(
                "If you had stopped here: {share} of %Ln validation digit(s) (likely {low} to {high}).", "", n
            ).format(share=percent(moment.val_accuracy, 1), low=percent(low, 1), high=percent(high, 1))
        ]
        best = next((kept for kept in past.moments if kept.epoch == past.best_epoch), None)
        if best is not None and best is not moment and best.val_accuracy is not None:
            said.append(
                self.tr("The validation loss was lowest in epoch {epoch}: {share}.").format(
                    epoch=best.epoch, share=percent(best.val_accuracy, 1)
                )
            )
        elif best is moment:
            said.append(self.tr("Here the validation loss was lowest; this model is the run's."))
        if len(past.moments) < past.done:
            said.append(self.tr("Of this long run every few epochs are kept."))
        return said
