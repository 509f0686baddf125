"""Tags and filters at hand in every template, without loading."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django import template
from django.http import HttpRequest

from clusterpolisee.shell import languages
from clusterpolisee.shell.ui.addresses import in_language

register = template.Library()


@register.filter
def number(value: float | None, decimals: int | None = None) -> str:
    """{{ jobs|number }}, {{ quotient|number:1 }}. Nothing for no figure: use ui/_state.html to say which nothing."""
    return languages.format_number(value, decimals=decimals) if languages.is_number(value) else ""


@register.filter
def percent(value: float | None, decimals: int = 1) -> str:
    """{{ share|percent:1 }}: 0.041 → 4.1%."""
    return languages.format_percent(value, decimals=decimals) if languages.is_number(value) else ""


@register.filter
def per_hundred(value: float | None, decimals: int = 1) -> str:
    """{{ rate|per_hundred:1 }}: 4.1, already counted in hundredths → 4.1%."""
    return languages.format_percent(value, decimals=decimals, of=100) if languages.is_number(value) else ""


@register.filter
def day(value: date | None, form: str = "long") -> str:
    """{{ retrieved_on|day }}: 14 September 2026."""
    return languages.format_date(value, form=form) if value else ""


@register.filter
def year(value: int | None) -> str:
    """{{ 2015|year }}: 2015, in Bulgarian 2015 г."""
    return languages.format_year(value) if value else ""


@register.filter
def year_span(first: int, last: int) -> str:
    """{{ first|year_span:last }}: 2008–2015."""
    return languages.format_year_span(first, last)


@register.filter
def picked(labels: Mapping[str, str]) -> str:
    """{{ region.names|picked }}: the name in the reader's language."""
    return languages.pick(labels)


@register.simple_tag(takes_context=True)
def switch_language_url(context: template.Context, language: str) -> str:
    """This very page, query included, in the other language."""
    request: HttpRequest | None = context.get("request")
    if request is None:
        return f"/{language}/"
    return in_language(request.get_full_path(), language)


@register.inclusion_tag("ui/_bar.html")
def bar(value: float | None, longest: float, is_marked: bool = False) -> dict[str, object]:
    """<td class="bar">{% bar row.quotient longest %}</td>: length beside a number; nothing is drawn for no figure."""
    share = value / longest if value is not None and longest > 0 else 0
    width = f"{100 * min(max(share, 0), 1):.1f}"  # as text: templates would write 62,5 in Bulgarian
    return {"width": width, "is_marked": is_marked}
