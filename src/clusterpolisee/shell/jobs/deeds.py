"""Deeds on background work in words, for the list of who did what."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy

from clusterpolisee.shell.history.deeds import Words


def _about(details: Mapping[str, Any]) -> str:
    return str(details.get("about", ""))


DEEDS = {
    "started": Words(gettext_lazy("started work in the background"), details=_about, is_about_data=True),
    "stopped": Words(gettext_lazy("stopped work in the background"), details=_about, is_about_data=True),
    "resumed": Words(gettext_lazy("let work in the background go on"), details=_about, is_about_data=True),
}
