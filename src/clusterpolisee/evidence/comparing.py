"""Keeping comparisons: the verbs of saved comparisons."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clusterpolisee.evidence.comparison_facts import MOST, ComparisonFacts
from clusterpolisee.evidence.models import SavedComparison
from clusterpolisee.regions.models import Region
from clusterpolisee.shell.accounts.models import User
from clusterpolisee.shell.accounts.permissions import require
from clusterpolisee.shell.history.recorder import record

LONGEST_TITLE = 160
LONGEST_NOTE = 2000


class NothingToCompare(ValueError):
    """Fewer than two regions, or more than six; the sentence says so."""

    def __init__(self) -> None:
        super().__init__(_("A comparison has two to %(most)s regions.") % {"most": MOST})


@transaction.atomic
def save_comparison(
    *,
    actor: User,
    regions: Sequence[Region],
    title: str = "",
    note: str = "",
    saved_at: datetime | None = None,
) -> SavedComparison:
    """Keep which regions were laid side by side, with the versions in use today."""
    require(actor, "evidence.compare")
    if not 2 <= len(regions) <= MOST:
        raise NothingToCompare
    page = ComparisonFacts(regions)
    saved = SavedComparison.objects.create(
        title=(_plain(title) or page.names)[:LONGEST_TITLE],
        note=_plain(note)[:LONGEST_NOTE],
        regions=[region.code for region in regions],
        nuts=regions[0].vintage,
        versions={version.dataset.code: version.number for version in page.versions},
        saved_by=actor,
        saved_at=saved_at or timezone.now(),
    )
    record(actor, "saved_comparison", saved, regions=saved.regions)
    return saved


@transaction.atomic
def withdraw_comparison(
    *, actor: User, saved: SavedComparison, at: datetime | None = None
) -> SavedComparison:
    """Take it from one's list; whoever has the address still reads it, marked as withdrawn."""
    require(actor, "evidence.withdraw_comparison", saved)
    if saved.withdrawn_at is None:
        saved.withdrawn_at = at or timezone.now()
        saved.save(update_fields=["withdrawn_at"])
        record(actor, "withdrew_comparison", saved)
    return saved


def _plain(text: str) -> str:
    """Without the character that no database keeps."""
    return text.replace("\0", "").strip()
