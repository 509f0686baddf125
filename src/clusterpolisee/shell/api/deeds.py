"""Deeds on tokens in words, for the list of who did what."""

from django.utils.translation import gettext_lazy

from clusterpolisee.shell.history.deeds import Words

DEEDS = {
    "created-token": Words(gettext_lazy("made a token for the API")),
    "revoked-token": Words(gettext_lazy("revoked a token of the API")),
}
