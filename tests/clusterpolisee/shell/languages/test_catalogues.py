"""The catalogues are complete where they say so, and the check notices when they are not."""

from __future__ import annotations

import re
from pathlib import Path

import polib
import pytest
from django.conf import settings

from clusterpolisee.config.command import main
from clusterpolisee.shell.languages import catalogues
from clusterpolisee.shell.languages.compile import compile_all
from clusterpolisee.shell.languages.registry import COMPLETE, LANGUAGES_OF_THE_PLATFORM


def test_bulgarian_says_everything_that_english_says() -> None:
    assert [str(trouble) for trouble in catalogues.troubles("bg")] == []


def test_the_languages_offered_are_those_that_are_complete() -> None:
    complete = {language.code for language in LANGUAGES_OF_THE_PLATFORM if language.status == COMPLETE}
    assert complete == {code for code, _name in settings.LANGUAGES}


def test_every_language_of_the_platform_has_its_catalogue() -> None:
    folders = {
        path.parent.parent.name.lower().replace("_", "-")
        for path in catalogues.LOCALE.glob("*/LC_MESSAGES/*.po")
    }
    assert {language.code.lower() for language in LANGUAGES_OF_THE_PLATFORM} <= folders | {"en"}


def test_messages_are_found_in_python_and_in_templates(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "views.py").write_text(
        "_('One'); ngettext('%(n)s cow', '%(n)s cows', n); pgettext('menu', 'Open')"
    )
    (tmp_path / "templates/page.html").write_text(
        "{% load i18n %}{% translate 'Two' %}{% blocktranslate with x=y %}Three {{ x }}{% endblocktranslate %}"
    )
    assert catalogues.messages_in_code(tmp_path) == {
        ("", "One", ""),
        ("", "%(n)s cow", "%(n)s cows"),
        ("menu", "Open", ""),
        ("", "Two", ""),
        ("", "Three %(x)s", ""),
    }


@pytest.mark.parametrize(
    ("entry", "kind"),
    [
        ({"msgid": "Other", "msgstr": "Друго"}, "missing"),
        ({"msgid": "Has {n}", "msgstr": ""}, "missing"),
        ({"msgid": "Has {n}", "msgstr": "Има {m}"}, "placeholders"),
        ({"msgid": "Has {n}", "msgstr": "Има {n}", "flags": ["fuzzy"]}, "fuzzy"),
    ],
)
def test_an_unfinished_or_broken_translation_is_noticed(
    tmp_path: Path, entry: dict[str, str], kind: str
) -> None:
    code, locale = tmp_path / "code", tmp_path / "locale"
    code.mkdir()
    (code / "a.py").write_text("_('Has {n}')")
    (locale / "bg/LC_MESSAGES").mkdir(parents=True)
    file = polib.POFile()
    file.metadata = {
        "Content-Type": "text/plain; charset=UTF-8",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    file.append(polib.POEntry(**entry))
    file.save(str(locale / "bg/LC_MESSAGES/django.po"))
    assert [trouble.kind for trouble in catalogues.troubles("bg", locale=locale, package=code)] == [kind]


def test_compiling_writes_a_catalogue_that_can_be_read(tmp_path: Path) -> None:
    (tmp_path / "bg/LC_MESSAGES").mkdir(parents=True)
    file = polib.POFile()
    file.metadata = {"Content-Type": "text/plain; charset=UTF-8"}
    file.append(polib.POEntry(msgid="Yes", msgstr="Да"))
    file.save(str(tmp_path / "bg/LC_MESSAGES/django.po"))
    (written,) = compile_all(tmp_path)
    assert {entry.msgid: entry.msgstr for entry in polib.mofile(str(written))}["Yes"] == "Да"


def test_gathering_adds_what_is_new_drops_what_nobody_says_and_leaves_translations_alone(
    tmp_path: Path,
) -> None:
    code, locale = tmp_path / "code", tmp_path / "locale"
    code.mkdir()
    (code / "a.py").write_text(
        "_('Kept'); ngettext('%(n)s new', '%(n)s new ones', n); pgettext('menu', 'Kept')"
    )
    (locale / "sl/LC_MESSAGES").mkdir(parents=True)
    file = polib.POFile()
    file.metadata = {
        "Content-Type": "text/plain; charset=UTF-8",
        "Plural-Forms": "nplurals=4; plural=(n%100==1 ? 0 : n%100==2 ? 1 : n%100==3 || n%100==4 ? 2 : 3);",
    }
    file += [polib.POEntry(msgid="Kept", msgstr="Ostalo"), polib.POEntry(msgid="Gone", msgstr="Minilo")]
    file.save(str(locale / "sl/LC_MESSAGES/django.po"))

    assert catalogues.gather("sl", locale=locale, package=code) == (2, 1)

    entries = list(polib.pofile(str(locale / "sl/LC_MESSAGES/django.po")))
    assert [(entry.msgid, entry.msgctxt, entry.msgstr) for entry in entries] == [
        ("%(n)s new", None, ""),
        ("Kept", None, "Ostalo"),
        ("Kept", "menu", ""),
    ]
    assert entries[0].msgstr_plural == {0: "", 1: "", 2: "", 3: ""}


def test_a_plural_form_that_is_missing_is_noticed(tmp_path: Path) -> None:
    code, locale = tmp_path / "code", tmp_path / "locale"
    code.mkdir()
    (code / "a.py").write_text("ngettext('%(n)s region', '%(n)s regions', n)")
    (locale / "ro/LC_MESSAGES").mkdir(parents=True)
    file = polib.POFile()
    file.metadata = {"Content-Type": "text/plain; charset=UTF-8", "Plural-Forms": "nplurals=3; plural=n;"}
    forms = {0: "o regiune", 1: "%(n)s regiuni"}
    file.append(polib.POEntry(msgid="%(n)s region", msgid_plural="%(n)s regions", msgstr_plural=forms))
    file.save(str(locale / "ro/LC_MESSAGES/django.po"))
    assert [trouble.kind for trouble in catalogues.troubles("ro", locale=locale, package=code)] == [
        "plural forms"
    ]


def test_the_serbian_catalogues_are_found_in_both_scripts() -> None:
    assert catalogues.catalogue_file("sr").exists()
    assert catalogues.catalogue_file("sr-latn").exists()


def test_the_command_says_how_complete_each_language_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["languages", "check"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(LANGUAGES_OF_THE_PLATFORM) - 1
    assert next(line for line in lines if line.startswith("bg ")).split()[-3] != "0"


def test_in_bulgarian_a_year_and_a_percentage_stay_with_their_sign() -> None:
    """A line that ends between 2015 and “г.” reads as two things."""
    path = catalogues.LOCALE / "bg/LC_MESSAGES/django.po"
    texts = [
        text for entry in polib.pofile(str(path)) for text in (entry.msgstr, *entry.msgstr_plural.values())
    ]
    parted = [text for text in texts if re.search(r"(\)s|\}) г\.|\)s ?%%", text)]
    assert parted == []
