"""What pages that show more than figures are cached by: tables in use, cluster organisations, cluster categories."""

from __future__ import annotations

import hashlib

from django.db.models import Value
from django.db.models.functions import Concat

from clusterpolisee.classifications.queries import category_stamp
from clusterpolisee.community.queries import stamp as cluster_stamp
from clusterpolisee.evidence.models import Dataset


def page_stamp() -> str:
    """Changes whenever a version comes into use, or a table, a cluster or a category is changed. One query."""
    named = Concat("code", Value(" "), "seeded_as")
    tables = Dataset.objects.order_by().annotate(named=named).values_list("named", "current_id")
    rows = tables.union(cluster_stamp(), category_stamp(), all=True)
    return hashlib.sha256(repr(sorted(rows, key=repr)).encode()).hexdigest()[:16]
