"""What the pages of columns and of codes show and ask."""

from __future__ import annotations

from collections.abc import Mapping as MappingOf
from dataclasses import dataclass

import polars as pl
from django.utils.translation import gettext as _

from clusterpolisee.evidence import queries
from clusterpolisee.evidence.importing import guessing, readout, unknown_codes
from clusterpolisee.evidence.importing.mapping import (
    ACROSS,
    ACTIVITY,
    DASHES,
    DIMENSION,
    FLAG,
    IGNORED,
    REGION,
    VALUE,
    YEAR,
    Mapping,
    column_name,
    role_name,
    signature,
    year_of_heading,
)
from clusterpolisee.evidence.importing.spreadsheet import Book
from clusterpolisee.evidence.importing.unknown_codes import Unknown
from clusterpolisee.evidence.models import Dataset, Upload

SAMPLES = 4
LONGEST_SAMPLE = 40
ASKED_AT_ONCE = 100
Posted = MappingOf[str, str]


def sheet_choices(book: Book) -> list[tuple[int, str]]:
    """Hidden sheets stand last and say that they are hidden."""
    named = sorted(book.sheets, key=lambda sheet: sheet.is_hidden)
    return [
        (one.place, _("%(name)s (hidden)") % {"name": one.name} if one.is_hidden else one.name)
        for one in named
    ]


# Columns -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Column:
    """One column as the page of columns asks about it."""

    place: int
    name: str
    samples: tuple[str, ...]
    role: str
    reason: str
    choices: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Constant:
    """Something all rows may have in common."""

    key: str
    name: str
    value: str


class ColumnsPage:
    """The columns of an upload with what they are taken to hold: as just said, as said before, remembered or guessed."""

    def __init__(self, upload: Upload, posted: Posted | None = None) -> None:
        self.obstacle = ""
        self._table = readout.table_of(upload)
        first, last = upload.choices["header"]
        look = readout.look_at(upload, (first, last))
        self._headings, self._rows = look.headings, [cells for line, cells in look.rows if line > last]
        self.is_remembered = False
        self._reasons: tuple[str, ...] = ("",) * len(self._headings)
        if posted is not None:
            self.mapping = self._said(posted, first, last)
        elif "mapping" in upload.choices:
            self.mapping = Mapping.from_json(upload.choices["mapping"])
        else:
            self.mapping = self._remembered(first, last) or self._guessed(look, (first, last))
        self.width = look.table.width

    @property
    def columns(self) -> list[Column]:
        roles = self.mapping.roles
        return [
            Column(
                place,
                column_name(place, heading),
                self._samples(place),
                roles[place] if place < len(roles) else IGNORED,
                self._reasons[place] if place < len(self._reasons) else "",
                self._choices(heading),
            )
            for place, heading in enumerate(self._headings)
        ]

    @property
    def constants(self) -> list[Constant]:
        keys = [YEAR, *([ACTIVITY] if self._table.activity_scheme else []), *self._dimensions()]
        return [Constant(key, role_name(key), self.mapping.constants.get(key, "")) for key in keys]

    def _dimensions(self) -> list[str]:
        return [DIMENSION + one["code"] for one in self._table.dimensions]

    def _choices(self, heading: str) -> tuple[tuple[str, str], ...]:
        roles = [IGNORED, REGION, *([ACTIVITY] if self._table.activity_scheme else []), YEAR, VALUE, FLAG]
        roles += [ACROSS] if year_of_heading(heading) else []
        return tuple((role, role_name(role)) for role in [*roles, *self._dimensions()])

    def _samples(self, place: int) -> tuple[str, ...]:
        found = [cells[place][:LONGEST_SAMPLE] for cells in self._rows if place < len(cells) and cells[place]]
        return tuple(dict.fromkeys(found))[:SAMPLES]

    def _said(self, posted: Posted, first: int, last: int) -> Mapping:
        known = {role for role, _name in self._choices("2000")}
        said = [posted.get(f"role-{place}", IGNORED) for place in range(len(self._headings))]
        keys = [YEAR, ACTIVITY, *self._dimensions()]
        return Mapping(
            first,
            last,
            tuple(role if role in known else IGNORED for role in said),
            {key: text for key in keys if (text := posted.get(f"constant-{key}", "").strip()[:60])},
            decimal if (decimal := posted.get("decimal", "")) in (".", ",") else "",
            dash if (dash := posted.get("dash", "")) in DASHES else "",
        )

    def _remembered(self, first: int, last: int) -> Mapping | None:
        kept = queries.remembered_mapping(self._table, signature(self._headings))
        if kept is None:
            return None
        before = Mapping.from_json(kept)
        roles = list(before.roles)[: len(self._headings)]
        for heading in self._headings[len(roles) :]:  # the table has grown to the right
            roles.append(ACROSS if ACROSS in roles and year_of_heading(heading) else IGNORED)
        self.is_remembered = True
        self._reasons = tuple(str(guessing.REMEMBERED) if role else "" for role in roles)
        return Mapping(first, last, tuple(roles), before.constants, before.decimal, before.dash)

    def _guessed(self, look: readout.Look, header: tuple[int, int]) -> Mapping:
        found = guessing.guess(look.rows, look.table.width, self._table, header)
        self._reasons = found.reasons
        return found.mapping


# Codes ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Question:
    """One unknown text with what is chosen for it now: a code, "-" to leave it out, or "" for later."""

    number: int
    unknown: Unknown
    chosen: str
    is_remembered: bool = False

    @property
    def is_other(self) -> bool:
        """Whether the chosen code is none of those suggested."""
        return self.chosen not in ("", "-", *(one.code for one in self.unknown.suggestions))


class CodesPage:
    """The texts of an upload that no list has: those to be asked about, and those decided on."""

    def __init__(self, upload: Upload) -> None:
        table = readout.table_of(upload)
        frame = readout.observations(upload)
        self.decided = [
            (kind, text, code)
            for kind, said in upload.choices.get("decisions", {}).items()
            for text, code in sorted(said.items())
        ]
        known = {(kind, text) for kind, text, _code in self.decided}
        open_ = {
            kind: [text for text in texts if (kind, text) not in known]
            for kind, texts in unknown_codes.unknown_texts(frame, table).items()
        }
        self.count = sum(map(len, open_.values()))
        self.distinct = int(frame.select(pl.col("region").n_unique()).collect(engine="streaming").item())
        self.questions = self._questions(frame, open_, table)

    @property
    def looks_wrong(self) -> bool:
        """So many unknown regions that the column is more likely to hold something else."""
        return self.count > 500

    def is_asking(self, left_for_later: str) -> bool:
        """Whether somebody should look. After an answer, what was left for later is not asked again at once."""
        if left_for_later.isdigit():
            return self.count > int(left_for_later)
        return any(not one.unknown.is_withdrawn for one in self.questions)

    @staticmethod
    def left_for_later(posted: Posted, said: MappingOf[str, MappingOf[str, str | None]]) -> int:
        """How many of the texts asked about were given no answer."""
        asked = sum(key.startswith("text-") for key in posted)
        return asked - sum(code is not None for answers in said.values() for code in answers.values())

    def _questions(self, frame: pl.LazyFrame, open_: dict[str, list[str]], table: Dataset) -> list[Question]:
        found: list[Question] = []
        for kind, texts in open_.items():
            remembered = queries.remembered_codes(table, kind)
            for unknown in unknown_codes.describe(frame, kind, texts[: ASKED_AT_ONCE - len(found)], table):
                chosen = remembered.get(unknown.text)
                if chosen is not None:
                    found.append(Question(len(found), unknown, chosen or "-", is_remembered=True))
                else:
                    found.append(Question(len(found), unknown, _obvious(unknown)))
        return found

    @staticmethod
    def said(posted: Posted) -> dict[str, dict[str, str | None]]:
        """What a person answered: {"region": {text: code, "" for left out, None to take back}}."""
        said: dict[str, dict[str, str | None]] = {kind: {} for kind in unknown_codes.KINDS}
        for key, text in posted.items():
            name, _dash, number = key.partition("-")
            kind = posted.get(f"kind-{number}", "")
            if name == "text" and kind in said:
                other = posted.get(f"other-{number}", "").strip()[:20]
                choice = posted.get(f"choice-{number}", "")[:20]
                if other or choice == "-":
                    said[kind][text] = other
                elif choice:
                    said[kind][text] = choice
            elif name == "back" and kind in said:
                said[kind][text] = None
        return said


def _obvious(unknown: Unknown) -> str:
    """A code is chosen beforehand where there is one certain answer only."""
    certain = [one for one in unknown.suggestions if one.reason != _("a name like it")]
    return certain[0].code if len(certain) == 1 else ""
