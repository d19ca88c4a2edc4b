"""Languages: follow the system, switch live, complete in Japanese, and the files agree with the sources."""

from __future__ import annotations

import ast
import re
import shutil
import string
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from conftest import ROOT, SOURCES
from PySide6.QtCore import QCoreApplication, QEvent, QLocale
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QLabel

from gui import i18n
from gui.i18n import Translation


def messages_of(language: str) -> list[tuple[str, ET.Element]]:
    """Return (context, message) for everything in a translation file."""
    root = ET.parse(SOURCES / f"digit_dojo_{language}.ts").getroot()
    return [
        (context.findtext("name", ""), message)
        for context in root.iter("context")
        for message in context.iter("message")
    ]


def translated(message: ET.Element) -> list[str]:
    """Return the translation, or each of its plural forms."""
    found = message.find("translation")
    forms = [form.text or "" for form in found.iter("numerusform")]
    return forms or [found.text or ""]


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_no_string_is_left_untranslated(language):
    unfinished = [
        f"{context}: {message.findtext('source')}"
        for context, message in messages_of(language)
        if message.find("translation").get("type") or not all(translated(message))
    ]
    assert unfinished == []


def test_the_files_agree_with_the_texts_of_the_window(tmp_path):
    """Where this fails, ``packaging/translations.py`` mends it, and the new texts want their Japanese."""
    names = [f"digit_dojo_{language}.ts" for language in i18n.LANGUAGES]
    for name in names:
        shutil.copy(SOURCES / name, tmp_path / name)
    subprocess.run([sys.executable, ROOT / "packaging" / "translations.py", tmp_path], check=False)
    for name in names:
        assert texts_in(tmp_path / name) == texts_in(SOURCES / name)


def test_every_text_stands_where_the_tools_find_it():
    """``lupdate`` looks into no f-string: a text there would stay English, and nothing else would tell."""
    hidden = [
        f"{path.relative_to(ROOT)}:{part.lineno}"
        for path in sorted((ROOT / "gui").rglob("*.py"))
        for whole in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(whole, ast.JoinedStr)
        for part in ast.walk(whole)
        if isinstance(part, ast.Attribute) and part.attr == "tr"
    ]
    assert hidden == []


def texts_in(path: Path) -> set[tuple[str | None, ...]]:
    return {
        (context.findtext("name"), message.findtext("source"), message.findtext("comment"))
        for context in ET.parse(path).getroot().iter("context")
        for message in context.iter("message")
    }


def test_a_translation_names_the_same_fields_as_its_source():
    for context, message in messages_of("ja"):
        source = message.findtext("source")
        for text in translated(message):
            assert fields(text) == fields(source), f"{context}: {source}"


def fields(text: str) -> set[str]:
    """Return the ``{names}`` and the number place of a text."""
    names = {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    return names | ({"%n"} if re.search(r"%L?n", text) else set())


def test_japanese_says_epoch_and_step_and_never_the_ambiguous_word():
    every = "".join(text for _, message in messages_of("ja") for text in translated(message))
    assert "エポック" in every and "ステップ" in every
    assert "学習回数" not in every


def test_one_menu_has_no_two_entries_with_the_same_key():
    """Mnemonics of the menu bar differ in each language."""
    for language in i18n.LANGUAGES:
        table = {
            message.findtext("source"): translated(message)[0]
            for context, message in messages_of(language)
            if context == "Menus"
        }
        bar = [table.get(text, text) for text in ("&File", "&Edit", "&View", "&Help")]
        keys = [re.search(r"&(.)", text).group(1).upper() for text in bar]
        assert len(set(keys)) == len(keys)


@pytest.mark.parametrize(
    ("system", "language"),
    [("ja_JP", "ja"), ("en_US", "en"), ("de_DE", "en"), ("zh_CN", "en"), ("C", "en")],
)
def test_the_systems_language_is_spoken_where_it_is_known(qapp, translations, system_again, system, language):
    translation = Translation(qapp, translations, QLocale(system))
    translation.use("system")
    assert translation.language == language
    assert i18n.language() == language


def test_numbers_keep_the_regions_way_in_the_systems_language(qapp, translations, system_again):
    translation = Translation(qapp, translations, QLocale("de_DE"))
    translation.use("system")
    assert QLocale().toString(1234) == "1.234"
    translation.use("ja")
    assert QLocale().toString(1234) == "1,234"


def test_numbers_are_grouped_where_no_region_is_set(qapp, translations, system_again):
    Translation(qapp, translations, QLocale("C")).use("system")
    assert QLocale().toString(10_000) == "10,000"


def test_japanese_is_shown_in_japanese_shapes(qapp):
    """Chinese fonts draw many kanji differently."""
    family = i18n.japanese_family()
    if family is None:
        pytest.skip("no Japanese font is installed")
    assert QFontDatabase.WritingSystem.Japanese in QFontDatabase.writingSystems(family)
    assert not family.endswith((" SC", " TC", " KR", " HK"))


def test_switching_reaches_open_widgets_and_qts_own_texts(qapp, qtbot, translations, system_again):
    class Words(QLabel):
        def changeEvent(self, event: QEvent) -> None:
            if event.type() == QEvent.Type.LanguageChange:
                self.setText(QCoreApplication.translate("NavigationRail", "Train"))

    label = Words()
    qtbot.addWidget(label)
    translation = Translation(qapp, translations)
    translation.use("ja")
    qtbot.waitUntil(lambda: label.text() == "学習")
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "キャンセル"
    translation.use("en")
    qtbot.waitUntil(lambda: label.text() == "Train")
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Cancel"


def test_plurals_are_right_in_english(qapp, translations, system_again):
    Translation(qapp, translations).use("en")
    said = [QCoreApplication.translate("StatusBar", "%Ln digit(s)", "", count) for count in (0, 1, 10_000)]
    assert said == ["0 digits", "1 digit", "10,000 digits"]


def test_without_compiled_files_the_sources_texts_appear(qapp, tmp_path, system_again):
    translation = Translation(qapp, tmp_path)
    translation.use("ja")
    assert QCoreApplication.translate("NavigationRail", "Train") == "Train"


def test_a_choice_nobody_knows_means_the_system(qapp, translations, system_again):
    translation = Translation(qapp, translations, QLocale("ja_JP"))
    translation.use("klingon")
    assert (translation.choice, translation.language) == ("system", "ja")
