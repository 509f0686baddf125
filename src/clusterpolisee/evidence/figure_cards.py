"""A figure as its card tells it: every value formatted, every part a link, the comparison with today."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from clusterpolisee.classifications import queries as classifications
from clusterpolisee.evidence import category_figures
from clusterpolisee.evidence.category_definition import categories_remembered
from clusterpolisee.evidence.explanations import EXPLANATIONS, Explanation
from clusterpolisee.evidence.figure_refs import COUNTRIES, NO_ACTIVITY
from clusterpolisee.evidence.figures import Figure, FigureNotFound, FigureRef, Part, resolve
from clusterpolisee.evidence.models import CategoryDefinition, Citation, DatasetVersion
from clusterpolisee.evidence.wording_states import flag_words, state_words
from clusterpolisee.regions import queries as regions
from clusterpolisee.regions.country_names import names_of_countries
from clusterpolisee.shell.languages import format_date, format_number, format_percent, pick

# Measures that could be taken of any indicator, so that the title has to say of which.
_OF_AN_INDICATOR = ("observation", "growth", "rank", "median", "derived")


@dataclass(frozen=True)
class Line:
    name: str
    text: str
    address: str = ""
    origin: str = ""


@dataclass(frozen=True)
class Card:
    """What the template shows."""

    figure: Figure
    title: str
    value: str
    explanation: Explanation
    lines: tuple[Line, ...]
    territory: str
    flag: tuple[str, ...]
    cite_address: str
    page_address: str
    embed_address: str
    formula: str
    formula_words: str

    @property
    def region_address(self) -> str:
        """Where the place has a page; countries together have none, nor has one that is on no map of ours."""
        ref = self.figure.ref
        if ref.nuts not in regions.vintages_of(ref.region):
            return ""
        return f"{reverse('evidence:region', args=[ref.region])}?nuts={ref.nuts}"


def value_text(value: float | None, unit: str, decimals: int, state: str = "reported") -> str:
    """A value with its unit, as the language writes it; what is unknown is said in words."""
    if value is None:
        return state_words(state)
    if unit == "%":
        return format_percent(value, decimals=decimals, of=100)
    number = format_number(value, decimals=decimals)
    return f"{number} {unit}".strip()


def words_of_value(value: float | None, unit: str, decimals: int, state: str, at_least: float | None) -> str:
    """The same of a figure that may have a lower bound only: that is said, and is not the value."""
    if value is not None or at_least is None:
        return value_text(value, unit, decimals, state)
    return _("%(state)s as a whole; at least %(bound)s") % {
        "state": state_words(state),
        "bound": value_text(at_least, unit, decimals),
    }


def _said_of(figure: Figure) -> str:
    return words_of_value(figure.value, figure.unit, figure.decimals, figure.state, figure.at_least)


def title_of(figure: Figure) -> str:
    """Location quotient · Clothing (C14) · Severozapaden (BG31) · 2015."""
    ref = figure.ref
    parts = [str(figure.explanation.name)]
    if ref.measure in _OF_AN_INDICATOR:
        parts.append(figure.indicator.name)
    if ref.measure in ("observation", "derived"):
        del parts[0]  # the indicator's own name says it all
    if figure.category is not None:
        parts.append(figure.category.name)
    elif ref.activity and ref.activity != figure.indicator.activity:
        parts.append(f"{classifications.label(ref.activity, _language(), short=True)} ({ref.activity})")
    if ref.region != COUNTRIES:
        parts.append(f"{_region_name(ref)} ({ref.region})")
    elif ref.measure != "category-sum":  # whose own name says it
        parts.append(_("countries together"))
    parts.append(ref.years.replace("-", "–"))
    return " · ".join(parts)


def card_of(figure: Figure) -> Card:
    ref = figure.ref
    place = [ref.measure, ref.indicator, ref.region, ref.activity or NO_ACTIVITY, ref.years]
    return Card(
        figure=figure,
        title=title_of(figure),
        value=_said_of(figure),
        explanation=figure.explanation,
        lines=tuple(_line(part) for part in figure.parts),
        territory=_territory(ref, figure),
        flag=flag_words(figure.flag),
        cite_address=reverse("evidence:cite", args=place),
        page_address=ref.address(),
        embed_address=reverse("evidence:embed_figure_how", args=place),
        formula=figure.details.get("formula") or figure.explanation.formula,
        formula_words=figure.words or figure.details.get("words", {}).get(_language(), ""),
    )


def _line(part: Part) -> Line:
    return Line(
        part.name,
        value_text(part.value, part.unit, part.decimals, part.state),
        part.ref.address() if part.ref else "",
        part.origin,
    )


def _territory(ref: FigureRef, figure: Figure) -> str:
    declared = figure.version.nuts_declared
    if declared == ref.nuts:
        return _("NUTS %(vintage)s") % {"vintage": declared}
    return _("NUTS %(vintage)s; the boundaries of %(region)s are the same in NUTS %(asked)s") % {
        "vintage": declared,
        "region": ref.region,
        "asked": ref.nuts,
    }


@dataclass(frozen=True)
class Frozen:
    """What a citation keeps in words, by language: the statement, and what stands beside it."""

    statements: dict[str, str]
    words: dict[str, dict[str, Any]]


def in_every_language(ref: FigureRef, languages: list[str]) -> Frozen:
    """The figure as each language says it: its units and its parts have names too."""
    said, words = {}, {}
    with categories_remembered():
        for language in languages:
            with override(language):
                figure = resolve(ref)
                card = card_of(figure)
                said[language] = f"{card.title}: {card.value}"
                words[language] = {
                    "unit": figure.unit,
                    "coverage": figure.coverage,
                    "parts": parts_record(figure),
                    "formula_words": figure.words,
                }
    return Frozen(said, words)


@dataclass(frozen=True)
class Comparison:
    """What the newest version says about a cited figure, and what a category says that was changed since."""

    is_same: bool
    text: str
    version: int | None
    address: str
    definition: CategoryDefinition | None = None  # as it is now, where the cited one counts otherwise
    by_cited_definition: str = ""  # what the newest version says by the cited one

    @property
    def sentence(self) -> str:
        told = {"number": self.version, "value": self.text}
        if self.version is None:
            return _("The newest version no longer has this figure:") + f" {self.text}"
        if self.is_same:
            return _("The newest version (%(number)s) gives the same value.") % told
        if self.definition is None:
            return _("The newest version (%(number)s) says %(value)s.") % told
        told |= {"revision": self.definition.revision, "cited": self.by_cited_definition}
        if self.by_cited_definition:
            return (
                _(
                    "The newest version (%(number)s) says %(cited)s by the parts and weights of the citation, and "
                    "%(value)s by those the category has now (revision %(revision)s)."
                )
                % told
            )
        return (
            _(
                "The category has other parts or weights now (revision %(revision)s); by them the newest "
                "version (%(number)s) says %(value)s."
            )
            % told
        )


def compared_with_newest(citation: Citation) -> Comparison:
    """Resolve the cited figure again from the newest version; gone is an answer too."""
    ref = FigureRef(**citation.reference)
    try:
        figure = resolve(ref)
        cited, now = citation.category, figure.category
        is_redefined = cited is not None and now is not None and not cited.counts_like(now)
        by_cited = _resolved_by(cited, ref, figure) if cited is not None and is_redefined else figure
    except FigureNotFound as missing:
        return Comparison(False, str(missing), None, "")
    return Comparison(
        _says_the_same(figure, citation),
        _said_of(figure),
        figure.version.number,
        ref.address(),
        now if is_redefined else None,
        "" if _says_the_same(by_cited, citation) else _said_of(by_cited),
    )


def _resolved_by(definition: CategoryDefinition, ref: FigureRef, figure: Figure) -> Figure:
    """The figure as the newest version has it by another definition of its category."""
    return category_figures.figure(ref, figure.indicator, figure.version, definition)  # type: ignore[arg-type]


def _says_the_same(figure: Figure, citation: Citation) -> bool:
    """The last digits of binary fractions are no news: a sum over more columns may round otherwise."""
    pairs = ((figure.value, citation.value), (figure.at_least, citation.at_least))
    return figure.state == citation.state and all(
        one == other or (one is not None and other is not None and math.isclose(one, other, rel_tol=1e-12))
        for one, other in pairs
    )


def _region_name(ref: FigureRef) -> str:
    try:
        return regions.region(ref.region, ref.nuts).name(_language())
    except regions.RegionNotFound:
        return names_of_countries([ref.region], _language())[ref.region]


def _language() -> str:
    return get_language() or "en"


def parts_record(figure: Figure) -> list[dict[str, Any]]:
    """The parts as a citation keeps them."""
    return [
        {
            "name": part.name,
            "value": part.value,
            "unit": part.unit,
            "decimals": part.decimals,
            "ref": part.ref.as_record() if part.ref else None,
            "origin": part.origin,
            "state": part.state,
            "weight": part.weight,
        }
        for part in figure.parts
    ]


@dataclass(frozen=True)
class FrozenCard:
    """A citation in words, from what was kept with it and nothing else."""

    statement: str
    formula: str
    formula_words: str
    lines: tuple[Line, ...]
    quote: str
    coverage: str
    value: str
    method: str
    category: CategoryDefinition | None


def said_of_citation(citation: Citation) -> str:
    """The frozen value with its unit, in the reader's language."""
    unit = citation.told(_language())["unit"]
    return words_of_value(citation.value, unit, citation.decimals, citation.state, citation.at_least)


def frozen_card(citation: Citation) -> FrozenCard:
    """Read a citation back; the numbers are the frozen ones, only their spelling follows the reader's language."""
    explanation, told = EXPLANATIONS.get(citation.measure), citation.told(_language())
    lines = tuple(
        Line(
            part["name"],
            value_text(part["value"], part["unit"], part["decimals"], part.get("state", "not_published")),
            origin=part.get("origin", ""),
        )
        for part in told["parts"]
    )
    statement = citation.statement(_language())
    quote = _("%(statement)s. Source: %(sources)s. %(address)s (cited on %(cited)s)") % {
        "statement": statement,
        "sources": "; ".join(source_words(version) for version in citation.versions),
        "address": citation.permanent_address,
        "cited": format_date(citation.cited_at.date()),
    }
    formula = citation.details.get("formula") or (explanation.formula if explanation else "")
    words = told.get("formula_words") or pick(citation.details.get("words", {}))
    return FrozenCard(
        statement=statement,
        formula=formula,
        formula_words=words,
        lines=lines,
        quote=quote,
        coverage=told["coverage"],
        value=said_of_citation(citation),
        method=explanation.page if explanation else citation.measure,
        category=citation.category,
    )


def source_words(version: DatasetVersion) -> str:
    """Eurostat, table lfst_r_lfe2en2, retrieved on 14 September 2026, NUTS 2013."""
    return _("%(publisher)s, table %(table)s, retrieved on %(retrieved)s, NUTS %(nuts)s") % {
        "publisher": version.dataset.publisher_name,
        "table": version.dataset.code,
        "retrieved": format_date(version.retrieved_on),
        "nuts": version.nuts_declared,
    }
