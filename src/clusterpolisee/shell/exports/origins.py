"""How an origin is told: as facts with machine keys, and as one sentence for people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext

from clusterpolisee.shell.exports.tables import Origin, one_line
from clusterpolisee.shell.languages.formats import format_date


def facts(origin: Origin) -> list[tuple[str, str]]:
    """What is known about an origin, as (machine key, text on one line). The unknown is left out."""
    told = [
        ("source", origin.source),
        ("table", origin.table),
        ("table_address", origin.table_url),
        ("version", origin.dataset_version),
        ("nuts_vintage", origin.nuts_vintage),
        ("retrieved", origin.retrieved_on.isoformat()),
        ("licence", origin.licence),
        ("licence_address", origin.licence_url),
        ("formula", origin.formula),
        ("permanent_address", origin.address),
    ]
    return [(key, one_line(text)) for key, text in told if text not in (None, "")]


def all_facts(origins: Iterable[Origin]) -> list[tuple[str, str]]:
    """The facts of several origins in one list; each “source” begins the next one."""
    return [fact for origin in origins for fact in facts(origin)]


def source_sentence(origins: Sequence[Origin]) -> str:
    """The origins as people write them under a picture, in the active language."""
    return " ".join(_sentence(origin) for origin in origins)


def _sentence(origin: Origin) -> str:
    parts = [gettext("Source: %(source)s") % {"source": one_line(origin.source)}]
    if origin.table:
        parts.append(gettext("table %(table)s") % {"table": origin.table})
    if origin.dataset_version not in (None, ""):
        parts.append(gettext("version %(version)s") % {"version": origin.dataset_version})
    if origin.nuts_vintage:
        parts.append(f"NUTS {origin.nuts_vintage}")
    parts.append(gettext("retrieved on %(date)s") % {"date": format_date(origin.retrieved_on)})
    if origin.licence:
        parts.append(one_line(origin.licence))
    return ", ".join(parts) + "."
