"""Cards: a socket on a page, into which upper floors plug what they know of the thing the page is about.

from clusterpolisee.shell.cards import plug_in, cards_for

plug_in("cluster", cluster_figures)     # in the ready() of an upper app: called with the thing, gives markup or ""
cards_for("cluster", cluster)           # in the view of the lower page: every card that has something to say
"""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Model
from django.utils.safestring import SafeString

Card = Callable[[Model], SafeString | str]
_plugged: dict[str, list[Card]] = {}


def plug_in(page: str, card: Card) -> Card:
    """Show `card` on every page of this kind; plugging the same one in again changes nothing."""
    cards = _plugged.setdefault(page, [])
    if card not in cards:
        cards.append(card)
    return card


def cards_for(page: str, thing: Model) -> list[SafeString | str]:
    """What the upper floors have to say of this thing, in the order in which they plugged in."""
    return [said for card in _plugged.get(page, ()) if (said := card(thing))]
