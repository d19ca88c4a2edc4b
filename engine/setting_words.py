"""What settings and facts of a run are called, as the window calls them, in every language."""

from __future__ import annotations

import re
from collections.abc import Mapping

SETTINGS: Mapping[str, tuple[str, str]] = {
    "model": ("Model", "モデル"),
    "hidden": ("Hidden layers", "隠れ層"),
    "epochs": ("Epochs", "エポック数"),
    "added_epochs": ("Epochs added later", "あとから追加したエポック"),
    "batch_size": ("Batch size", "バッチサイズ"),
    "learning_rate": ("Learning rate", "学習率"),
    "weight_decay": ("Weight decay", "重み減衰"),
    "augment": ("Augmentation", "データ拡張"),
    "augment_shift": ("Shift (pixels)", "移動(ピクセル)"),
    "augment_turn": ("Rotation (degrees)", "回転(度)"),
    "augment_scale": ("Scale", "拡大・縮小"),
    "augment_shear": ("Shear", "傾き"),
    "augment_thicker": ("Thicker strokes", "線を太く"),
    "augment_thinner": ("Thinner strokes", "線を細く"),
    "augment_elastic": ("Elastic (pixels)", "ゆがみ(ピクセル)"),
    "strokes": ("Pen strokes", "ストローク"),
    "class_weights": ("Class weights", "クラスの重み"),
    "sampling": ("Batches", "バッチの作り方"),
    "early_stop": ("Early stopping after", "早期終了(待つエポック数)"),
    "seed": ("Seed", "乱数シード"),
    "start_from": ("Start from", "出発点"),
    "layers": ("Layers that learn", "学習する層"),
    "rehearse": ("Starter digits rehearsed", "おさらいする付属の数字"),
    "train_images": ("Training digits used", "学習に使う数字の数"),
    "parameters": ("Parameters", "パラメーター数"),
    "device": ("Device", "デバイス"),
    "threads": ("Threads", "スレッド数"),
    "seconds": ("Training time", "学習時間"),
    "reason": ("How it ended", "終わり方"),
    "torch": ("PyTorch", "PyTorch"),
    "python": ("Python", "Python"),
    "app": ("Digit Dojo", "Digit Dojo"),
    "platform": ("System", "システム"),
    "data_version": ("Version of the data", "データの版"),
}

# in messages only
_ASKED: Mapping[str, tuple[str, str]] = {
    "augment_amounts": ("Amounts of augmentation", "データ拡張の量"),
    "run": ("Run", "実行"),
    "epoch": ("Epoch", "エポック"),
    "split": ("Split", "分割"),
    "group": ("Group", "グループ"),
    "field": ("Setting that varies", "変える設定"),
    "resume": ("Run to go on with", "続ける実行"),
    "stop_after": ("Stop after epoch", "このエポックで停止"),
}

# what a training can start from, or which model is meant, as typed; with the layers in parentheses where
# another network is the reason
_STARTS: tuple[tuple[str, str, str], ...] = (
    (r"random", "random numbers ({0})", "乱数({0})"),
    (r"base \((.+?)\)", "the shipped model ({1})", "付属モデル({1})"),
    (r"base", "the shipped model ({0})", "付属モデル({0})"),
    (r"RUN \((.+?)\)", "the number of a run ({1})", "実行の番号({1})"),
    (r"RUN", "the number of a run", "実行の番号"),
    (r"(\d+) \((.+?)\)", "the model of run {1} ({2})", "実行 {1} のモデル({2})"),
)


def named(field: str, language: str) -> str:
    """Return what a setting is called, and how files and commands write it; one without words as written.

    Args:
        field: as in ``TrainConfig``; ``augment_amounts.shift`` is an amount of it.
        language: ``en`` or ``ja``.
    """
    name = field.replace("augment_amounts.", "augment_")
    words = SETTINGS.get(name) or _ASKED.get(name)
    if words is None:
        return f"「{field}」" if language == "ja" else field
    return f"「{words[1]}」({field})" if language == "ja" else f"“{words[0]}” ({field})"


def start_in_words(text: str, language: str) -> str:
    """Return a start, or several apart by commas, as ``TrainConfig.start_from`` is told in messages."""
    return ("、" if language == "ja" else ", ").join(_start(part, language) for part in text.split(", "))


def device_in_words(device: str, language: str) -> str:
    """Return a device with its threads, ``cpu (2 threads)``, as a person is told."""
    if language == "ja":
        return re.sub(r"(\w+) \((\d+) threads?\)", r"\1(\2 スレッド)", device)
    return device


def only_on_top(language: str) -> str:
    """Return which layers can learn where a training starts from random numbers."""
    if language == "ja":
        return "all(last は --start-from で付属モデルか実行から始めるときだけ)"
    return "all (last only on top of the shipped model or a run: --start-from)"


def _start(text: str, language: str) -> str:
    for pattern, english, japanese in _STARTS:
        found = re.fullmatch(pattern, text)
        if found:
            return (japanese if language == "ja" else english).format(text, *found.groups())
    return text
