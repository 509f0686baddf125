"""The API put together: which resources it has."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from clusterpolisee.classifications.api import activities
from clusterpolisee.evidence.api import observations  # noqa: F401 - brings an operation to the datasets
from clusterpolisee.evidence.api.citations import citations
from clusterpolisee.evidence.api.datasets import datasets
from clusterpolisee.evidence.api.indicators import indicators
from clusterpolisee.evidence.api.industry_space import industry_space
from clusterpolisee.evidence.api.measures import measures
from clusterpolisee.evidence.api.opportunities import opportunities
from clusterpolisee.evidence.api.partners import partners
from clusterpolisee.evidence.api.similar import similar
from clusterpolisee.regions.api import regions
from clusterpolisee.shell.api.instance import ReadApi

api = ReadApi(
    title=_("ClusterPoliSEE for programs"),
    description=_(
        "Regional evidence of South East Europe, each figure with its source, table, version, NUTS vintage, licence and date."
    ),
    catalogue="/catalog.ttl",
    resources=(
        datasets,
        indicators,
        measures,
        citations,
        regions,
        activities,
        opportunities,
        similar,
        partners,
        industry_space,
    ),
)
