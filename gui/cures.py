"""Does what the doctor's button says, where it lies in the settings or in the splits."""

from __future__ import annotations

from engine.data import holding_back
from engine.data.splits import Split
from engine.training.doctor import cured
from engine.training.illness import Cure, Finding
from gui.document_session import DocumentSession
from gui.widgets.config_form import ConfigForm


def apply(finding: Finding, session: DocumentSession, form: ConfigForm) -> bool:
    """Set what helps, to be seen before the next training; False where only other digits help."""
    if finding.cure in (Cure.LOOK_AT_DIGITS, Cure.ADD_DIGITS):
        return False
    if finding.cure is Cure.HOLD_BACK:
        chosen = holding_back.choose(session.document.samples.grouped(Split.TRAIN))
        return bool(chosen) and session.set_split(chosen, Split.VAL)  # undo brings them back
    form.set_config(cured(form.config(), finding))
    if finding.cure in (Cure.EARLY_STOP, Cure.WEIGH):
        form.more.setChecked(True)  # there it stands, to be seen
    return True
