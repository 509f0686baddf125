"""What the catalogues know of what the code says: missing, unfinished, broken, and no longer needed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polib
from django.utils.translation import to_locale

from clusterpolisee.shell.languages.extraction import PACKAGE, Message, messages_in_code

LOCALE = PACKAGE / "locale"
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
_PLURALS = re.compile(r"nplurals=(\d)")


@dataclass(frozen=True)
class Trouble:
    """One thing wrong with a catalogue."""

    kind: str
    message: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.message[:100]}"


def catalogue_file(language: str, locale: Path = LOCALE) -> Path:
    return locale / to_locale(language) / "LC_MESSAGES" / "django.po"


def troubles(
    language: str, *, locale: Path = LOCALE, package: Path = PACKAGE, messages: set[Message] | None = None
) -> list[Trouble]:
    """What keeps a language from being complete; empty for a complete one.

    messages: what the code says, for those who ask about many languages and have read it already.
    """
    path = catalogue_file(language, locale)
    if not path.exists():
        return [Trouble("no catalogue", language)]
    catalogue = polib.pofile(str(path))
    known = {(entry.msgctxt or "", entry.msgid): entry for entry in catalogue if not entry.obsolete}
    forms = _plural_forms(catalogue)
    found = []
    for context, singular, plural in sorted(messages or messages_in_code(package)):
        found += _troubles_of(known.get((context, singular)), singular, plural, forms)
    return found


def gather(language: str, *, locale: Path = LOCALE, package: Path = PACKAGE) -> tuple[int, int]:
    """Bring a catalogue up to the code: new messages empty, those nobody says any more out. Returns both counts.

    Translations are never touched. Sorted by message, so that two people's additions rarely meet in one line.
    """
    path = catalogue_file(language, locale)
    catalogue = polib.pofile(str(path))
    said = {(context, singular): plural for context, singular, plural in messages_in_code(package)}
    kept = [entry for entry in catalogue if not entry.obsolete and (entry.msgctxt or "", entry.msgid) in said]
    known = {(entry.msgctxt or "", entry.msgid) for entry in kept}
    new = [_empty(*key, plural, _plural_forms(catalogue)) for key, plural in said.items() if key not in known]
    gone = len(catalogue) - len(kept)
    catalogue[:] = sorted([*kept, *new], key=lambda entry: (entry.msgid, entry.msgctxt or ""))
    catalogue.save()
    return len(new), gone


def _empty(context: str, singular: str, plural: str, forms: int) -> polib.POEntry:
    entry = polib.POEntry(msgid=singular, msgctxt=context or None)
    if plural:
        entry.msgid_plural = plural
        entry.msgstr_plural = dict.fromkeys(range(forms), "")
    return entry


def _plural_forms(catalogue: polib.POFile) -> int:
    found = _PLURALS.search(catalogue.metadata.get("Plural-Forms", ""))
    return int(found[1]) if found else 2


def _troubles_of(entry: polib.POEntry | None, singular: str, plural: str, forms: int) -> Iterator[Trouble]:
    if entry is None or not (entry.msgstr or any(entry.msgstr_plural.values())):
        yield Trouble("missing", singular)
    elif entry.fuzzy:
        yield Trouble("fuzzy", singular)
    elif plural and [index for index in range(forms) if not entry.msgstr_plural.get(index)]:
        yield Trouble("plural forms", singular)
    elif not _same_placeholders(singular, plural, entry):
        yield Trouble("placeholders", singular)


def _same_placeholders(singular: str, plural: str, entry: polib.POEntry) -> bool:
    """Nothing invented, nothing forgotten; a plural form may leave out what its other form says (“one region”)."""
    wanted = set(_PLACEHOLDER.findall(singular)) | set(_PLACEHOLDER.findall(plural))
    texts = entry.msgstr_plural.values() if plural else [entry.msgstr]
    found = [set(_PLACEHOLDER.findall(text)) for text in texts]
    return all(one <= wanted for one in found) if plural else found == [wanted]
