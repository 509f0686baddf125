"""The corners of the industry space: divisions of NACE in five groups, each with one calm colour."""

from __future__ import annotations

from enum import StrEnum
from itertools import chain

from django.utils.translation import gettext_lazy as _


class Corner(StrEnum):
    CONSUMER = "consumer"
    HEAVY = "heavy"
    SUPPLY = "supply"
    TRADE = "trade"
    KNOWLEDGE = "knowledge"


LABELS = {
    Corner.CONSUMER: _("food, textiles, wood, paper, furniture"),
    Corner.HEAVY: _("materials, metal, machines, vehicles"),
    Corner.SUPPLY: _("mining, energy, water, construction"),
    Corner.TRADE: _("trade, transport, hospitality, repair"),
    Corner.KNOWLEDGE: _("information and business services"),
}
SECTIONS = {
    **dict.fromkeys("BDEF", Corner.SUPPLY),
    **dict.fromkeys("GHIS", Corner.TRADE),
    **dict.fromkeys("AJKLMNOPQR", Corner.KNOWLEDGE),
}
CONSUMER_DIVISIONS = frozenset(f"C{number}" for number in chain(range(10, 19), (31, 32)))


def corner_of(activity: str) -> Corner:
    """
    >>> [corner_of(code).value for code in ("C14", "C25", "J62", "F41")]
    ['consumer', 'heavy', 'knowledge', 'supply']
    """
    if activity.startswith("C"):
        return Corner.CONSUMER if activity in CONSUMER_DIVISIONS else Corner.HEAVY
    return SECTIONS.get(activity[:1], Corner.TRADE)
