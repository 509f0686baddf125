"""Deeds on cluster organisations in words, for the list of who did what."""

from django.utils.translation import gettext_lazy

from clusterpolisee.shell.history.deeds import Words

DEEDS = {
    "proposed": Words(gettext_lazy("proposed a cluster organisation")),
    "imported": Words(gettext_lazy("brought a cluster organisation from a file")),
    "edited": Words(gettext_lazy("edited a cluster organisation")),
    "published": Words(gettext_lazy("published a cluster organisation")),
    "archived": Words(gettext_lazy("archived a cluster organisation")),
    "restored": Words(gettext_lazy("brought a cluster organisation back")),
    "brought": Words(gettext_lazy("brought a file of cluster organisations")),
    "applied": Words(gettext_lazy("applied a file of cluster organisations")),
}
