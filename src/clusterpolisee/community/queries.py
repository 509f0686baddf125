"""Questions about cluster organisations."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Count, F, IntegerField, Q, QuerySet, Sum, Value, Window
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import get_language

from clusterpolisee.classifications.models import ClusterCategory
from clusterpolisee.community.models import Cluster, State
from clusterpolisee.community.naming import plain, same_name
from clusterpolisee.regions import queries as regions
from clusterpolisee.regions.folding import fold
from clusterpolisee.regions.models import Region
from clusterpolisee.shell.accounts.permissions import may

SHOWN = 5


@dataclass(frozen=True)
class Filters:
    """What a reader of the list asked for; empty asks for nothing."""

    text: str = ""
    country: str = ""
    region: str = ""
    category: str = ""
    stage: str = ""
    label: str = ""
    state: str = ""

    @property
    def are_set(self) -> bool:
        return any(vars(self).values())


@dataclass(frozen=True)
class Some:
    """The first few clusters of a place or category, and how many there are."""

    clusters: tuple[Cluster, ...] = ()
    total: int = 0


def visible_to(actor: object) -> QuerySet[Cluster]:
    """What this reader may see: published ones; members also their own drafts, analysts all."""
    found = Cluster.objects.select_related("region")
    if may(actor, "community.edit_cluster"):
        return found
    seen = Q(state=State.PUBLISHED)
    if may(actor, "community.propose_cluster"):
        seen |= Q(state=State.DRAFT, proposed_by=actor)
    return found.filter(seen)


def clusters(actor: object, filters: Filters) -> QuerySet[Cluster]:
    """The clusters of the list, by name in plain letters. Archived ones only where they are asked for."""
    found = visible_to(actor)
    found = found.filter(state=filters.state) if filters.state else found.exclude(state=State.ARCHIVED)
    if wanted := plain(filters.text):
        place = Q(region__search_text__contains=fold(filters.text))
        found = found.filter(Q(search_text__contains=wanted) | place)
    if code := filters.region or filters.country:
        found = found.filter(region__code__startswith=code)
    if filters.category:
        found = found.filter(categories__code=filters.category)
    if filters.stage:
        found = found.filter(stage=filters.stage)
    if filters.label:
        found = found.filter(label=filters.label)
    here = get_language() or "en"
    shown = Coalesce(KT(f"names__{here}"), KT("names__en"), F("slug"))
    return found.prefetch_related("categories").order_by(shown, "slug")


def cluster(slug: str) -> Cluster | None:
    """One cluster with all that its page shows."""
    found = Cluster.objects.select_related("region", "proposed_by").prefetch_related(
        "activities", "categories"
    )
    return found.filter(slug=slug).first()


def clusters_in(place: Region) -> Some:
    """Published clusters of a region and its parts: the first few and how many. One query for a region of today."""
    if place.vintage == regions.current_vintage():
        codes = [place.code]
    else:  # clusters stand in regions of today
        codes = [one.code for one in regions.successors_of(place)]
    inside = Q(pk__in=[])
    for code in codes:
        inside |= Q(region__code__startswith=code)
    return _some(Cluster.objects.filter(inside))


def clusters_of_category(category: ClusterCategory, country: str = "") -> Some:
    """Published clusters that count themselves to a category."""
    return _some(Cluster.objects.filter(categories=category, region__code__startswith=country))


def published_in(codes: Collection[str]) -> list[tuple[Cluster, frozenset[str]]]:
    """Published clusters of several regions of today and their parts, each with the codes of the activities it names
    itself or counts itself to by a category (two queries)."""
    inside = Q(pk__in=[])
    for code in codes:
        inside |= Q(region__code__startswith=code)
    found = list(
        Cluster.objects.filter(inside, state=State.PUBLISHED)
        .select_related("region")
        .order_by("search_text", "pk")
    )
    keys = [one.pk for one in found]
    own = Cluster.objects.filter(pk__in=keys).order_by().values_list("pk", "activities__code")
    counted = (
        Cluster.objects.filter(pk__in=keys).order_by().values_list("pk", "categories__parts__activity__code")
    )
    named: dict[int, set[str]] = {}
    for key, code in own.union(counted) if keys else ():
        if code:
            named.setdefault(key, set()).add(code)
    return [(one, frozenset(named.get(one.pk, ()))) for one in found]


def _some(found: QuerySet[Cluster]) -> Some:
    counted = found.filter(state=State.PUBLISHED).annotate(out_of=Window(Count("pk")))
    shown = list(counted.select_related("region").order_by("search_text")[:SHOWN])
    return Some(tuple(shown), shown[0].out_of if shown else 0)  # type: ignore[attr-defined]


def stamp() -> QuerySet[Cluster]:
    """One row (kind, number) that changes whenever any cluster does: part of what pages above are cached by."""
    total = Coalesce(Sum("revision"), 0)
    found = Cluster.objects.order_by().values(kind=Value("clusters"))
    return found.annotate(number=Cast(total, IntegerField())).values_list("kind", "number")


def drafts() -> QuerySet[Cluster]:
    """What waits for somebody to publish it, the oldest first."""
    return Cluster.objects.filter(state=State.DRAFT).select_related("region").order_by("changed_at")


class Known:
    """All clusters by identifier and by name and region: what rows and proposals are matched against (one query)."""

    def __init__(self) -> None:
        found = list(Cluster.objects.select_related("region").prefetch_related("activities", "categories"))
        self.by_identifier = {one.external_id: one for one in found if one.external_id}
        self.by_name = {
            (same_name(name), one.region.code): one for one in found for name in one.names.values() if name
        }

    def named(self, names: Iterable[str], region: str) -> Cluster | None:
        """The cluster in this region that has one of the names, however it is spelt."""
        hits = (self.by_name.get((same_name(name), region)) for name in names if name)
        return next((hit for hit in hits if hit is not None), None)


def namesakes(names: Collection[str], region: Region) -> list[Cluster]:
    """Clusters of the same region with one of these names."""
    like, wanted = Q(pk__in=[]), {same_name(name) for name in names if name}
    for name in names:
        if folded := plain(name):
            like |= Q(search_text__contains=f"|{folded}|")
    found = Cluster.objects.filter(like, region__code=region.code).order_by("pk")
    return [one for one in found if wanted & {same_name(name) for name in one.names.values()}]


def countries_with_clusters() -> list[str]:
    """Codes of countries that have a published cluster."""
    found = Cluster.objects.filter(state=State.PUBLISHED).order_by().annotate(country=F("region__country"))
    return list(found.values_list("country", flat=True).distinct())
