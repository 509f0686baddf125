"""What a page on a record's history shows: its revisions, and two of them beside each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from clusterpolisee.shell.history.revisions import Difference, Revision, differences


@dataclass(frozen=True)
class Line:
    """One field in words: its name, what it said before, what it says after."""

    label: str
    before: str
    after: str


def as_written(field: str, text: str) -> str:
    return text


def in_words(
    found: list[Difference] | tuple[Difference, ...],
    label_of: Callable[[str], str],
    value_of: Callable[[str, str], str] = as_written,
) -> list[Line]:
    """Differences as people read them; `value_of` says words for what is stored as a code."""
    return [
        Line(label_of(one.field), value_of(one.field, one.before), value_of(one.field, one.after))
        for one in found
    ]


def comparison(
    revisions: list[Revision],
    asked: Mapping[str, str],
    label_of: Callable[[str], str],
    deed_of: Callable[[str], str],
    value_of: Callable[[str, str], str] = as_written,
) -> dict[str, Any]:
    """The context of `history/_revisions.html`. Without a question, the newest beside the one before it."""
    by_number = {one.number: one for one in revisions}
    newest = revisions[0].number if revisions else 0
    later = by_number.get(_number(asked.get("to"), newest))
    earlier = by_number.get(_number(asked.get("from"), later.number - 1 if later else 0))
    lines = None
    if earlier is not None and later is not None and earlier.number != later.number:
        earlier, later = sorted((earlier, later), key=lambda one: one.number)
        lines = in_words(differences(earlier.snapshot, later.snapshot), label_of, value_of)
    return {
        "revisions": [(one, deed_of(one.verb), one.number - 1) for one in revisions],
        "earlier": earlier,
        "later": later,
        "lines": lines,
    }


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else otherwise
