"""How the community's templates write places."""

from __future__ import annotations

from django import template
from django.utils.translation import get_language

from clusterpolisee.regions.models import Region

register = template.Library()


@register.filter
def region_name(region: Region) -> str:
    """The region's name in the reader's language."""
    return region.name(get_language() or "en")
