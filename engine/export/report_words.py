"""What a report says, in every language; the settings are called as the window calls them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.sentences import counted
from engine.setting_words import SETTINGS, device_in_words

LANGUAGES = ("en", "ja")

WORDS: Mapping[str, tuple[str, str]] = {
    "title": ("Training report", "学習レポート"),
    "run": ("Run {run}", "実行 {run}"),
    "subtitle": (
        "{document} · trained {trained} · report of {made}",
        "{document}・学習 {trained}・レポート作成 {made}",
    ),
    "name": ("Name:", "氏名:"),
    "validation_score": (
        "of {n} read right (95 % interval {low} to {high})",
        "検証用の数字 {n} 個の正解率(95 % 信頼区間 {low}〜{high})",
    ),
    "test_score": (
        "of {n} read right (95 % interval {low} to {high}); no setting was chosen by them",
        "テスト用の数字 {n} 個の正解率(95 % 信頼区間 {low}〜{high})。設定の選択には使っていません",
    ),
    "train_score": (
        "of its own training digits in the last epoch; it reads new digits less well",
        "最後のエポックでの学習用の数字の正解率。新しい数字ではこれより下がります",
    ),
    "changed": (
        "Changed since this run was trained: {count}. The report shows the run as it was.",
        "この実行のあとに数字 {count} 個が変更されています。レポートは学習した時点のものです。",
    ),
    "few": (
        "Fewer than {useful} digits: the score says little yet.",
        "{useful} 個より少ないため、この正解率はまだ目安にすぎません。",
    ),
    "no_model": (
        "This run kept no model: there are no mistakes to show.",
        "この実行にはモデルが残っていないため、間違いは示せません。",
    ),
    "no_validation": (
        "No digits were held back for validation: the mistakes below are on its own training digits.",
        "検証用の数字がありません。下の間違いは学習用の数字でのものです。",
    ),
    "doctor": ("What the doctor says", "ドクターの診断"),
    "healthy": ("Nothing is wrong with this training.", "この学習に問題は見つかりませんでした。"),
    "data": ("Data", "データ"),
    "digit": ("Digit", "数字"),
    "train": ("Training", "学習用"),
    "val": ("Validation", "検証用"),
    "test": ("Test", "テスト用"),
    "all": ("All", "合計"),
    "sources": ("Where the digits come from: {sources}.", "数字の出どころ: {sources}。"),
    "source": ("{name} ({count})", "{name} {count} 個"),
    "canvas": ("drawn", "自分で書いた数字"),
    "import": ("imported", "読み込んだ数字"),
    "starter": ("starter digits", "付属の数字"),
    "correction": ("corrected on the Test page", "「テスト」ページで訂正した数字"),
    "confirmed": ("confirmed on the Test page", "「テスト」ページで正解と確かめた数字"),
    "samples": ("Some of the training digits", "学習用の数字の例"),
    "settings": ("Settings", "設定"),
    "arithmetic": (
        "{images} ÷ batch size {batch} = {steps} an epoch; × {epochs} = {total} and {shown} shown.",
        "学習用の数字 {images} 個 ÷ バッチサイズ {batch} = 1 エポックあたり {steps} ステップ。"
        "× {epochs} エポック = {total} ステップ、のべ {shown} 個。",
    ),
    "machine": ("Device and versions", "デバイスとバージョン"),
    "curves": ("Curves", "学習曲線"),
    "loss": ("Loss", "損失"),
    "accuracy": ("Accuracy", "正解率"),
    "epoch": ("epoch", "エポック"),
    "best": ("best: {epoch}", "最良: {epoch}"),
    "matrix": ("Confusion matrix", "混同行列"),
    "written": ("written", "正解"),
    "read": ("read as", "モデルの答え"),
    "matrix_told": (
        "Read wrongly: {wrong} of {n}.",
        "数字 {n} 個のうち {wrong} 個を読み間違えました。",
    ),
    "most": ("Most often: {pairs}.", "多い間違い: {pairs}。"),
    "pair": ("{true} read as {answer} ({count}×)", "{true} を {answer} と読む({count} 回)"),
    "digits": ("Each digit", "数字ごとの成績"),
    "images": ("Images", "個数"),
    "recall": ("Recall", "再現率"),
    "precision": ("Precision", "適合率"),
    "interval": ("95 % interval", "95 % 区間"),
    "digits_told": (
        "Recall: the share of a digit that is read right. Precision: the share of these answers that are "
        "right.",
        "再現率: その数字のうち、正しく読めた割合。適合率: その数字と答えたうち、正しかった割合。",
    ),
    "worst": ("Worst mistakes", "特に大きな間違い"),
    "worst_told": (
        "The surest wrong answers first: what is written → what is read, and how sure the model was.",
        "自信が高かった間違いから順に、正解 → モデルの答え(自信)を示します。",
    ),
    "none_wrong": ("None of them is read wrongly.", "読み間違いはありませんでした。"),
    "calibration": ("Can its confidence be trusted?", "モデルの自信は信用できるか"),
    "calibration_told": (
        "Where it says 80 %, is it right four times in five? On the dotted line it is. On average confidence "
        "and accuracy lie {error} apart (expected calibration error, {n} digits).",
        "自信 80 % で答えたとき、5 回に 4 回は正しいでしょうか。点線の上にあれば、そのとおりです。"
        "自信と正解率の差は平均 {error} です(期待校正誤差、数字 {n} 個)。",
    ),
    "calibrated_told": (
        "On the Test page its answers are calibrated at temperature {temperature}: {error} are left, each "
        "half of the digits being judged at the temperature of the other half.",
        "「テスト」ページでは温度 {temperature} で校正しています。"
        "このとき差は {error} です(数字を半分に分け、もう一方の半分で求めた温度で判定)。",
    ),
    "sure": ("how sure it was, as trained", "モデルの自信(学習したまま)"),
    "sure_calibrated": ("how sure it was, calibrated", "モデルの自信(校正後)"),
    "right": ("how often right", "実際の正解率"),
    "note": ("Note", "メモ"),
    "footer": (
        "Made by Digit Dojo {version}. All figures were measured on the digits named.",
        "Digit Dojo {version} で作成。数値はすべて、このレポートに記したデータで測ったものです。",
    ),
}

VALUES: Mapping[tuple[str, Any], tuple[str, str]] = {
    ("model", "mlp"): ("Perceptron (MLP)", "パーセプトロン (MLP)"),
    ("model", "cnn"): ("Convolutional (CNN)", "畳み込み (CNN)"),
    ("augment", "off"): ("Off", "なし"),
    ("augment", "light"): ("Light", "弱"),
    ("augment", "strong"): ("Strong", "強"),
    ("augment", "custom"): ("Custom", "カスタム"),
    ("strokes", "stored"): ("As stored", "保存のまま"),
    ("strokes", "redrawn"): ("Redrawn each epoch", "エポックごとに書き直す"),
    ("class_weights", "off"): ("Off", "なし"),
    ("class_weights", "balanced"): ("Balanced", "均等にする"),
    ("sampling", "shuffle"): ("Shuffled, each once", "シャッフル(1 回ずつ)"),
    ("sampling", "replacement"): ("Drawn with replacement", "復元抽出(重複あり)"),
    ("start_from", "random"): ("Random numbers", "乱数(ゼロから)"),
    ("start_from", "base"): ("Shipped model", "付属モデル"),
    ("layers", "all"): ("All", "すべて"),
    ("layers", "last"): ("Only the last", "最後の層だけ"),
    ("early_stop", None): ("Off", "なし"),
    ("reason", "completed"): ("All epochs done", "全エポック完了"),
    ("reason", "stopped"): ("Stopped", "途中で停止"),
    ("reason", "early_stop"): ("Early stopping", "早期終了"),
    ("reason", "failed"): ("Failed", "失敗"),
}

SOURCES = ("canvas", "import", "starter", "correction", "confirmed")
SHARES = ("augment_scale", "augment_shear", "augment_thicker", "augment_thinner")  # told in percent


class Words:
    """The texts of one language.

    Args:
        language: one of LANGUAGES.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self._place = LANGUAGES.index(language)

    def __call__(self, key: str, **values: object) -> str:
        """Return a text of WORDS with its values."""
        return WORDS[key][self._place].format(**values)

    def setting(self, name: str) -> str:
        """Return what a setting or fact is called; one without words stays as it is."""
        return SETTINGS[name][self._place] if name in SETTINGS else name

    def value(self, name: str, value: Any) -> str:
        """Return the value of a setting or fact in words."""
        if not isinstance(value, list | tuple) and (name, value) in VALUES:
            return VALUES[name, value][self._place]
        if value is None:
            return "–"
        if name in SHARES:
            return self.percent(float(value), 0)
        if name == "start_from":
            return self("run", run=value)
        if name == "device":
            return device_in_words(str(value), self.language)
        if name == "seconds":
            return self.seconds(float(value))
        if isinstance(value, list | tuple):
            return " → ".join(str(part) for part in value)
        if isinstance(value, int) and name not in ("seed", "data_version"):
            return self.number(value)
        return f"{value:.4g}" if isinstance(value, float) else str(value)

    def number(self, value: int) -> str:
        """Return a whole number."""
        return f"{value:,}"

    def counted(self, value: int, noun: str) -> str:
        """Return a whole number, in English with what it counts; Japanese texts name that themselves."""
        return counted(value, noun) if self.language == "en" else self.number(value)

    def percent(self, share: float, decimals: int = 1) -> str:
        """Return a share, 0 … 1, in percent."""
        return f"{100 * share:.{decimals}f} %"

    def source(self, name: str) -> str:
        """Return where digits come from."""
        return WORDS[name][self._place] if name in SOURCES else name

    def seconds(self, value: float) -> str:
        """Return a span of time."""
        minutes, seconds = divmod(round(value), 60)
        if minutes:
            return (f"{minutes} min {seconds:02} s", f"{minutes} 分 {seconds:02} 秒")[self._place]
        return (f"{value:.1f} s", f"{value:.1f} 秒")[self._place]
