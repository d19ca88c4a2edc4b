"""The sentence for every error code, in every language: what, why, what to do.

One table serves the command line and the window, so that both say the same.
"""

from __future__ import annotations

import locale
import os
from collections.abc import Mapping

from engine.errors import Code, EngineError
from engine.setting_words import named, only_on_top, start_in_words

LANGUAGES = ("en", "ja")

ENGLISH: Mapping[Code, str] = {
    Code.DOCUMENT_MISSING: "There is no document at {path}. Check the name, or make a new one.",
    Code.DOCUMENT_EXISTS: "{path} already exists and was left as it is. Choose another name.",
    Code.DOCUMENT_FOREIGN: "{path} is not a Digit Dojo document and was left untouched. "
    "Choose a file that ends in .dojo.",
    Code.DOCUMENT_NEWER: "{path} was saved by a newer Digit Dojo (format {version}; this one reads up to "
    "{supported}) and was left untouched. Update Digit Dojo to open it.",
    Code.DOCUMENT_TRUNCATED: "The end of {path} is missing, as after an interrupted copy; it was left "
    "untouched. Copy it again from where it came, or open a backup.",
    Code.DOCUMENT_DAMAGED: "{path} is damaged ({detail}) and was left untouched. Open a backup copy.",
    Code.DOCUMENT_READ_ONLY: "{path} is write-protected, so changes could not be saved. "
    "Remove the protection, or copy the file to a folder of yours and open the copy.",
    Code.DOCUMENT_BUSY: "{path} is being written by another program. Close it there, then try again.",
    Code.FOLDER_MISSING: "There is no folder {path}. Create it, or choose another place.",
    Code.NAME_TOO_LONG: "The file name {path} is too long for this disk. Choose a shorter one.",
    Code.FOLDER_UNWRITABLE: "Nothing can be written in {path}. Choose a folder that you may write to.",
    Code.DISK_FULL: "The disk is full, so {path} could not be saved; the last saved state is intact. "
    "Free some space, then try again.",
    Code.FILE_MISSING: "There is no file {path}. Check the name.",
    Code.FILE_UNREADABLE: "{path} cannot be read: permission is missing or the disk reports an error. "
    "Check it, or copy it elsewhere and try the copy.",
    Code.FILE_EMPTY: "{path} is empty (0 bytes). Save or copy it again.",
    Code.FORMAT_UNKNOWN: "Digit Dojo does not know how to read {path}. Choose images, a folder of images, "
    "IDX, CSV, NPZ or stroke JSON lines.",
    Code.FOLDER_WITHOUT_IMAGES: "There are no images in the folder {path}. Choose the folder that holds the "
    "image files, or one with sub-folders named 0 to 9.",
    Code.IMAGE_UNREADABLE: "{path} is not a readable image: it is damaged, or another kind of file under an "
    "image's name. Save it again as PNG or JPEG.",
    Code.IMAGE_TOO_LARGE: "{path} is {width} × {height} pixels, more than the {limit} megapixels that are read. "
    "Make it smaller, or cut out the digit.",
    Code.IMAGE_BLANK: "Nothing is written in {path}. Choose a picture with one digit on a plain background.",
    Code.IDX_DAMAGED: "{path} is not a whole IDX file. Download or copy it again.",
    Code.IDX_LABELS_MISSING: "The labels for {path} were not found. Put {expected} beside it, or give a label.",
    Code.STROKES_DAMAGED: "Line {line} of {path} is not a digit in stroke form. "
    'Each line reads {{"strokes": [[[x, y], …], …]}}.',
    Code.TABLE_DAMAGED: "Line {line} of {path} is not a digit. Each line holds a label and 784 pixel values "
    "from 0 to 255.",
    Code.ARRAYS_DAMAGED: "{path} does not hold digits. It needs an array of images (N × 28 × 28, 0 to 255) "
    "and may hold an array of N labels.",
    Code.LABEL_INVALID: "“{value}” is not a label. A label is one digit, 0 to 9.",
    Code.NO_TRAINING_DIGITS: "There are no labelled digits to train on. Draw or import some, or add the starter "
    "digits.",
    Code.NO_OWN_DIGITS: "There are no labelled digits of your own to learn from. Write or import some; the starter "
    "digits are only rehearsed.",
    Code.NO_PEN_STROKES: "None of the training digits is stored as pen strokes, so none can be redrawn. Write some in "
    "the window, import stroke JSON lines, or show the strokes as stored.",
    Code.NO_LABELLED_DIGITS: "There are no labelled digits to evaluate on. Choose data that has labels.",
    Code.SPLIT_EMPTY: "The split {split} of {path} holds no labelled digits. Choose another with --split "
    "(train, val or test), or other data.",
    Code.CONFIG_INVALID: "The setting {field} cannot be {value}. Allowed: {allowed}.",
    Code.CONFIG_UNKNOWN_FIELD: "There is no setting named {field}. Check the spelling.",
    Code.CONFIG_FILE_DAMAGED: "{path} is not a settings file. It must hold one JSON object.",
    Code.DEVICE_UNAVAILABLE: "The device {device} is not available on this computer. Choose auto or cpu.",
    Code.LOSS_NOT_FINITE: "The loss stopped being a number in epoch {epoch}, step {step}: the learning rate "
    "{learning_rate} is too high for this data. Train again with a tenth of it.",
    Code.OUT_OF_MEMORY: "The memory of {device} is too small for a batch of {batch_size}. "
    "Train again with half the batch size.",
    Code.RUN_MISSING: "There is no run {run} in this document. The command “runs” and the Runs page list them.",
    Code.RUN_WITHOUT_MODEL: "Run {run} has no saved model yet, because it ended before its first saved epoch. "
    "Train again, or choose another run.",
    Code.EPOCH_NOT_KEPT: "The model of epoch {epoch} of run {run} was not kept: of a long run only some are. "
    "Choose one of these epochs: {kept}.",
    Code.RUN_BUSY: "Run {run} is being trained, in this window or in another window or program. Wait until it "
    "has ended, or stop it there; then try again.",
    Code.RUN_NOT_RESUMABLE: "Run {run} cannot be continued, because its training state was not kept. "
    "Start a new run from its model instead.",
    Code.NO_RUNS: "This document holds no trained run yet. Train one, or use the shipped model “base”.",
    Code.CHECKPOINT_DAMAGED: "The saved model of run {run} is damaged. Choose another run, or train again.",
    Code.NETWORK_UNKNOWN: "Run {run} has a network that this version of Digit Dojo does not know; it was trained by "
    "another version and is whole. Open the document with that version, or choose another run.",
    Code.ASSET_MISSING: "A file of the program is missing: {path}. Install Digit Dojo again.",
    Code.ASSET_DAMAGED: "A file of the program is damaged: {path}. Install Digit Dojo again.",
    Code.OUTPUT_UNWRITABLE: "What was found could not be written to standard output ({reason}). Free some space, "
    "or send it elsewhere.",
    Code.USAGE: "{detail}. Add --help to see what is possible.",
    Code.INTERNAL: "Digit Dojo made a mistake of its own ({detail}). Your data is safe. "
    "Please report this with what you did before.",
}

JAPANESE: Mapping[Code, str] = {
    Code.DOCUMENT_MISSING: "{path} にドキュメントがありません。名前を確かめるか、新しく作成してください。",
    Code.DOCUMENT_EXISTS: "{path} はすでにあるため、上書きしませんでした。別の名前を選んでください。",
    Code.DOCUMENT_FOREIGN: "{path} は数字道場のドキュメントではないため、変更していません。"
    "拡張子が .dojo のファイルを選んでください。",
    Code.DOCUMENT_NEWER: "{path} はより新しいバージョンの数字道場で保存されています(形式 {version}、このバージョンで読めるのは "
    "{supported} まで)。変更していません。数字道場を更新してから開いてください。",
    Code.DOCUMENT_TRUNCATED: "{path} は途中で切れています(コピーの中断など)。変更していません。"
    "元の場所からコピーし直すか、バックアップを開いてください。",
    Code.DOCUMENT_DAMAGED: "{path} は壊れています({detail})。変更していません。バックアップを開いてください。",
    Code.DOCUMENT_READ_ONLY: "{path} は書き込み禁止になっているため、変更を保存できません。"
    "書き込み禁止を解除するか、自分のフォルダーにコピーして開いてください。",
    Code.DOCUMENT_BUSY: "{path} はほかのプログラムが書き込み中です。そちらを閉じてから、もう一度試してください。",
    Code.FOLDER_MISSING: "フォルダー {path} がありません。作成するか、別の場所を選んでください。",
    Code.NAME_TOO_LONG: "ファイル名 {path} は長すぎて、このディスクでは使えません。短い名前を選んでください。",
    Code.FOLDER_UNWRITABLE: "{path} には書き込めません。書き込めるフォルダーを選んでください。",
    Code.DISK_FULL: "ディスクの空きがないため、{path} を保存できませんでした。最後に保存した内容は無事です。"
    "空きを作ってから、もう一度試してください。",
    Code.FILE_MISSING: "ファイル {path} がありません。名前を確かめてください。",
    Code.FILE_UNREADABLE: "{path} を読めません。読み取りの権限がないか、ディスクに異常があります。"
    "権限を確かめるか、別の場所にコピーして試してください。",
    Code.FILE_EMPTY: "{path} は空(0 バイト)です。保存またはコピーし直してください。",
    Code.FORMAT_UNKNOWN: "{path} は読み込めない形式です。画像、画像のフォルダー、IDX、CSV、NPZ、"
    "ストローク(JSON Lines)のいずれかを選んでください。",
    Code.FOLDER_WITHOUT_IMAGES: "フォルダー {path} に画像がありません。画像の入ったフォルダーか、"
    "0〜9 という名前のサブフォルダーがあるフォルダーを選んでください。",
    Code.IMAGE_UNREADABLE: "{path} は画像として読めません。壊れているか、別の種類のファイルに画像の拡張子が"
    "付いています。PNG か JPEG で保存し直してください。",
    Code.IMAGE_TOO_LARGE: "{path} は {width}×{height} ピクセルで、読める大きさ({limit} メガピクセル)を超えています。"
    "縮小するか、数字の部分を切り取ってください。",
    Code.IMAGE_BLANK: "{path} には何も書かれていません。無地の背景に数字が 1 つある画像を選んでください。",
    Code.IDX_DAMAGED: "{path} は完全な IDX ファイルではありません。ダウンロードまたはコピーし直してください。",
    Code.IDX_LABELS_MISSING: "{path} のラベルが見つかりません。{expected} を同じ場所に置くか、ラベルを指定して"
    "ください。",
    Code.STROKES_DAMAGED: "{path} の {line} 行目はストローク形式の数字ではありません。"
    '各行は {{"strokes": [[[x, y], …], …]}} の形です。',
    Code.TABLE_DAMAGED: "{path} の {line} 行目は数字のデータではありません。各行にはラベルと、0〜255 の画素値 784 個が"
    "必要です。",
    Code.ARRAYS_DAMAGED: "{path} に数字のデータがありません。画像の配列(N×28×28、0〜255)が必要です。"
    "ラベル N 個の配列も入れられます。",
    Code.LABEL_INVALID: "「{value}」はラベルにできません。ラベルは 0〜9 の数字 1 文字です。",
    Code.NO_TRAINING_DIGITS: "学習に使えるラベル付きの数字がありません。書くか、読み込むか、付属の数字を追加して"
    "ください。",
    Code.NO_OWN_DIGITS: "学習に使える、自分の数字(ラベル付き)がありません。書くか、読み込んでください。付属の数字は"
    "復習に使うだけです。",
    Code.NO_PEN_STROKES: "学習用の数字にペンのストロークで保存されたものがないため、書き直せません。ウィンドウで書くか、"
    "ストローク(JSON Lines)を読み込むか、ストロークの設定を「保存のまま」(stored)にしてください。",
    Code.NO_LABELLED_DIGITS: "評価に使えるラベル付きの数字がありません。ラベルのあるデータを選んでください。",
    Code.SPLIT_EMPTY: "{path} の {split} にはラベル付きの数字がありません。--split で別の分割(train、val、test)を選ぶか、"
    "ほかのデータを選んでください。",
    Code.CONFIG_INVALID: "設定{field}に {value} は使えません。使える値: {allowed}。",
    Code.CONFIG_UNKNOWN_FIELD: "{field} という設定はありません。つづりを確かめてください。",
    Code.CONFIG_FILE_DAMAGED: "{path} は設定ファイルではありません。JSON オブジェクトが 1 つ必要です。",
    Code.DEVICE_UNAVAILABLE: "このコンピューターでは {device} を使えません。auto か cpu を選んでください。",
    Code.LOSS_NOT_FINITE: "エポック {epoch}、ステップ {step} で損失が数値でなくなりました。このデータには学習率 "
    "{learning_rate} が大きすぎます。10 分の 1 にして学習し直してください。",
    Code.OUT_OF_MEMORY: "{device} のメモリーが足りず、バッチサイズ {batch_size} では学習できません。"
    "バッチサイズを半分にして学習し直してください。",
    Code.RUN_MISSING: "このドキュメントに実行 {run} はありません。一覧は runs コマンドか「実行」ページで見られます。",
    Code.RUN_WITHOUT_MODEL: "実行 {run} は最初のエポックを保存する前に終わったため、モデルがありません。"
    "学習し直すか、別の実行を選んでください。",
    Code.EPOCH_NOT_KEPT: "実行 {run} のエポック {epoch} のモデルは残っていません(長い実行では一部だけを残します)。"
    "次のエポックから選んでください: {kept}。",
    Code.RUN_BUSY: "実行 {run} は、このウィンドウか別のウィンドウ、または別のプログラムで学習中です。終わるのを"
    "待つか、停止してから、もう一度試してください。",
    Code.RUN_NOT_RESUMABLE: "実行 {run} は学習の状態が残っていないため、続きから再開できません。"
    "そのモデルから新しく学習を始めてください。",
    Code.NO_RUNS: "このドキュメントには学習済みの実行がまだありません。学習するか、付属モデル base を使ってください。",
    Code.CHECKPOINT_DAMAGED: "実行 {run} の保存済みモデルは壊れています。別の実行を選ぶか、学習し直してください。",
    Code.NETWORK_UNKNOWN: "実行 {run} のネットワークは、このバージョンの数字道場では扱えません。別のバージョンで学習したもので、"
    "壊れてはいません。学習したバージョンで開くか、別の実行を選んでください。",
    Code.ASSET_MISSING: "プログラムのファイル {path} がありません。数字道場をインストールし直してください。",
    Code.ASSET_DAMAGED: "プログラムのファイル {path} が壊れています。数字道場をインストールし直してください。",
    Code.OUTPUT_UNWRITABLE: "結果を標準出力に書き込めません({reason})。空きを作るか、出力先を変えてください。",
    Code.USAGE: "{detail}。--help を付けると使い方が表示されます。",
    Code.INTERNAL: "数字道場の内部でエラーが起きました({detail})。データは無事です。"
    "直前に行った操作とあわせてお知らせください。",
}

_TABLES: Mapping[str, Mapping[Code, str]] = {"en": ENGLISH, "ja": JAPANESE}


def sentence(error: EngineError, language: str) -> str:
    """Return what ``error`` means to a person, in ``language`` (``en`` or ``ja``)."""
    return sentence_for(error.code, error.fields, language)


def sentence_for(code: Code | str, values: Mapping[str, object], language: str) -> str:
    """Return the sentence of a code and its fields, as RunFailed carries them."""
    shown = {name: '""' if value == "" else value for name, value in values.items()}
    if code == Code.CONFIG_INVALID:
        shown |= _setting_in_words(shown, language)
    return _TABLES[language][Code(code)].format_map(shown)


def _setting_in_words(values: Mapping[str, object], language: str) -> dict[str, object]:
    """Return the fields of CONFIG_INVALID with the names that people know."""
    field = str(values["field"])
    words: dict[str, object] = {"field": named(field, language)}
    if field in ("start_from", "run", "resume"):
        words |= {name: start_in_words(str(values[name]), language) for name in ("value", "allowed")}
    elif field == "layers" and values["allowed"] == "all":
        words["allowed"] = only_on_top(language)
    return words


def counted(count: int, noun: str) -> str:
    """Return an English count with its noun: 1 digit, 1,200 digits."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def system_language() -> str:
    """Return ``ja`` where the system speaks Japanese, else ``en``."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANGUAGE", "LANG"):
        if os.environ.get(name):
            return "ja" if os.environ[name].startswith("ja") else "en"
    spoken = locale.getlocale()[0] or ""
    return "ja" if spoken.lower().startswith(("ja", "japanese")) else "en"
