"""The settings of a training as a form; its content is a TrainConfig and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QFormLayout,
    QLabel,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from engine import config as limits
from engine.config import TrainConfig
from gui.widgets.augment_choice import AugmentChoice
from gui.widgets.config_texts import explanations
from gui.widgets.number_inputs import DoublingSpin, FactorSpin

DEFAULT_PATIENCE = 5


@dataclass(frozen=True, slots=True)
class Start:
    """A trained model that a training can start from: its layers must be those of the new one."""

    model: str
    hidden: tuple[int, ...] = ()  # of an ``mlp``
    description: str = ""

    def fits(self, config: TrainConfig) -> bool:
        """True where ``config`` makes the same layers."""
        return self.model == config.model and (self.model != "mlp" or self.hidden == config.hidden)


BASE = Start("cnn")  # the shipped model


class ConfigForm(QWidget):
    """Every field of TrainConfig, the usual ones in sight and the others under “More settings”.

    Signals:
        changed: any field has another value.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._starts: dict[str, Start] = {"base": BASE}
        self._make_fields()
        self._labels = {name: QLabel() for name in self._rows()}
        self._lay_out()
        self.retranslate()
        self.set_config(TrainConfig())
        self._connect()

    # -- content -------------------------------------------------------------------------------------

    def config(self) -> TrainConfig:
        """Return what the fields say; the fields' own ranges keep it valid."""
        second = self.hidden2.value()
        return TrainConfig(
            model=self.model.currentData(),
            hidden=(self.hidden1.value(), second) if second else (self.hidden1.value(),),
            epochs=self.epochs.value(),
            batch_size=self.batch_size.value(),
            learning_rate=self.learning_rate.value(),
            weight_decay=self.weight_decay.value(),
            augment=self.augmentation.kind,
            augment_amounts=self.augmentation.custom_amounts,
            sampling=self.sampling.currentData(),
            early_stop=self.patience.value() if self.early_stop.isChecked() else None,
            seed=self.seed.value(),
            device=self.device.currentData(),
            start_from=self.start_from.currentData(),
            rehearse=self.rehearse.value(),
            layers=self.layers.currentData() if self.start_from.currentData() != "random" else "all",
            train_images=self.train_images.value() or None,
            strokes=self.strokes.currentData(),
            class_weights=self.class_weights.currentData(),
        )

    def set_config(self, config: TrainConfig) -> None:
        """Show ``config``."""
        blocked = self.blockSignals(True)
        self._choose(self.model, config.model)
        self.hidden1.setValue(config.hidden[0])
        self.hidden2.setValue(config.hidden[1] if len(config.hidden) > 1 else 0)
        self.epochs.setValue(config.epochs)
        self.batch_size.setValue(config.batch_size)
        self.learning_rate.setValue(config.learning_rate)
        self.weight_decay.setValue(config.weight_decay)
        self.augmentation.set_choice(config.augment, config.augment_amounts)
        self._choose(self.sampling, config.sampling)
        self.early_stop.setChecked(config.early_stop is not None)
        self.patience.setValue(config.early_stop or DEFAULT_PATIENCE)
        self.seed.setValue(config.seed)
        self._choose(self.device, config.device)
        if self.start_from.findData(config.start_from) < 0:  # a run that has no model any more
            self.start_from.addItem(self._run_name(config.start_from, ""), config.start_from)
        self._choose(self.start_from, config.start_from)
        self.rehearse.setValue(config.rehearse)
        self._choose(self.layers, config.layers)
        self.train_images.setValue(config.train_images or 0)
        self._choose(self.strokes, config.strokes)
        self._choose(self.class_weights, config.class_weights)
        self._show_what_counts()
        self.blockSignals(blocked)
        self.changed.emit()

    def set_runs(self, runs: Mapping[int, Start]) -> None:
        """Offer the models of these runs as a start; the choice stays where it still exists."""
        self._starts = {"base": BASE, **{str(run): start for run, start in runs.items()}}
        chosen = self.start_from.currentData()
        blocked = self.start_from.blockSignals(True)
        self.start_from.clear()
        for value in ("random", *self._starts):
            self.start_from.addItem("", value)
        self._name_starts()
        self.start_from.setCurrentIndex(max(self.start_from.findData(chosen), 0))
        self.start_from.blockSignals(blocked)

    def set_available_devices(self, names: Iterable[str]) -> None:
        """Grey out the devices this computer does not have; ``auto`` always stays."""
        known = {"auto", *names}
        model = self.device.model()
        assert isinstance(model, QStandardItemModel)
        for index in range(self.device.count()):
            model.item(index).setEnabled(self.device.itemData(index) in known)

    def widest(self) -> int:
        """Return how wide the form is with all of its settings in sight."""
        return max(self.sizeHint().width(), self._others.sizeHint().width())

    # -- fields --------------------------------------------------------------------------------------

    def _make_fields(self) -> None:
        self.model = _combo("modelCombo", limits.MODELS)
        self.start_from = _combo("startFromCombo", ("random", "base"))
        self.epochs = _spin(QSpinBox(), "epochsSpin", limits.EPOCHS_RANGE)
        self.batch_size = _spin(DoublingSpin(), "batchSizeSpin", limits.BATCH_SIZE_RANGE)
        self.learning_rate = FactorSpin()
        self.learning_rate.setObjectName("learningRateSpin")
        self.learning_rate.setRange(*limits.LEARNING_RATE_RANGE)
        self.augment = _combo("augmentCombo", (*limits.AUGMENTATIONS, limits.CUSTOM))
        self.augmentation = AugmentChoice(self.augment)
        self.device = _combo("deviceCombo", limits.DEVICES)
        self.more = QToolButton()
        self.more.setObjectName("moreSettingsButton")
        self.more.setCheckable(True)
        self.more.setAutoRaise(True)
        self.more.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.more.setArrowType(Qt.ArrowType.RightArrow)
        self.hidden1 = _spin(DoublingSpin(), "hidden1Spin", limits.HIDDEN_RANGE)
        self.hidden2 = _spin(DoublingSpin(), "hidden2Spin", (0, limits.HIDDEN_RANGE[1]))
        self.layers = _combo("layersCombo", limits.LAYERS)
        self.train_images = _spin(DoublingSpin(), "trainImagesSpin", (0, limits.TRAIN_IMAGES_RANGE[1]))
        self.strokes = _combo("strokesCombo", limits.STROKES)
        self.class_weights = _combo("classWeightsCombo", limits.CLASS_WEIGHTS)
        self.sampling = _combo("samplingCombo", limits.SAMPLINGS)
        self.early_stop = QCheckBox()
        self.early_stop.setObjectName("earlyStopCheck")
        self.patience = _spin(QSpinBox(), "patienceSpin", limits.PATIENCE_RANGE)
        self.rehearse = _spin(QSpinBox(), "rehearseSpin", limits.REHEARSE_RANGE)
        self.seed = _spin(QSpinBox(), "seedSpin", limits.SEED_RANGE)
        self.weight_decay = FactorSpin()
        self.weight_decay.setObjectName("weightDecaySpin")
        self.weight_decay.setRange(*limits.WEIGHT_DECAY_RANGE)

    def _rows(self) -> dict[str, QWidget]:
        """The labelled fields by the name of their texts, in the order of the form."""
        return {
            "model": self.model,
            "start_from": self.start_from,
            "epochs": self.epochs,
            "batch_size": self.batch_size,
            "learning_rate": self.learning_rate,
            "augment": self.augment,
            "device": self.device,
            "hidden1": self.hidden1,
            "hidden2": self.hidden2,
            "layers": self.layers,
            "train_images": self.train_images,
            "strokes": self.strokes,
            "class_weights": self.class_weights,
            "sampling": self.sampling,
            "early_stop": self.early_stop,
            "patience": self.patience,
            "weight_decay": self.weight_decay,
            "rehearse": self.rehearse,
            "seed": self.seed,
        }

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        rows = self._rows()
        names = list(rows)
        usual, others = names[:7], names[7:]
        column.addLayout(self._form(usual, rows))
        column.addWidget(self.more)
        self._others = QWidget()
        self._others.setLayout(self._form(others, rows))
        self._others.setVisible(False)
        column.addWidget(self._others)
        column.addStretch(1)

    def _form(self, names: list[str], rows: dict[str, QWidget]) -> QFormLayout:
        form = QFormLayout()
        form.setContentsMargins(0, 0, 0, 0)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.DontWrapRows)
        for name in names:
            self._labels[name].setBuddy(rows[name])
            form.addRow(self._labels[name], self.augmentation if name == "augment" else rows[name])
        return form

    def _connect(self) -> None:
        for field in self._rows().values():
            if isinstance(field, QComboBox):
                field.currentIndexChanged.connect(self._on_edited)
            elif isinstance(field, QCheckBox):
                field.toggled.connect(self._on_edited)
            elif isinstance(field, QSpinBox | FactorSpin):
                field.valueChanged.connect(self._on_edited)
        self.augmentation.amounts_changed.connect(self._on_edited)
        self.more.toggled.connect(self._on_more)
        self.start_from.activated.connect(self._on_start_chosen)
        self.model.activated.connect(self._on_layers_chosen)
        self.hidden1.editingFinished.connect(self._on_layers_chosen)
        self.hidden2.editingFinished.connect(self._on_layers_chosen)

    def _on_start_chosen(self) -> None:
        """Take the layers of the model it is to start from: others would not fit."""
        start = self._starts.get(self.start_from.currentData())
        if start is not None:
            self._choose(self.model, start.model)
            if start.hidden:
                self.hidden1.setValue(start.hidden[0])
                self.hidden2.setValue(start.hidden[1] if len(start.hidden) > 1 else 0)

    def _on_layers_chosen(self) -> None:
        """Start from random numbers where the chosen model's layers no longer fit."""
        start = self._starts.get(self.start_from.currentData())
        if start is not None and not start.fits(self.config()):
            self._choose(self.start_from, "random")

    def _on_edited(self) -> None:
        self._show_what_counts()
        self.changed.emit()

    def _on_more(self, shown: bool) -> None:
        self._others.setVisible(shown)
        self.more.setArrowType(Qt.ArrowType.DownArrow if shown else Qt.ArrowType.RightArrow)

    def _show_what_counts(self) -> None:
        """Grey out what the chosen model or an unticked box ignores."""
        is_mlp = self.model.currentData() == "mlp"
        for name in ("hidden1", "hidden2"):
            self._rows()[name].setEnabled(is_mlp)
            self._labels[name].setEnabled(is_mlp)
        has_start = self.start_from.currentData() != "random"
        self.layers.setEnabled(has_start)
        self._labels["layers"].setEnabled(has_start)
        self.patience.setEnabled(self.early_stop.isChecked())
        self._labels["patience"].setEnabled(self.early_stop.isChecked())

    def _choose(self, combo: QComboBox, value: str) -> None:
        combo.setCurrentIndex(combo.findData(value))

    # -- texts ---------------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Take all texts in the window's language."""
        labels = {
            "model": self.tr("Model"),
            "start_from": self.tr("Start from"),
            "epochs": self.tr("Epochs"),
            "batch_size": self.tr("Batch size"),
            "learning_rate": self.tr("Learning rate"),
            "augment": self.tr("Augmentation"),
            "device": self.tr("Device"),
            "hidden1": self.tr("Hidden layer 1"),
            "hidden2": self.tr("Hidden layer 2"),
            "layers": self.tr("Layers that learn"),
            "train_images": self.tr("Digits to learn from"),
            "strokes": self.tr("Pen strokes"),
            "class_weights": self.tr("Class weights"),
            "sampling": self.tr("Batches"),
            "early_stop": self.tr("Early stopping"),
            "patience": self.tr("Patience"),
            "weight_decay": self.tr("Weight decay"),
            "rehearse": self.tr("Rehearse"),
            "seed": self.tr("Seed"),
        }
        told = explanations()
        for name, field in self._rows().items():
            self._labels[name].setText(labels[name])
            self._labels[name].setToolTip(told[name])
            field.setAccessibleName(labels[name])
            field.setAccessibleDescription(told[name])
            field.setToolTip(told[name])
            field.setWhatsThis(told[name])
        _name_items(self.model, (self.tr("Perceptron (MLP)"), self.tr("Convolutional (CNN)")))
        _name_items(self.strokes, (self.tr("As stored"), self.tr("Redrawn each epoch")))
        _name_items(self.class_weights, (self.tr("Off"), self.tr("Balanced")))
        _name_items(self.sampling, (self.tr("Shuffled, each once"), self.tr("Drawn with replacement")))
        _name_items(
            self.device,
            (self.tr("Automatic"), self.tr("Processor (CPU)"), "NVIDIA (CUDA)", "Apple (MPS)"),
        )
        self._name_starts()
        self.early_stop.setText(self.tr("When it stops improving"))
        self.patience.setSuffix(self.tr(" epochs"))
        self.hidden2.setSpecialValueText(self.tr("none"))
        self.rehearse.setSpecialValueText(self.tr("off"))
        _name_items(self.layers, (self.tr("All"), self.tr("The last one only")))
        self.train_images.setSpecialValueText(self.tr("all there are"))
        self.more.setText(self.tr("More settings"))
        self.more.setAccessibleName(self.tr("More settings"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _name_starts(self) -> None:
        self.start_from.setItemText(0, self.tr("Random numbers"))
        self.start_from.setItemText(1, self.tr("Shipped model"))
        for index in range(2, self.start_from.count()):
            run = self.start_from.itemData(index)
            start = self._starts.get(run)
            self.start_from.setItemText(index, self._run_name(run, start.description if start else ""))

    def _run_name(self, run: str, description: str) -> str:
        name = self.tr("Run {0}").format(run)
        return f"{name} – {description}" if description else name


def _spin(spin: QSpinBox, name: str, limits_of_field: tuple[int, int]) -> QSpinBox:
    spin.setObjectName(name)
    spin.setRange(*limits_of_field)
    spin.setGroupSeparatorShown(True)
    spin.setStepType(QAbstractSpinBox.StepType.DefaultStepType)
    return spin


def _combo(name: str, values: Iterable[str]) -> QComboBox:
    combo = QComboBox()
    combo.setObjectName(name)
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    combo.setMinimumContentsLength(10)
    for value in values:
        combo.addItem("", value)
    return combo


def _name_items(combo: QComboBox, names: Sequence[str]) -> None:
    for index, name in enumerate(names):
        combo.setItemText(index, name)
