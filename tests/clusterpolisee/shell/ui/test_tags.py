"""Tags and filters that every template has at hand."""

from __future__ import annotations

import math
from datetime import date

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.translation import override

NO_BREAK = "\u00a0"


def written(template: str, language: str = "bg", **values: object) -> str:
    with override(language):
        return Template(template).render(Context(values))


@pytest.mark.parametrize(
    ("template", "value", "text"),
    [
        ("{{ x|number }}", 280400, f"280{NO_BREAK}400"),
        ("{{ x|number:1 }}", 16.04, "16,0"),
        ("{{ x|percent:1 }}", 0.041, f"4,1{NO_BREAK}%"),
        ("{{ x|per_hundred:0 }}", 4.1, f"4{NO_BREAK}%"),
        ("{{ x|year }}", 2015, f"2015{NO_BREAK}г."),
        ("{{ 2008|year_span:x }}", 2015, f"2008–2015{NO_BREAK}г."),
        ("{{ x|picked }}", {"bg": "Видин", "en": "Vidin"}, "Видин"),
        ("{{ x|number:1 }}", None, ""),
        ("{{ x|percent }}", math.nan, ""),
        ("{{ x|day }}", None, ""),
    ],
)
def test_filters_write_in_the_readers_language_and_nothing_for_nothing(
    template: str, value: object, text: str
) -> None:
    assert written(template, x=value) == text


def test_a_day_is_written_out() -> None:
    assert written("{{ x|day }}", "en", x=date(2026, 9, 14)) == "14 September 2026"


def test_the_switch_keeps_the_query() -> None:
    request = RequestFactory().get("/bg/regions/BG31/?nuts=2013")
    assert written("{% switch_language_url 'en' %}", request=request) == "/en/regions/BG31/?nuts=2013"


@pytest.mark.parametrize(
    ("value", "width"), [(4.0, "25.0"), (16.0, "100.0"), (20.0, "100.0"), (0.0, "0.0"), (None, "0.0")]
)
def test_a_bar_is_as_long_as_its_share_of_the_longest_in_every_language(
    value: float | None, width: str
) -> None:
    assert f'width="{width}"' in written("{% bar x 16 %}", x=value)


def test_four_kinds_of_nothing_look_and_read_differently() -> None:
    marks = [
        written('{% include "ui/_state.html" %}', "en", state=state)
        for state in ("not_published", "confidential", "estimated", "not_applicable")
    ]
    assert len({mark.split('class="', 1)[1].split('"', 1)[0] for mark in marks}) == 4
    assert len({mark.split(">", 1)[1] for mark in marks}) == 4
    assert "not zero" in marks[0]
