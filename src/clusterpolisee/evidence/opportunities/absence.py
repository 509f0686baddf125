"""Why there are no options for a region, and where to go instead."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext

from clusterpolisee.evidence.engine.space import LEVEL, ActivitySpace
from clusterpolisee.regions import queries as regions
from clusterpolisee.regions.models import Region


class Why(StrEnum):
    """Why a region stands in no space."""

    NO_TABLE = "no-table"  # nothing is loaded that a space could be made of
    WIDER = "wider"  # a country or a group of regions: its parts have options
    NARROWER = "narrower"  # a part of a region that has
    OTHER_BORDERS = "other-borders"  # the table has the land, under older borders
    NOT_IN_TABLE = "not-in-table"


@dataclass(frozen=True)
class Absence:
    """instead: regions whose pages of options can be opened."""

    why: Why
    instead: tuple[Region, ...] = ()
    older: tuple[Region, ...] = ()
    vintage: int = 0


def absence_of(space: ActivitySpace | None, region: Region) -> Absence:
    if space is None:
        return Absence(Why.NO_TABLE)
    if region.level < LEVEL:
        parts = regions.regions_of(region.country, LEVEL, region.vintage)
        within = tuple(
            part for part in parts if part.code.startswith(region.code) and space.row(part) is not None
        )
        if within:
            return Absence(Why.WIDER, instead=within)
        return Absence(Why.NOT_IN_TABLE)
    if region.level > LEVEL:
        above = tuple(one for one in regions.ancestors_of(region) if space.row(one) is not None)
        return Absence(Why.NARROWER, instead=above) if above else Absence(Why.NOT_IN_TABLE)
    vintage = space.table.nuts_vintage
    older = tuple(one for one in regions.predecessors_of(region, vintage) if one.code in space.regions)
    if older or region.code in space.regions:
        return Absence(Why.OTHER_BORDERS, older=older, vintage=vintage)
    return Absence(Why.NOT_IN_TABLE)


def in_words(absence: Absence, region: str, space: ActivitySpace | None) -> list[str]:
    """What is so, and what would be needed."""
    if absence.why is Why.NO_TABLE or space is None:
        return [
            gettext(
                "No table that is loaded here counts jobs by division of activity for regions and for countries."
            ),
            gettext("With one, this page says what %(region)s could become good at.") % {"region": region},
        ]
    needed = gettext(
        "Needed is a table of jobs by division of NACE for the region, and for the countries it is compared with: one year is enough."
    )
    if absence.why is Why.WIDER:
        return [gettext("Options are reckoned for the regions of NUTS 2. Choose one:")]
    if absence.why is Why.NARROWER:
        return [
            gettext(
                "Options are reckoned for the regions of NUTS 2. This is the one that %(region)s belongs to:"
            )
            % {"region": region}
        ]
    if absence.why is Why.OTHER_BORDERS:
        codes = ", ".join(one.code for one in absence.older) or "–"
        return [
            gettext(
                "The table of %(year)s draws regions as NUTS %(vintage)s did and has the land of %(region)s under other borders (%(codes)s). Their figures are not those of this region."
            )
            % {"year": space.year, "vintage": absence.vintage, "region": region, "codes": codes},
            needed,
        ]
    return [
        gettext(
            "The table of jobs by activity that is in use (%(table)s, %(year)s) does not have %(region)s."
        )
        % {"table": space.version.dataset.code, "year": space.year, "region": region},
        needed,
    ]
