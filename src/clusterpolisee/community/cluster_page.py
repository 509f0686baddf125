"""What the page of a cluster organisation says: its sentence, its statements with their sources, its deeds in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from clusterpolisee.classifications import queries as classifications
from clusterpolisee.community.models import Cluster
from clusterpolisee.community.records import STATEMENTS
from clusterpolisee.regions import queries as regions
from clusterpolisee.shell.languages import format_date, format_number


@dataclass(frozen=True)
class Origin:
    """Where a statement is known from, and of which day it is true."""

    source: str
    day: date | None
    is_address: bool


@dataclass(frozen=True)
class Member:
    label: str
    count: int


class ClusterPage:
    """One cluster in the active language."""

    def __init__(self, cluster: Cluster, *, year: int) -> None:
        self.cluster, self.year = cluster, year

    @cached_property
    def place(self) -> str:
        return self.cluster.region.name(get_language() or "en")

    @property
    def name_language(self) -> str:
        return _language_of(self.cluster.names, self.cluster.name)

    @property
    def description_language(self) -> str:
        return _language_of(self.cluster.descriptions, self.cluster.description)

    @property
    def services_language(self) -> str:
        return _language_of(self.cluster.services, self.cluster.services_text)

    @cached_property
    def country(self) -> str:
        found = {one.code: one for one in regions.countries()}.get(self.cluster.region.country)
        return found.name(get_language() or "en") if found else self.cluster.region.country

    @property
    def answer(self) -> str:
        """The organisation in one or two sentences."""
        parts = {"place": self.place, "founded": self.cluster.founded}
        if self.cluster.founded:
            said = [_("A cluster organisation in %(place)s, founded in %(founded)s.") % parts]
        else:
            said = [_("A cluster organisation in %(place)s.") % parts]
        if self.cluster.members_total is not None and self.cluster.members_on:
            text = ngettext(
                "It had %(count)s member on %(day)s.",
                "It had %(count)s members on %(day)s.",
                self.cluster.members_total,
            )
            count = format_number(self.cluster.members_total)
            said.append(text % {"count": count, "day": format_date(self.cluster.members_on)})
        return " ".join(said)

    @property
    def members(self) -> list[Member]:
        """The kinds of members that are known; what is not known is left out, and zero is shown."""
        kinds = ("total", "companies", "smes", "research", "public")
        fields = {kind: Cluster._meta.get_field(f"members_{kind}") for kind in kinds}
        return [
            Member(capfirst(str(field.verbose_name)), count)  # type: ignore[union-attr]
            for kind, field in fields.items()
            if (count := getattr(self.cluster, f"members_{kind}")) is not None
        ]

    @property
    def label_is_over(self) -> bool:
        return self.cluster.label_is_over(self.year)

    @cached_property
    def activities(self) -> list[tuple[str, str]]:
        names = classifications.short_names(get_language() or "en") if self.cluster.activities.all() else {}
        return [(one.code, names.get(one.code, one.code)) for one in self.cluster.activities.all()]

    @property
    def has_activities(self) -> bool:
        return bool(
            self.activities
            or self.cluster.categories.all()
            or self.cluster.services_text
            or self.cluster.description
        )

    @property
    def other_names(self) -> list[tuple[str, str]]:
        """The names in other languages than the one shown."""
        return [(code, name) for code, name in self.cluster.names.items() if name != self.cluster.name]

    @cached_property
    def origins(self) -> dict[str, Origin]:
        """Every statement's source; where it names none, that of the organisation speaks for it."""
        return {group: self._origin(group) for group in STATEMENTS}

    def _origin(self, group: str) -> Origin:
        general = self.cluster.statements.get("organisation", {})
        said = self.cluster.statements.get(group, {})
        source = said.get("source") or general.get("source", "")
        day = said.get("date") or general.get("date", "")
        return Origin(
            source, date.fromisoformat(day) if day else None, source.startswith(("https://", "http://"))
        )


def _language_of(said: Mapping[str, str], shown: str) -> str:
    """The language of the text that is shown: the reader's where it is said in it, else the one it was found in."""
    here = get_language() or "en"
    return here if said.get(here) == shown else next((code for code in said if said[code] == shown), here)


def deed_of(verb: str) -> str:
    """A deed on a cluster, in the active language."""
    return {
        "proposed": _("proposed"),
        "edited": _("edited"),
        "imported": _("imported from a file"),
        "published": _("published for everybody"),
        "archived": _("put into the archive"),
        "brought-back": _("brought back"),
    }.get(verb, verb)
