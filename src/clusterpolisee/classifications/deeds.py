"""Deeds on cluster categories in words, for the list of who did what."""

from django.utils.translation import gettext_lazy

from clusterpolisee.shell.history.deeds import Words

DEEDS = {
    "seeded": Words(gettext_lazy("brought along with the package")),
    "created": Words(gettext_lazy("made a cluster category")),
    "edited": Words(gettext_lazy("edited a cluster category")),
}
