"""How the evidence templates write figures, sources and names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from clusterpolisee.evidence import wording
from clusterpolisee.evidence.activity_page import ActivityPage
from clusterpolisee.evidence.comparison_page import ComparisonPage
from clusterpolisee.evidence.derived import remark_in_words
from clusterpolisee.evidence.import_forms import CONVERSION_WORDS
from clusterpolisee.evidence.importing.mapping import role_name
from clusterpolisee.evidence.indicator_figures import Cover, DerivedFigures, IndicatorFigures
from clusterpolisee.evidence.indicator_page import IndicatorPage
from clusterpolisee.evidence.indicator_sentences import written
from clusterpolisee.evidence.models import Citation, DatasetVersion, DerivedVersion, Indicator
from clusterpolisee.evidence.parts import PageWithParts
from clusterpolisee.evidence.profile import ActivityRow
from clusterpolisee.evidence.region_page import RegionPage
from clusterpolisee.evidence.sentences import link
from clusterpolisee.evidence.wording_states import flag_words, state_words
from clusterpolisee.regions.models import Region
from clusterpolisee.shell.languages import format_date, format_number, format_percent

register = template.Library()


@register.filter
def named(region: Region) -> str:
    """The region's name in the reader's language."""
    return region.name(get_language() or "en")


@register.filter
def statement(citation: Citation) -> str:
    return citation.statement(get_language())


@register.filter
def role_words(role: str) -> str:
    """What a column of a file holds."""
    return role_name(role)


@register.filter
def conversion_words(said: Mapping[str, str]) -> str:
    """How figures were carried to another vintage of NUTS."""
    parts = [str(dict(choices).get(said.get(key, ""), "")) for key, choices in CONVERSION_WORDS.items()]
    return "; ".join(filter(None, parts))


@register.filter
def reason_words(reason: str) -> str:
    """Why a row was set aside."""
    return wording.reason_words(reason)


@register.filter
def flag_sentence(flag: str) -> str:
    return "; ".join(flag_words(flag))


@register.filter
def signed(value: float | None, decimals: int = 0) -> str:
    """+1,200 or −300: a change always shows its sign."""
    if value is None:
        return ""
    text = format_number(value, decimals=decimals)
    return f"+{text}" if value > 0 else text


@register.filter
def signed_percent(value: float, decimals: int = 0) -> str:
    """+4.1% or, in Bulgarian, −4,1 %; the value counts in hundredths."""
    text = format_percent(value, decimals=decimals, of=100)
    return f"+{text}" if value > 0 else text


@register.filter
def unit_after(indicator: Indicator | DerivedVersion) -> str:
    """The unit behind the full name of an indicator, unless the name says it."""
    return "" if indicator.unit.lower() in indicator.name.lower() else indicator.unit


@register.simple_tag
def region_url(page: RegionPage, region: Region) -> str:
    return page.address_of(region.code, region.vintage)


@register.simple_tag
def activity_name(page: RegionPage | ActivityPage | ComparisonPage, code: str) -> str:
    return page.activity_name(code)


@register.filter
def without(page: ComparisonPage, region: Region) -> str:
    """The address of a comparison without one of its regions."""
    return page.without(region)


@register.simple_tag
def short_name(names: Mapping[str, str], code: str) -> str:
    return names.get(code, code)


@register.simple_tag
def figure(row: Any, measure: str, value: float, decimals: int, unit: str = "") -> SafeString:
    """A number that opens its card."""
    return link(row.figure(measure), _written(value, decimals, unit))


@register.simple_tag
def cell_figure(ref: Any, cell: Any, decimals: int, unit: str = "") -> SafeString:
    """An observed cell: its number with flag, or the words for why there is none."""
    if cell.value is None:
        return _state_mark(cell.state)
    marks = (
        format_html(' <abbr class="flag" title="{}">{}</abbr>', flag_sentence(cell.flag), cell.flag)
        if cell.flag
        else ""
    )
    shown = unit if unit == "%" else ""
    text = link(ref, _written(cell.value, decimals, shown))
    if cell.state == "estimated":
        text = format_html('<span class="estimated">≈ {}</span>', text)
    return format_html("{}{}", text, marks)


@register.simple_tag
def place_figure(page: RegionPage, place: Any) -> SafeString:
    """The quotient of one region of the map's table."""
    return link(page.place_ref(place.code), format_number(place.value, decimals=1))


@register.simple_tag
def year_figure(page: IndicatorPage, code: str, year: int, value: float) -> SafeString:
    """The value of one region in one year of an indicator's page."""
    return link(page.ref(code, year), written(page, value))


@register.simple_tag
def stars(row: ActivityRow) -> SafeString:
    """★★☆, said in words, opening the card that says which were earned and why."""
    count = row.stars.count or 0
    spoken = _("%(count)s of 3 stars") % {"count": count}
    return format_html(
        '<a class="stars" href="{}" aria-label="{}">{}<i>{}</i></a>',
        row.figure("stars").address(),
        spoken,
        "★" * count,
        "★" * (3 - count),
    )


@register.simple_tag
def source_line(version: DatasetVersion) -> SafeString:
    """Eurostat lfst_r_lfe2en2, version 1 of 14 September 2026 · NUTS 2013."""
    return format_html(
        '{publisher} <a href="{address}">{code}</a>, {words} · NUTS {nuts}',
        publisher=version.dataset.publisher_name,
        address=reverse("evidence:data_set", args=[version.dataset.code]),
        code=version.dataset.code,
        words=_("version %(number)s, retrieved on %(date)s")
        % {"number": version.number, "date": format_date(version.retrieved_on)},
        nuts=version.nuts_declared,
    )


@register.simple_tag
def source_list(versions: list[DatasetVersion]) -> SafeString:
    """Several tables in one line: publisher once, then each table with its version and date."""
    publishers = dict.fromkeys(version.dataset.publisher_name for version in versions)
    tables = format_html_join(
        ", ",
        '<a href="{}">{}</a> ({})',
        (
            (
                reverse("evidence:data_set", args=[version.dataset.code]),
                version.dataset.code,
                _("version %(number)s, %(date)s")
                % {"number": version.number, "date": format_date(version.retrieved_on, form="medium")},
            )
            for version in versions
        ),
    )
    return format_html("{}: {}", ", ".join(publishers), tables)


@register.simple_tag
def source_of(page: IndicatorPage) -> SafeString:
    """The table of an indicator, or all the tables a derived one is made from."""
    versions = list(page.versions)
    return source_list(versions) if len(versions) > 1 else source_line(versions[0])


@register.simple_tag
def remark(figures: IndicatorFigures, cover: Cover | None, year: int | None) -> SafeString | str:
    """What is missing of a derived value, below the name of its row; nothing where all is known."""
    if not isinstance(figures, DerivedFigures) or cover is None or year is None:
        return ""
    said = remark_in_words(figures.defined, cover, year)
    return format_html('<br><span class="src">{}</span>', said) if said else ""


@register.inclusion_tag("evidence/_buttons.html")
def part_buttons(page: PageWithParts, part: str) -> Mapping[str, Any]:
    return {"buttons": page.buttons(part)}


@register.simple_tag
def overview_figure(overview: Any, place: Any) -> SafeString:
    """The value of one region of the front door's map."""
    if place.value is None:
        return _state_mark(place.state)
    return link(overview.ref(place.code), format_number(place.value, decimals=overview.indicator.decimals))


def _written(value: float, decimals: int, unit: str) -> str:
    return (
        format_percent(value, decimals=decimals, of=100)
        if unit == "%"
        else format_number(value, decimals=decimals)
    )


def _state_mark(state: str) -> SafeString:
    return format_html('<span class="state state-{}">{}</span>', state.replace("_", "-"), state_words(state))
