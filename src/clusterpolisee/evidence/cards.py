"""Cards of the evidence on pages below: what the figures say where a cluster organisation sits."""

from __future__ import annotations

from django.db.models import Model
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from clusterpolisee.community.models import Cluster
from clusterpolisee.evidence import structure
from clusterpolisee.evidence.category_facts import LEVEL, CategoryFacts, Row, Sources
from clusterpolisee.regions.models import Region
from clusterpolisee.shell.cards import plug_in


def cluster_figures(cluster: Model) -> SafeString | str:
    """The categories of a cluster in its region, as far as the tables have them."""
    assert isinstance(cluster, Cluster)
    found, sources = [], Sources()
    for category in cluster.categories.prefetch_related("parts__activity").select_related("scheme"):
        page = CategoryFacts(category, sources=sources, region=cluster.region.code[: LEVEL + 2])
        if (row := _row_here(page, cluster.region)) is not None:
            found.append((page, row))
    return render_to_string("evidence/_cluster_figures.html", {"lines": found}) if found else ""


def _row_here(page: CategoryFacts, region: Region) -> Row | None:
    """The row of the region of level 2 that the cluster sits in, if the table knows that very land."""
    row, table = page.chosen, page.table
    if row is None or table is None or row.region.code != region.code[: LEVEL + 2]:
        return None
    same = structure.same_territory(row.region.code, table.table.nuts_vintage, region.vintage)
    return row if same else None


def plug_cards_in() -> None:
    plug_in("cluster", cluster_figures)
