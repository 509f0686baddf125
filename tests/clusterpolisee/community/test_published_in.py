"""The clusters of several regions with the activities they stand for, over the invented organisations of the demo."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clusterpolisee.community.models import Cluster, State
from clusterpolisee.community.queries import published_in

pytestmark = pytest.mark.usefixtures("world")


def test_activities_are_those_named_and_those_of_the_categories() -> None:
    with CaptureQueriesContext(connection) as asked:
        found = {cluster.slug: codes for cluster, codes in published_in(["BG31", "RO4"])}
    assert found["example-textile-cluster"] >= {"C13", "C14"}
    assert found["example-automotive-cluster"] >= {"C28", "C29"}
    assert len(asked) == 2


def test_drafts_and_other_regions_are_left_out() -> None:
    Cluster.objects.filter(slug="example-textile-cluster").update(state=State.DRAFT)
    assert published_in(["BG31"]) == []
    assert published_in([]) == []
