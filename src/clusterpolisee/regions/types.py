"""What kinds of regions there are: words for the two typologies regions are filtered by."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class TypeKind(models.TextChoices):
    DEVELOPMENT = "development", _("Development")
    SETTLEMENT = "settlement", _("Town and country")


class RegionKind(models.TextChoices):
    """The types of both typologies; their names say which one they belong to."""

    LESS_DEVELOPED = "less_developed", _("less developed")
    TRANSITION = "transition", _("in transition")
    MORE_DEVELOPED = "more_developed", _("more developed")
    URBAN = "urban", _("predominantly urban")
    INTERMEDIATE = "intermediate", _("intermediate")
    RURAL = "rural", _("predominantly rural")


KINDS_OF = {
    TypeKind.DEVELOPMENT: (
        RegionKind.LESS_DEVELOPED,
        RegionKind.TRANSITION,
        RegionKind.MORE_DEVELOPED,
    ),
    TypeKind.SETTLEMENT: (RegionKind.URBAN, RegionKind.INTERMEDIATE, RegionKind.RURAL),
}

# Where a typology comes from and what it says.
ORIGINS = {
    TypeKind.DEVELOPMENT: _(
        "Categories of cohesion policy 2014–2020: output per inhabitant below 75 %, from 75 to 90 %, and above 90 % of "
        "the EU average. Regions outside the Union have none."
    ),
    TypeKind.SETTLEMENT: _(
        "Eurostat's urban–rural typology: a region of level 2 is of the type in whose parts most of its people lived "
        "in 2021. That step is ours."
    ),
}
