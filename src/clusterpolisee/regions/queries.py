"""Questions about places."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from clusterpolisee.regions.folding import distance, fold
from clusterpolisee.regions.models import Boundary, Region, RegionType
from clusterpolisee.shell.languages import format_percent
from regional_analytics.codes import nuts

# In reading order: the Danube region and the Balkans from the Alps to the Black Sea.
COUNTRIES = (
    "BG",
    "EL",
    "RO",
    "HR",
    "SI",
    "HU",
    "SK",
    "AT",
    "IT",
    "RS",
    "ME",
    "MK",
    "AL",
    "BA",
    "XK",
    "MD",
    "UA",
)
MOST_HITS = 40
MOST_GUESSES = 6
SHORTEST_GUESS = 4  # one wrong letter in three would make everything alike
LONG_NAME = 9


class RegionNotFound(LookupError):
    """There is no such region; the sentence says what can be tried."""

    def __init__(self, code: str, vintage: int | None = None) -> None:
        self.code, self.vintage = code, vintage
        if vintage is None:
            sentence = _(
                "There is no region with the code “%(code)s” in South East Europe. Search for it by its name."
            )
        else:
            sentence = _(
                "NUTS %(vintage)s has no region “%(code)s”. Leave the vintage out to see the newest."
            )
        super().__init__(sentence % {"code": code, "vintage": vintage})


@dataclass(frozen=True)
class Successor:
    """A region of today that has land of a withdrawn one."""

    region: Region
    change: str
    share: float

    @property
    def code(self) -> str:
        return self.region.code

    @property
    def share_text(self) -> str:
        """How much of the people went there."""
        if self.change == "recoded":
            return _("the same land under a new code")
        return _("%(share)s of its people") % {"share": format_percent(self.share, decimals=0)}


def current_vintage() -> int:
    """The newest vintage of NUTS, the one a page shows unless it is asked for another."""
    return nuts.CURRENT


def region(code: str, vintage: int | None = None) -> Region:
    """A region in a vintage, or in the newest that has the code; raises RegionNotFound."""
    found = Region.objects.filter(code=code)
    found = found.filter(vintage=vintage) if vintage is not None else found.order_by("-vintage")
    place = found.first()
    if place is None:
        raise RegionNotFound(code, vintage)
    return place


def regions_of(country: str | None, level: int, vintage: int) -> list[Region]:
    """The regions of one level, of one country or of all, countries in reading order."""
    found = Region.objects.filter(level=level, vintage=vintage)
    if country:
        found = found.filter(country=country)
    return sorted(found, key=lambda place: (_place_of_country(place.country), place.code))


def map_regions(vintage: int) -> list[Region]:
    """What a map of South East Europe shows: regions of level 2, and countries that have none below."""
    places = Region.objects.filter(level__in=(0, 2), vintage=vintage)
    ordered = sorted(places, key=lambda place: (_place_of_country(place.country), place.code))
    divided = {place.country for place in ordered if place.level == 2}
    return [place for place in ordered if place.level == 2] + [
        place for place in ordered if place.level == 0 and place.country not in divided
    ]


def countries() -> list[Region]:
    """The countries in reading order, in the newest vintage."""
    return regions_of(None, 0, current_vintage())


def children_of(place: Region) -> list[Region]:
    """The regions one level down in the same vintage."""
    return list(Region.objects.filter(parent=place).order_by("code"))


def ancestors_of(place: Region) -> list[Region]:
    """From the country down to the parent, in one query."""
    codes = [place.code[:length] for length in range(2, len(place.code))]
    return list(Region.objects.filter(code__in=codes, vintage=place.vintage).order_by("level"))


def family_of(place: Region) -> tuple[list[Region], list[Region]]:
    """From the country down to the parent, and the regions one level down: one query for both."""
    above = [place.code[:length] for length in range(2, len(place.code))]
    found = Region.objects.filter(Q(code__in=above, vintage=place.vintage) | Q(parent=place))
    ordered = sorted(found, key=lambda one: (one.level, one.code))
    return (
        [one for one in ordered if one.level < place.level],
        [one for one in ordered if one.level > place.level],
    )


def successors_of(place: Region) -> list[Successor]:
    """The regions of the newest vintage that have the land of a withdrawn one, the largest part first."""
    return _related(nuts.successors(place.code, from_=place.vintage), current_vintage())


def predecessors_of(place: Region, vintage: int) -> list[Region]:
    """The regions of an earlier vintage whose land this one has, where it did not exist itself."""
    if vintage >= place.vintage or not nuts.exists(place.code, place.vintage):
        return []
    found = nuts.predecessors(place.code, of=place.vintage, in_=vintage)
    return [one.region for one in _related(found, vintage) if one.change != "unchanged"]


def _related(found: Iterable[nuts.Flow], vintage: int) -> list[Successor]:
    wanted = {one.code: one for one in sorted(found, key=lambda one: -one.shares["population_2021"])}
    places = {place.code: place for place in Region.objects.filter(code__in=wanted, vintage=vintage)}
    return [
        Successor(places[code], one.kind, one.shares["population_2021"])
        for code, one in wanted.items()
        if code in places
    ]


def find_regions(text: str) -> list[Region]:
    """Regions by code or by a name in any language and script; each code once, in its newest vintage.

    Best first: the code itself, a name that is exactly this, one that begins so, one with a word that begins so, one
    that contains it. Of equals, today's regions before withdrawn ones and the name that says least else.
    """
    wanted, code = fold(text), nuts.normalise(re.sub(r"[\s-]+", "", text))
    if not wanted:
        return []
    like = Q(search_text__contains=wanted)
    if is_code := code.isascii() and code.isalnum() and 2 <= len(code) <= 5:
        like |= Q(code__startswith=code)
    newest = {place.code: place for place in Region.objects.filter(like).order_by("vintage")}
    if is_code and len(code) > 2 and code in newest:
        return [newest[code]]
    ranked = sorted(newest.values(), key=lambda place: _rank(place, wanted, code))
    return ranked[:MOST_HITS]


def _rank(place: Region, wanted: str, code: str) -> tuple[int, int, int, int, str]:
    """How well a region answers: the smaller, the better."""
    how, rest = 0, 0
    if place.code != code:
        names = place.search_text.strip("|").split("|")
        fits = [(_fit(name, wanted), len(name) - len(wanted)) for name in names if wanted in name]
        how, rest = min(fits, default=(5, 0))
    return how, -place.vintage, rest, place.level, place.code


def _fit(name: str, wanted: str) -> int:
    """1 the whole name, 2 its beginning, 3 the beginning of a word, 4 anywhere."""
    if name == wanted:
        return 1
    if name.startswith(wanted):
        return 2
    return 3 if f" {wanted}" in name else 4


def similar_regions(text: str) -> list[Region]:
    """Regions with a name, or a word of it, that is nearly this: for a search that found nothing.

    One letter may be wrong, missing, added or changed with its neighbour, in long names two. Of equals, those of today.
    """
    wanted = fold(text)
    if len(wanted) < SHORTEST_GUESS:
        return []
    most = 1 if len(wanted) < LONG_NAME else 2
    newest = dict(Region.objects.order_by("vintage").values_list("code", "search_text"))
    apart = {code: _apart(wanted, names, most) for code, names in newest.items()}
    nearest = min(apart.values(), default=most + 1)
    if nearest > most:
        return []
    found = {
        place.code: place
        for place in Region.objects.filter(
            code__in=[code for code, letters in apart.items() if letters == nearest]
        ).order_by("vintage")
    }
    ranked = sorted(found.values(), key=lambda place: (-place.vintage, place.level, place.code))
    return [place for place in ranked if place.vintage == ranked[0].vintage][:MOST_GUESSES]


def _apart(wanted: str, search_text: str, most: int) -> int:
    """How many letters stand between what is wanted and the nearest name, or word of a name."""
    names = search_text.strip("|").split("|")
    words = {word for name in names for word in (name, *name.split()) if len(word) >= SHORTEST_GUESS}
    return min((distance(wanted, word, most) for word in words), default=most + 1)


def boundaries(level: int, vintage: int) -> dict[str, Any]:
    """Boundaries of a level in a vintage as a GeoJSON FeatureCollection; countries without this level are whole.

    Kept for the life of the process: boundaries change with the package only. Read it, never write into it.
    """
    drawn = _drawn(level, vintage)
    if not drawn["features"]:  # asked before the seeds were loaded
        _drawn.cache_clear()
    return drawn


@lru_cache(maxsize=16)
def _drawn(level: int, vintage: int) -> dict[str, Any]:
    drawn = Boundary.objects.filter(
        first_vintage__lte=vintage, last_vintage__gte=vintage, level__in={0, level}
    ).order_by("level", "code")
    found = list(drawn)
    divided = {one.code[:2] for one in found if one.level == level}
    features = [
        {"type": "Feature", "properties": {"code": one.code}, "geometry": one.geometry}
        for one in found
        if one.level == level or one.code not in divided
    ]
    return {"type": "FeatureCollection", "features": features}


def types() -> dict[str, frozenset[str]]:
    """The types of every region that has any: code → its types in all typologies (one query)."""
    found: dict[str, set[str]] = {}
    for code, kind in RegionType.objects.values_list("code", "type"):
        found.setdefault(code, set()).add(kind)
    return {code: frozenset(kinds) for code, kinds in found.items()}


def _place_of_country(code: str) -> int:
    return COUNTRIES.index(code) if code in COUNTRIES else len(COUNTRIES)


def regions_among(*, country: str = "", level: int | None = None, vintage: int | None = None) -> list[Region]:
    """The regions of a vintage (the newest unless another is named), countries in reading order."""
    found = Region.objects.filter(vintage=vintage or current_vintage())
    if country:
        found = found.filter(country=country)
    if level is not None:
        found = found.filter(level=level)
    return sorted(found, key=lambda place: (_place_of_country(place.country), place.code))


def names_of(codes: Iterable[str], language: str) -> dict[str, str]:
    """Code → name for a reader, each from the newest vintage that has the code, in one query."""
    found = Region.objects.filter(code__in=set(codes)).order_by("vintage")
    return {place.code: place.name(language) for place in found}


def vintages_of(code: str) -> list[int]:
    """The vintages that have this code, oldest first."""
    return list(Region.objects.filter(code=code).order_by("vintage").values_list("vintage", flat=True))


def vintages() -> tuple[int, ...]:
    """Every vintage of NUTS the platform knows, oldest first."""
    return nuts.VINTAGES
