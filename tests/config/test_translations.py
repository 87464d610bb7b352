"""The tool that keeps catalogues in step: what it keeps, and which mistakes of a translation it finds."""

from __future__ import annotations

import ast

import polib
import pytest

from tests.translations import ROOT, forms_of, merged, wrong_placeholders


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
def test_a_translation_fills_in_what_its_message_does(message: str, translation: str, wrong: bool) -> None:
    assert wrong_placeholders(polib.POEntry(msgid=message, msgstr=translation)) is wrong


def test_every_message_of_the_code_is_marked_by_a_name_that_the_extraction_knows() -> None:
    """Under another name a sentence would never reach the catalogues."""
    aliases: set[tuple[str, str]] = set()
    for app in ("accounts", "assistance", "config", "countries", "files", "reports"):
        for file in (ROOT / app).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text())):
                if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
                    aliases |= {(n.name, n.asname) for n in node.names if n.asname and n.name.endswith(("gettext", "gettext_lazy"))}
    assert aliases <= {("gettext", "_"), ("gettext_lazy", "_")}


def test_the_form_for_one_may_leave_the_number_out_and_the_general_form_may_not() -> None:
    plural = {"msgid": "one case", "msgid_plural": "%(n)s cases"}
    assert not wrong_placeholders(polib.POEntry(**plural, msgstr_plural={0: "un cas", 1: "%(n)s cas"}))
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
    assert [len(merged(language, fresh, None)[0].msgstr_plural) for language in ("zh_Hans", "fr", "ru", "ar")] == [
        forms_of(language) for language in ("zh_Hans", "fr", "ru", "ar")
    ]
    assert (forms_of("zh_Hans"), forms_of("ar")) == (1, 6)
