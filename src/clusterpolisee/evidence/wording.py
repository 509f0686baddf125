"""Reports, obstacles and deeds in words, in the language of the reader. The sentences stand in `finding_words`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clusterpolisee.evidence.finding_words import DEEDS, KINDS, LACKING, OBSTACLES, REASONS
from clusterpolisee.shell.languages import format_number, format_year_span

LINES_KEPT = 20  # more line numbers than anybody would look up


class Finding(Protocol):
    """What a sentence needs of a finding (`report.Finding`)."""

    @property
    def kind(self) -> str: ...
    @property
    def count(self) -> int: ...
    @property
    def lines(self) -> Sequence[int]: ...
    @property
    def params(self) -> Mapping[str, Any]: ...


class Report(Protocol):
    """What the sentences need of a report (`report.ImportReport`)."""

    dataset: str
    file_name: str
    rows: int
    with_value: int
    zeros: int
    states: dict[str, int]
    flags: dict[str, int]
    years: list[int]
    regions: int
    nuts_declared: int
    compared_with: int | None
    new: int
    revised: int
    vanished: int
    unchanged: int
    revisions: list[Any]
    findings: list[Any]


_VERBATIM = {
    "year",
    "version",
    "vintage",
    "declared",
    "line",
    "other_line",
    "position",
}  # numbers that are names


def obstacle(slug: str, params: Mapping[str, Any]) -> str:
    """Why a file cannot be read, in the active language; empty for an obstacle nobody has worded yet."""
    if slug not in OBSTACLES:
        return ""
    spoken = {key: _spoken(key, value) for key, value in params.items()}
    if "lacking" in spoken:
        spoken["lacking"] = str(LACKING.get(spoken["lacking"], spoken["lacking"]))
    return str(OBSTACLES[slug] % spoken)


def reason_words(reason: str) -> str:
    """Why a row was set aside, in the active language; the file beside a version says it in English."""
    for marker, words in REASONS.items():
        if marker in reason:
            return str(words)
    return reason


def deed_words(verb: str) -> str:
    """A deed on a version, in the active language."""
    return str(DEEDS.get(verb, verb))


def sentence(finding: Finding) -> str:
    """One finding in the active language."""
    text = KINDS.get(finding.kind)
    params = {key: _spoken(key, value) for key, value in finding.params.items()}
    if text is None:
        text, params["slug"] = KINDS["other"], finding.kind
    where = _where(finding.lines, finding.count)
    return str(text % {"count": finding.count, "n": format_number(finding.count), "where": where, **params})


def sentences(report: Report, language: str | None = None) -> list[str]:
    """The report from the general to the particular, in this language or the active one."""
    with translation.override(language or translation.get_language() or "en"):
        return [*summary(report), *(sentence(finding) for finding in report.findings)]


def summary(report: Report) -> list[str]:
    """What the file holds and changes, in the active language, without the findings."""
    said = [_contents(report), *_states(report), _comparison(report)]
    if report.revisions:
        said.append(_("The largest revisions: %(list)s.") % {"list": _revisions(report.revisions)})
    return said


def _contents(report: Report) -> str:
    years = format_year_span(report.years[0], report.years[-1]) if report.years else "–"
    return ngettext(
        "“%(name)s” holds %(n)s cell of the table %(table)s, years %(years)s, %(regions)s regions in NUTS %(nuts)s.",
        "“%(name)s” holds %(n)s cells of the table %(table)s, years %(years)s, %(regions)s regions in NUTS %(nuts)s.",
        report.rows,
    ) % {
        "name": report.file_name,
        "n": format_number(report.rows),
        "table": report.dataset,
        "years": years,
        "regions": format_number(report.regions),
        "nuts": report.nuts_declared,
    }


def _states(report: Report) -> list[str]:
    states = report.states
    said = [
        _(
            "%(value)s have a figure (%(estimated)s of them estimated, %(zeros)s of them zero); "
            "%(missing)s are not published, %(confidential)s confidential, %(senseless)s do not apply."
        )
        % {
            "value": format_number(report.with_value),
            "estimated": format_number(states.get("estimated", 0)),
            "zeros": format_number(report.zeros),
            "missing": format_number(states.get("not_published", 0)),
            "confidential": format_number(states.get("confidential", 0)),
            "senseless": format_number(states.get("not_applicable", 0)),
        }
    ]
    if report.flags:
        counted = ", ".join(f"{flag} {format_number(count)}" for flag, count in sorted(report.flags.items()))
        said.append(_("Flags of the source: %(flags)s.") % {"flags": counted})
    return said


def _comparison(report: Report) -> str:
    if report.compared_with is None:
        return _("This is the first version of the table.")
    return _(
        "Compared with version %(version)s: %(new)s new, %(revised)s revised, %(vanished)s vanished, "
        "%(unchanged)s unchanged."
    ) % {
        "version": report.compared_with,
        "new": format_number(report.new),
        "revised": format_number(report.revised),
        "vanished": format_number(report.vanished),
        "unchanged": format_number(report.unchanged),
    }


def _revisions(revisions: Sequence[Any]) -> str:
    return "; ".join(
        f"{_cell(vars(revision))}: {_figure(revision.old)} → {_figure(revision.new)}"
        for revision in revisions
    )


def _where(lines: Sequence[int], count: int) -> str:
    if not lines:
        return _("line unknown")
    listed = ", ".join(_spans(lines))
    if len(lines) == LINES_KEPT and len(lines) < count:
        return _("lines %(lines)s and more") % {"lines": listed}
    return ngettext("line %(lines)s", "lines %(lines)s", len(lines)) % {"lines": listed}


def _spans(lines: Sequence[int]) -> Iterator[str]:
    """2, 3, 4, 7 → “2–4”, “7”."""
    first = last = lines[0]
    for line in [*lines[1:], 0]:
        if line == last + 1:
            last = line
            continue
        yield str(first) if first == last else f"{first}–{last}"
        first = last = line


def _spoken(key: str, value: Any) -> str:
    if key == "examples":
        return "; ".join(_example(example) for example in value)
    if isinstance(value, list | tuple):
        return ", ".join(str(one) for one in value)
    if isinstance(value, int | float) and key not in _VERBATIM:
        return format_number(value)
    return str(value)


def _example(example: Mapping[str, Any]) -> str:
    """“BG31 C10 2015: 120 → 1,200”; an example has a cell and one or more figures."""
    between = f" {example.get('between', '→')} "
    return f"{_cell(example)}: {between.join(_figure(value) for value in example['values'])}"


def _cell(cell: Mapping[str, Any]) -> str:
    named = [str(cell[key]) for key in ("region", "activity", "year") if cell.get(key)]
    return " ".join(named)


def _figure(value: float | None) -> str:
    return "–" if value is None else format_number(value)
