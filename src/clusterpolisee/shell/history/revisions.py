"""Revisions of a record, read back from its history: what it said, who wrote it, how two of them differ.

An app that keeps revisions hands its record's words to the recorder with every deed:

    record(actor, "edited", cluster, revision=3, snapshot={"name_en": "…", "region": "BG31"})

A snapshot is flat, field → text. That is all that is needed to compare two revisions, and to notice and settle that
two people edited the same record at the same time (`reconciled`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Model
from django.utils.translation import gettext as _

from clusterpolisee.shell.history.queries import events_of

Snapshot = Mapping[str, str]


@dataclass(frozen=True)
class Revision:
    """What a record said after one deed."""

    number: int
    verb: str
    at: datetime
    actor_label: str
    snapshot: Snapshot

    @property
    def person(self) -> str:
        """Who did it; deeds of the platform itself have nobody."""
        return self.actor_label or "ClusterPoliSEE"


@dataclass(frozen=True)
class Difference:
    """One field that two revisions say differently."""

    field: str
    before: str
    after: str


@dataclass(frozen=True)
class Reconciled:
    """What comes out when two people edited the same record: nothing of either is lost.

    words: the fields as they would be saved now: what only one of the two changed is taken as that one wrote it,
    and where both did, this person's words stand. clashes: those last fields, before = stored now, after = this
    person's. taken: what the other changed and this person did not touch.
    """

    words: dict[str, str]
    clashes: tuple[Difference, ...]
    taken: tuple[Difference, ...]


class ChangedMeanwhile(RuntimeError):
    """Somebody saved the same record after this person had opened it; nothing was overwritten."""

    def __init__(self, revision: int) -> None:
        self.revision = revision
        super().__init__(
            _(
                "Somebody saved this while you were writing. Nothing was overwritten: look at both below, then save again."
            )
        )


def revisions_of(thing: Model) -> list[Revision]:
    """Every revision of a record, newest first, in one query."""
    return [
        Revision(
            number=int(event.details["revision"]),
            verb=event.verb,
            at=event.at,
            actor_label=event.actor_label,
            snapshot=event.details.get("snapshot", {}),
        )
        for event in events_of(thing)
        if "revision" in event.details
    ]


def differences(before: Snapshot, after: Snapshot) -> list[Difference]:
    """The fields that differ, in the order of the later snapshot; an absent field is an empty one."""
    fields = dict.fromkeys([*after, *before])
    return [
        Difference(field, before.get(field, ""), after.get(field, ""))
        for field in fields
        if before.get(field, "") != after.get(field, "")
    ]


def reconciled(base: Snapshot | None, stored: Snapshot, mine: Snapshot) -> Reconciled:
    """Bring together what is stored now and what this person wrote, both begun from `base`.

    Without the base nobody can tell who changed what: then every field that differs is a clash.

    >>> found = reconciled({"name": "A", "city": "X"}, {"name": "B", "city": "X"}, {"name": "A", "city": "Y"})
    >>> found.words, found.clashes
    ({'name': 'B', 'city': 'Y'}, ())
    """
    words, clashes, taken = {}, [], []
    for field, written in mine.items():
        now = stored.get(field, "")
        began = now if base is None else base.get(field, "")
        words[field] = written
        if written == now:
            continue
        if base is not None and written == began:
            words[field] = now
            taken.append(Difference(field, began, now))
        elif base is None or now != began:
            clashes.append(Difference(field, now, written))
    return Reconciled(words, tuple(clashes), tuple(taken))
