"""Why there is no specialisation where a table in use has a region, but no country to compare it with."""

from __future__ import annotations

from django.urls import reverse
from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from clusterpolisee.evidence import structure
from clusterpolisee.evidence.models import DatasetVersion, Indicator


def why_no_comparison(
    version: DatasetVersion, indicator: Indicator, year: int, *, level: int
) -> SafeString | None:
    """What is missing and what to bring; None where the table has countries, or nothing of this level."""
    if not structure.lacks_countries(version, indicator, year, level=level):
        return None
    return format_html(
        _(
            "No specialisation can be told for {year}: the table {table} that is in use has regions but no "
            "countries, and shares of regions are compared with those of the countries together. Bring a file "
            "of the table that has rows for countries too (codes of two letters, such as BG); {how}."
        ),
        year=year,
        table=format_html(
            '<a href="{}">{}</a>',
            reverse("evidence:data_set", args=[version.dataset.code]),
            version.dataset.code,
        ),
        how=format_html(
            '<a href="{}">{}</a>', reverse("evidence:data_bring"), _("this is how they are brought here")
        ),
    )


def said_plainly(sentence: SafeString) -> str:
    """The same where no link can stand."""
    return strip_tags(sentence)
