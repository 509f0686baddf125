"""Flag letters: what sources write beside a figure, in one spelling, and what it says of an empty cell."""

from __future__ import annotations

from collections.abc import Callable

from regional_analytics.tables import STATES

# b break in series, c confidential, d definition differs, e estimated, f forecast, i imputed, m missing by nature,
# n not significant, p provisional, r revised, s estimated by Eurostat, u low reliability, z not applicable
LETTERS = frozenset("bcdefimnprsuz")
# What a column of SDMX statuses may say in one letter: normal (A), suppressed (Q), and some without a letter here.
_SDMX_STATUS = {"A": "", "Q": "c", "G": "", "H": "", "K": "", "L": "", "O": "", "V": ""}
_WORDS = {
    "reported": "",
    "not_published": "",
    "estimated": "e",
    "confidential": "c",
    "not_applicable": "z",
    "provisional": "p",
    "revised": "r",
    "forecast": "f",
    "break in series": "b",
    "break in time series": "b",
    "low reliability": "u",
    "definition differs": "d",
    "not significant": "n",
    "not applicable": "z",
    "not available": "",
}
_PUNCTUATION = " ()@,;|:*"
_SECRET = frozenset("CNSD")  # confidential, internal, and the two kinds of secondary confidentiality


def letters_of(said: str) -> str | None:
    """The letters of a flag in order, each once; None where it is no flag.

    >>> letters_of("ub"), letters_of("(e)"), letters_of("b, d"), letters_of("@C"), letters_of("kg")
    ('bu', 'e', 'bd', 'c', None)
    """
    text = said.strip().lower()
    if text in _WORDS:
        return _WORDS[text]
    found = {letter for letter in text if letter not in _PUNCTUATION}
    return "".join(sorted(found)) if found <= LETTERS else None


def printed_letters(said: str) -> str:
    """The same for tables of statistical offices, whose letters are kept even where we do not know them.

    >>> printed_letters("bx"), printed_letters("@C")
    ('bx', 'c')
    """
    known = letters_of(said)
    return (
        known
        if known is not None
        else "".join(sorted({letter for letter in said.lower() if letter.isalpha()}))
    )


def status_letters(said: str, letters: Callable[[str], str | None]) -> str | None:
    """The letters of a cell in a column of flags, which may also hold SDMX statuses.

    >>> status_letters("A", letters_of), status_letters("B", letters_of), status_letters("quite", letters_of)
    ('', 'b', None)
    """
    status = _SDMX_STATUS.get(said.strip())
    return letters(said) if status is None else status


def secrecy_of(said: str) -> str:
    """The letter c for a confidentiality status that hides the figure; "" for free ones (F, and none).

    >>> secrecy_of("C"), secrecy_of("F"), secrecy_of("")
    ('c', '', '')
    """
    return "c" if said.strip().upper()[:1] in _SECRET else ""


def state_number(flag: str, *, has_value: bool) -> int:
    """The place in STATES of a cell with this flag: the rule of tables.state_expression, for one flag."""
    letters = set(flag)
    if has_value:
        state = "estimated" if letters & set("esi") else "reported"
    elif "c" in letters:
        state = "confidential"
    else:
        state = "not_applicable" if letters & set("zm") else "not_published"
    return STATES.index(state)
