"""The tool that keeps catalogues in step: what it keeps, and which mistakes of a translation it
finds."""

from __future__ import annotations

import ast
from pathlib import Path

import polib
import pytest

from tests.translations import LEFT_OUT, ROOT, forms_of, merged, wrong_placeholders


@pytest.mark.parametrize(
    ("message", "translation", "wrong"),
    [
        ("Sent to %(name)s", "Envoyé à %(name)s", False),
        ("Sent to %(name)s", "Envoyé à %(nom)s", True),
        ("Sent to %(name)s", "Envoyé", True),
        ("%s of %s", "%s sur %s", False),
        ("%s of %s", "%s", True),
        ("100 %% of {total}", "100 %% de {total}", False),
        ("{total} in all", "{somme} en tout", True),
    ],
)
def test_a_translation_fills_in_what_its_message_does(
    message: str, translation: str, wrong: bool
) -> None:
    assert wrong_placeholders(polib.POEntry(msgid=message, msgstr=translation)) is wrong


def test_the_form_for_one_may_leave_the_number_out_and_the_general_form_may_not() -> None:
    plural = {"msgid": "one case", "msgid_plural": "%(n)s cases"}
    assert not wrong_placeholders(
        polib.POEntry(**plural, msgstr_plural={0: "un cas", 1: "%(n)s cas"})
    )
    assert wrong_placeholders(polib.POEntry(**plural, msgstr_plural={0: "un cas", 1: "des cas"}))


def test_translations_are_kept_word_for_word_and_none_is_guessed() -> None:
    old = polib.POFile()
    old.append(polib.POEntry(msgid="Requests", msgstr="Demandes"))
    old.append(polib.POEntry(msgid="Gone", msgstr="Parti"))
    old.append(polib.POEntry(msgid="Guessed", msgstr="Deviné", flags=["fuzzy"]))
    fresh = [polib.POEntry(msgid=message) for message in ("Guessed", "Request", "Requests")]
    found = {entry.msgid: entry.msgstr for entry in merged("fr", fresh, old)}
    assert found == {"Guessed": "", "Request": "", "Requests": "Demandes"}


def test_a_plural_has_as_many_forms_as_its_language() -> None:
    fresh = [polib.POEntry(msgid="%(n)s case", msgid_plural="%(n)s cases")]
    assert [
        len(merged(language, fresh, None)[0].msgstr_plural)
        for language in ("zh_Hans", "fr", "ru", "ar")
    ] == [forms_of(language) for language in ("zh_Hans", "fr", "ru", "ar")]
    assert (forms_of("zh_Hans"), forms_of("ar")) == (1, 6)


GETTEXT = {
    "_",
    "gettext",
    "gettext_lazy",
    "ngettext",
    "ngettext_lazy",
    "pgettext",
    "pgettext_lazy",
    "npgettext",
    "npgettext_lazy",
}


def sources() -> list[Path]:
    """All code that is translated."""
    return [path for path in ROOT.rglob("*.py") if not LEFT_OUT & set(path.relative_to(ROOT).parts)]


def test_no_message_hides_from_extraction_inside_a_formatted_string() -> None:
    hidden = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path in sources()
        for string in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(string, ast.JoinedStr)
        for call in ast.walk(string)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in GETTEXT
    ]
    assert not hidden


def test_messages_are_marked_by_names_that_extraction_knows() -> None:
    renamed = [
        f"{path.relative_to(ROOT)}: {name.asname}"
        for path in sources()
        for line in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(line, ast.ImportFrom) and line.module == "django.utils.translation"
        for name in line.names
        if name.name in GETTEXT and (name.asname or name.name) not in GETTEXT
    ]
    assert not renamed
