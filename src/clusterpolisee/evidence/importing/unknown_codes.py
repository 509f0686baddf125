"""Regions and activities a file names in its own way: listed with their lines and with what they may mean.

A decision is the code somebody chose, or "" where the rows are left out. What nobody decided goes on as it is, and
the pipeline sets it aside with its line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from clusterpolisee.classifications.models import Activity
from clusterpolisee.evidence import pipeline
from clusterpolisee.evidence.models import Dataset
from clusterpolisee.evidence.report import INFO, Finding, first_lines
from clusterpolisee.regions import queries as regions
from clusterpolisee.regions.folding import fold
from clusterpolisee.shell.languages import format_percent
from regional_analytics.codes import nace, nuts

Decisions = Mapping[str, Mapping[str, str]]  # {"region": {"Видин": "BG311", "…": ""}, "activity": {…}}
REGION, ACTIVITY = "region", "activity"
KINDS = (REGION, ACTIVITY)
MOST_SUGGESTIONS = 5
LINES_SHOWN = 8
_CODE_INSIDE = re.compile(r"(?<![A-Za-z0-9])([A-Za-z]{2}[0-9A-Za-z]{0,3})(?![A-Za-z0-9])")
_ACTIVITY_INSIDE = re.compile(r"(?<![A-Za-z0-9])([A-U]\d{0,4}|\d{2}(?:\.\d{1,2})?)(?![A-Za-z0-9])")
_TOTALS = {fold(word) for word in ("total", "всичко", "общо", "σύνολο", "ukupno", "укупно", "skupaj", "összesen", "totale", "razem")}  # fmt: skip


@dataclass(frozen=True)
class Suggestion:
    """One code that may be meant, with its name and why it is offered."""

    code: str
    name: str
    reason: str


@dataclass(frozen=True)
class Unknown:
    """One text of a file that is no code, or a code of another vintage, with where it stands."""

    kind: str
    text: str
    rows: int
    figures: int
    lines: tuple[int, ...]
    suggestions: tuple[Suggestion, ...]
    note: str = ""
    is_withdrawn: bool = False
    line_count: int = 0


def unknown_texts(frame: pl.LazyFrame, table: Dataset) -> dict[str, list[str]]:
    """The texts of each kind no list has, those with the most figures first; and codes the table's vintage has lost."""
    found = {REGION: _unknown_regions(frame, table), ACTIVITY: []}
    if table.activity_scheme == "nace_r2":
        found[ACTIVITY] = [text for text in _by_figures(frame, ACTIVITY) if not _is_activity(text)]
    return found


def describe(frame: pl.LazyFrame, kind: str, texts: Sequence[str], table: Dataset) -> list[Unknown]:
    """The texts with their lines and what they may mean."""
    counted = (
        frame.filter(pl.col(kind).is_in(list(texts)))
        .group_by(kind)
        .agg(
            rows=pl.len(),
            figures=pl.col("value").count(),
            lines=pl.col("line").unique().sort().head(LINES_SHOWN),
            line_count=pl.col("line").n_unique(),
        )
        .collect(engine="streaming")
    )
    where = {
        text: (rows, figures, tuple(lines), count)
        for text, rows, figures, lines, count in counted.iter_rows()
    }
    labels = _labels() if kind == ACTIVITY else {}
    described = []
    for text in texts:
        rows, figures, lines, line_count = where.get(text, (0, 0, (), 0))
        is_withdrawn = kind == REGION and nuts.exists(nuts.normalise(text))
        note = ""
        if kind == ACTIVITY:
            suggestions = _suggested_activities(text, labels)
        elif is_withdrawn:
            suggestions, note = _successors(nuts.normalise(text), table.nuts_vintage)
        else:
            suggestions = _suggested_regions(text, table.nuts_vintage)
        described.append(
            Unknown(kind, text, rows, figures, lines, tuple(suggestions), note, is_withdrawn, line_count)
        )
    return described


def apply(frame: pl.DataFrame, decisions: Decisions) -> tuple[pl.DataFrame, list[Finding]]:
    """The observations with the codes somebody chose; rows that were left out are counted with their lines."""
    findings = []
    for kind in KINDS:
        chosen = {text: code for text, code in decisions.get(kind, {}).items() if code}
        left_out = [text for text, code in decisions.get(kind, {}).items() if not code]
        skipped = frame.filter(pl.col(kind).is_in(left_out)) if left_out else frame.clear()
        if skipped.height:
            findings.append(
                Finding(
                    "skipped_codes",
                    INFO,
                    skipped.height,
                    first_lines(skipped["line"].head(100)),
                    {"codes": _few(left_out)},
                )
            )
            frame = frame.filter(~pl.col(kind).is_in(left_out))
        meant = frame.filter(pl.col(kind).is_in(list(chosen))) if chosen else frame.clear()
        if meant.height:
            texts = set(meant[kind].unique())
            pairs = [f"{text} → {code}" for text, code in chosen.items() if text in texts]
            findings.append(Finding("mapped_codes", INFO, meant.height, params={"codes": _few(pairs)}))
            frame = frame.with_columns(pl.col(kind).replace(chosen))
    return frame, findings


def refuse_code(kind: str, code: str) -> str:
    """Why a code somebody wrote cannot be meant; "" where it can."""
    if kind == REGION:
        known = nuts.exists(code) or nuts.is_aggregate(code) or nuts.is_extra_regio(code)
        return "" if known else _("No NUTS list has the region “%(code)s”.") % {"code": code}
    return "" if nace.exists(code) else _("NACE Rev. 2 has no activity “%(code)s”.") % {"code": code}


def spelt(kind: str, code: str) -> str:
    """A code a person wrote, as Eurostat writes it."""
    if kind == REGION:
        return nuts.normalise(code)
    code = code.strip().upper()
    return nace.parse(code).code if nace.exists(code) and not nace.is_aggregate(code) else code


# Regions -------------------------------------------------------------------------------------------------


def _unknown_regions(frame: pl.LazyFrame, table: Dataset) -> list[str]:
    texts = _by_figures(frame, REGION)
    known = [code for code in map(nuts.normalise, texts) if nuts.exists(code)]
    declared = pipeline.vintage_of_file(known, expected=table.nuts_vintage, asked=None)
    return [text for text in texts if not _is_place(text, declared)]


def _is_place(text: str, vintage: int) -> bool:
    code = nuts.normalise(text)
    return nuts.exists(code, vintage) or nuts.is_aggregate(code) or nuts.is_extra_regio(code)


def _suggested_regions(text: str, vintage: int) -> list[Suggestion]:
    """What a name or a code with a name beside it may mean, in the table's vintage first."""
    language = get_language() or "en"
    found: dict[str, Suggestion] = {}
    for inside in _CODE_INSIDE.findall(text):
        code = nuts.normalise(inside)
        if len(code) > 2 and nuts.exists(code) and inside.upper() == inside:
            found[code] = Suggestion(code, nuts.name(code), _("the code stands in the text"))
    wanted = fold(text)
    for place in regions.find_regions(text):
        is_whole = f"|{wanted}|" in f"|{place.search_text.strip('|')}|"
        if nuts.exists(place.code, vintage) and place.code not in found:
            reason = _("the same name") if is_whole else _("a name like it")
            found[place.code] = Suggestion(place.code, place.name(language), reason)
    return list(found.values())[:MOST_SUGGESTIONS]


def _successors(code: str, vintage: int) -> tuple[list[Suggestion], str]:
    """Where a withdrawn code lives on. One successor is the same land; of several none can be chosen for all of it."""
    newest = nuts.vintages_of(code)[-1]
    oldest_after = nuts.vintages_of(code)[0]
    if newest < vintage:
        flows = nuts.successors(code, from_=newest, to=vintage)
    elif oldest_after > vintage:
        flows = nuts.predecessors(code, of=oldest_after, in_=vintage)
    else:
        return [], ""
    names = (
        ", ".join(
            f"{flow.code} ({format_percent(flow.shares['population_2021'], decimals=0)})" for flow in flows
        )
        or "–"
    )
    note = _("A code of NUTS %(newest)s; its people live on in %(codes)s in NUTS %(vintage)s.") % {
        "newest": newest, "codes": names, "vintage": vintage,
    }  # fmt: skip
    if len(flows) == 1 and flows[0].kind == "recoded":
        return [
            Suggestion(flows[0].code, nuts.name(flows[0].code), _("the same land under a new code"))
        ], note
    return [], note


# Activities ----------------------------------------------------------------------------------------------


def _is_activity(text: str) -> bool:
    return not text or nace.exists(text)


def _labels() -> list[tuple[str, str, list[str]]]:
    """Code, name for the reader, and all its names folded."""
    language = get_language() or "en"
    rows = Activity.objects.filter(scheme="nace_rev2").values_list("code", "short", "labels")
    return [
        (
            code,
            labels.get(language) or labels.get("en") or code,
            [fold(name) for name in (*short.values(), *labels.values())],
        )
        for code, short, labels in rows
    ]


def _suggested_activities(
    text: str, labels: Sequence[tuple[str, str, list[str]]] | object
) -> list[Suggestion]:
    found: dict[str, Suggestion] = {}
    wanted = fold(text)
    if wanted in _TOTALS:
        found["TOTAL"] = Suggestion("TOTAL", _("all activities"), _("the same name"))
    upper = text.strip().upper().replace(" ", "")
    candidates = [upper, upper.replace(".", ""), *_ACTIVITY_INSIDE.findall(text.upper())]
    for code in candidates:
        if code and nace.exists(code):
            spelling = spelt(ACTIVITY, code)
            name = "" if nace.is_aggregate(spelling) else nace.label(spelling)
            found.setdefault(spelling, Suggestion(spelling, name, _("the code stands in the text")))
    ranked = []
    for code, name, names in labels:  # type: ignore[attr-defined]
        if wanted in names:
            ranked.append((0, code, name, _("the same name")))
        elif len(wanted) > 3 and any(wanted in one for one in names):
            ranked.append((1, code, name, _("a name like it")))
    for _rank, code, name, reason in sorted(ranked):
        found.setdefault(code, Suggestion(code, name, reason))
    return list(found.values())[:MOST_SUGGESTIONS]


def _by_figures(frame: pl.LazyFrame, kind: str) -> list[str]:
    """The distinct texts, those with the most figures first."""
    counted = (
        frame.group_by(kind)
        .agg(figures=pl.col("value").count())
        .sort(["figures", kind], descending=[True, False])
        .collect(engine="streaming")
    )
    return [text for text in counted[kind].cast(pl.String) if text]


def _few(texts: Sequence[str]) -> list[str]:
    return list(texts) if len(texts) <= 20 else [*texts[:20], "…"]
