"""Deeds on cluster organisations in words, for the list of who did what."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import reverse
from django.utils.translation import gettext_lazy

from clusterpolisee.community.models import Cluster
from clusterpolisee.shell.history.deeds import Thing, Words


def clusters_by_key(keys: list[str]) -> Mapping[str, Thing]:
    """Key of a cluster organisation → its name and page; one query."""
    found = Cluster.objects.filter(pk__in=keys)
    return {str(one.pk): Thing(str(one), reverse("community:cluster", args=[one.slug])) for one in found}


DEEDS = {
    "imported": Words(gettext_lazy("brought a cluster organisation in a file")),
    "proposed": Words(gettext_lazy("proposed a cluster organisation")),
    "edited": Words(gettext_lazy("edited a cluster organisation")),
    "published": Words(gettext_lazy("published a cluster organisation")),
    "archived": Words(gettext_lazy("archived a cluster organisation")),
    "brought-back": Words(gettext_lazy("brought a cluster organisation back")),
    "brought": Words(gettext_lazy("brought a file of cluster organisations")),
    "applied": Words(gettext_lazy("applied a file of cluster organisations")),
}
