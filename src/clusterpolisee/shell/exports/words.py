"""The words a downloaded file uses for states, flags and origins, in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

STATE_WORDS = {
    "reported": _("reported"),
    "estimated": _("estimated"),
    "not_published": _("not published"),
    "confidential": _("confidential"),
    "not_applicable": _("not applicable"),
}

# The letters statistical offices put beside a figure.
FLAG_WORDS = {
    "b": _("break in series"),
    "c": _("confidential"),
    "d": _("definition differs"),
    "e": _("estimated"),
    "f": _("forecast"),
    "i": _("imputed"),
    "m": _("missing"),
    "n": _("not significant"),
    "p": _("provisional"),
    "r": _("revised"),
    "s": _("estimate by Eurostat"),
    "u": _("low reliability"),
    "z": _("not applicable"),
    ":": _("not published"),
}

# Keys as in origins.facts.
ORIGIN_WORDS = {
    "source": _("Source"),
    "table": _("Table"),
    "table_address": _("Address of the table"),
    "version": _("Version"),
    "nuts_vintage": _("NUTS version"),
    "retrieved": _("Retrieved on"),
    "licence": _("Licence"),
    "licence_address": _("Address of the licence"),
    "formula": _("Formula"),
    "permanent_address": _("Permanent address"),
}


def state_word(state: object) -> str:
    return str(STATE_WORDS.get(str(state), state)) if state else ""


def flag_words(letters: str) -> str:
    """What a run of flag letters means: "be" → "break in series, estimated"."""
    return ", ".join(str(FLAG_WORDS.get(letter, letter)) for letter in letters)
