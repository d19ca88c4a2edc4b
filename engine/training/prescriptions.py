"""The sentence of every finding and the words on its one button, in every language."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from engine.training.illness import Cure, Finding, Illness

Spoken = Callable[[int | float | str], str]

SENTENCES: Mapping[str, Mapping[Illness, str]] = {
    "en": {
        Illness.LIGHT_AND_DARK: "{light} of {images} digits are dark on light, the others light on dark: "
        "to the network these are different shapes.",
        Illness.LABELS_SWAPPED: "The labels {one} and {other} look swapped: the shipped model reads "
        "{one_as_other} of {one_count} digits labelled {one} as {other}, and {other_as_one} of {other_count} "
        "labelled {other} as {one}.",
        Illness.EXPLODING: "The loss rose to {loss} in epoch {epoch}, where guessing has 2.3: "
        "the learning rate {learning_rate} is too high.",
        Illness.NOT_FALLING: "The loss does not fall: {first} in the first epoch, {last} in the last. "
        "The learning rate {learning_rate} does not suit.",
        Illness.TOO_FEW: "Training digits with the label {digit}: {count}, where the others have about {usual}. "
        "It can hardly learn the {digit}.",
        Illness.NEVER_PREDICTED: "It never answers {digit}. Validation digits that are a {digit}: {count} of {images}.",
        Illness.BATCH_IS_ALL: "One batch of {batch_size} takes all {images} training digits: the parameters "
        "changed only once an epoch, {epochs}× in all.",
        Illness.NO_VALIDATION: "No digits are held back for validation: how well it reads new digits, nobody "
        "knows. All {images} were learnt from.",
        Illness.OVER_FITTING: "Over-fitting since epoch {epoch}: the validation loss rose from {best} to {now}, "
        "while the training loss fell to {train}.",
        Illness.BY_HEART: "It knows its {images} training digits by heart, but reads only {share} % of {count} "
        "validation digits: more epochs do not help, more and other digits do.",
        Illness.SLOW: "It learnt from {speed} images a second; this machine managed {possible} at batch size "
        "{batch_size} ({device}).",
        Illness.COARSE: "The score rests on few validation digits ({images}): a single one is {points} % of it.",
    },
    "ja": {
        Illness.LIGHT_AND_DARK: "数字 {images} 個のうち {light} 個は明るい地に暗い字、ほかは暗い地に明るい字です。"
        "ネットワークには別の形に見えます。",
        Illness.LABELS_SWAPPED: "ラベル {one} と {other} が入れ替わっているようです。付属モデルは、{one} とされた {one_count} 個の"
        "うち {one_as_other} 個を {other}、{other} とされた {other_count} 個のうち {other_as_one} 個を {one} と読みます。",
        Illness.EXPLODING: "エポック {epoch} で損失が {loss} まで上がりました(当てずっぽうでも 2.3 です)。"
        "学習率 {learning_rate} が大きすぎます。",
        Illness.NOT_FALLING: "損失が下がりません(最初のエポック {first}、最後 {last})。"
        "学習率 {learning_rate} が合っていません。",
        Illness.TOO_FEW: "ラベル {digit} の学習用の数字は {count} 個で、ほかは約 {usual} 個あります。"
        "これでは {digit} をほとんど学べません。",
        Illness.NEVER_PREDICTED: "検証用の数字 {images} 個のうち {count} 個が {digit} なのに、{digit} と答えたことが一度もありません。",
        Illness.BATCH_IS_ALL: "バッチサイズ {batch_size} では、学習用の数字 {images} 個が 1 つのバッチに収まります。"
        "パラメーターが変わったのは {epochs} 回だけです。",
        Illness.NO_VALIDATION: "検証用に取り分けた数字がないため、新しい数字をどれだけ読めるかは分かりません"
        "({images} 個すべてを学習に使いました)。",
        Illness.OVER_FITTING: "エポック {epoch} から過学習です。学習損失は {train} まで下がったのに、検証損失は {best} から "
        "{now} に上がりました。",
        Illness.BY_HEART: "学習用の数字 {images} 個は丸暗記しましたが、検証用の数字 {count} 個の正解率は {share} % です。"
        "エポックを増やしても変わりません。数字の数と種類を増やすと良くなります。",
        Illness.SLOW: "学習の速さは毎秒 {speed} 枚でした。このコンピューターはバッチサイズ {batch_size}({device})なら"
        "毎秒 {possible} 枚を学習できます(実測)。",
        Illness.COARSE: "正解率は検証用の数字 {images} 個で測っています。1 個で {points} ポイント動きます。",
    },
}

ACTIONS: Mapping[str, Mapping[Cure, str]] = {
    "en": {
        Cure.LOOK_AT_DIGITS: "Look at the digits",
        Cure.ADD_DIGITS: "Add digits",
        Cure.WEIGH: "Balance the classes",
        Cure.HOLD_BACK: "Hold a fifth back",
        Cure.LEARNING_RATE: "Set learning rate {value}",
        Cure.BATCH_SIZE: "Set batch size {value}",
        Cure.DEVICE: "Set device {value}",
        Cure.AUGMENT: "Turn augmentation on",
        Cure.EARLY_STOP: "Turn early stopping on",
        Cure.MORE_EPOCHS: "Train {value} more epochs",
    },
    "ja": {
        Cure.LOOK_AT_DIGITS: "数字を見る",
        Cure.ADD_DIGITS: "数字を増やす",
        Cure.WEIGH: "クラスの重みをそろえる",
        Cure.HOLD_BACK: "5 分の 1 を検証用にする",
        Cure.LEARNING_RATE: "学習率を {value} にする",
        Cure.BATCH_SIZE: "バッチサイズを {value} にする",
        Cure.DEVICE: "デバイスを {value} にする",
        Cure.AUGMENT: "データ拡張を使う",
        Cure.EARLY_STOP: "早期終了を使う",
        Cure.MORE_EPOCHS: "さらに {value} エポック学習",
    },
}


def sentence(finding: Finding, language: str, spoken: Spoken = str) -> str:
    """Return what is wrong, in ``language`` (``en`` or ``ja``); ``spoken`` writes its numbers."""
    return SENTENCES[language][finding.illness].format_map(_spoken(finding, spoken))


def action(finding: Finding, language: str, spoken: Spoken = str) -> str:
    """Return the words on the button that cures it."""
    return ACTIONS[language][finding.cure].format_map(_spoken(finding, spoken))


def _spoken(finding: Finding, spoken: Spoken) -> dict[str, str]:
    return {name: spoken(value) for name, value in finding.fields.items()}
