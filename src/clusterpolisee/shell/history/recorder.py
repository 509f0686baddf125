"""Remembering."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.core.validators import validate_slug
from django.utils import timezone

from clusterpolisee.shell.history.models import Event

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.contrib.auth.models import AnonymousUser
    from django.db.models import Model


def record(
    actor: AbstractBaseUser | AnonymousUser | None,
    verb: str,
    thing: Model,
    *,
    at: datetime | None = None,
    **details: object,
) -> Event:
    """Remember that `actor` did `verb` to `thing`. Call it inside the deed's transaction: both happen or neither.

    actor: None, or a visitor without an account, is remembered as nobody.
    verb: past tense, a slug: "imported", "rolled-back". thing: saved; its app, kind and key are kept, not the row.
    at: when, if not now. details: anything JSON can say, dates and decimals included.
    """
    if thing.pk is None:
        raise ValueError(f"Save the {thing._meta.model_name} first: history needs its key.")
    validate_slug(verb)
    known = actor if actor is not None and actor.pk is not None else None
    return Event.objects.create(
        actor=known,
        actor_label=_label(known),
        verb=verb,
        app=thing._meta.app_label,
        kind=thing._meta.model_name,
        key=str(thing.pk),
        details=details,
        at=at or timezone.now(),
    )


def _label(actor: AbstractBaseUser | None) -> str:
    """The name a person goes by; the sign-in name only where no other is known."""
    if actor is None:
        return ""
    return (getattr(actor, "name", "") or str(actor))[:200]
