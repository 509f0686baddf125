"""Deeds on cluster organisations: propose, edit, publish, archive, bring back, import.

Every deed raises the revision by one and tells the history what the cluster says now.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from clusterpolisee.classifications.models import Activity, ClusterCategory
from clusterpolisee.community import queries
from clusterpolisee.community.models import Cluster, ClusterFile, State
from clusterpolisee.community.naming import latin, plain
from clusterpolisee.community.plans import CHANGED, FAULTY, NEW, UNCHANGED, Plan, PlannedRow
from clusterpolisee.community.records import ClusterFacts, facts_of, snapshot_of, words_of
from clusterpolisee.shell.accounts.models import User
from clusterpolisee.shell.accounts.permissions import require
from clusterpolisee.shell.history.recorder import record
from clusterpolisee.shell.history.revisions import ChangedMeanwhile
from clusterpolisee.shell.languages import pick

DAYS_KEPT = 30


class ClusterExists(ValueError):
    """The same organisation is there already."""

    def __init__(self, cluster: Cluster) -> None:
        self.cluster = cluster
        super().__init__(
            _(
                "“%(name)s” is known in this region already. Look for it in the list before proposing it again."
            )
            % {"name": cluster.name}
        )


class WrongState(ValueError):
    """The deed does not fit what has become of the cluster."""

    def __init__(self, cluster: Cluster) -> None:
        super().__init__(
            _("“%(name)s” is %(state)s now, so this cannot be done. Reload its page.")
            % {"name": cluster.name, "state": cluster.get_state_display()}
        )


@transaction.atomic
def propose_cluster(*, actor: User, facts: ClusterFacts) -> Cluster:
    """Add a cluster as a draft that an analyst can publish."""
    require(actor, "community.propose_cluster")
    _refuse_doubles(facts)
    return _create(actor, facts, "proposed")


@transaction.atomic
def edit_cluster(*, actor: User, cluster: Cluster, facts: ClusterFacts, base_revision: int) -> Cluster:
    """Write a cluster anew; raises ChangedMeanwhile where it is no longer as this person saw it."""
    stored = _locked(cluster)
    require(actor, "community.edit_cluster", stored)
    if stored.revision != base_revision:
        raise ChangedMeanwhile(stored.revision)
    _refuse_doubles(facts, besides=stored)
    if words_of(facts) != words_of(facts_of(stored)):
        _write(actor, "edited", stored, facts)
    return stored


@transaction.atomic
def publish_cluster(*, actor: User, cluster: Cluster) -> Cluster:
    """Let everybody see a draft."""
    return _move(actor, cluster, "publish_cluster", "published", {State.DRAFT}, lambda one: State.PUBLISHED)


@transaction.atomic
def archive_cluster(*, actor: User, cluster: Cluster) -> Cluster:
    """Take a cluster out of sight without losing it."""
    return _move(
        actor,
        cluster,
        "archive_cluster",
        "archived",
        {State.DRAFT, State.PUBLISHED},
        lambda one: State.ARCHIVED,
    )


@transaction.atomic
def bring_back_cluster(*, actor: User, cluster: Cluster) -> Cluster:
    """Out of the archive, to what it was before."""
    return _move(
        actor,
        cluster,
        "archive_cluster",
        "brought-back",
        {State.ARCHIVED},
        lambda one: State(one.archived_from or State.DRAFT),
    )


@dataclass(frozen=True)
class Outcome:
    """What became of the rows of a file."""

    created: int
    changed: int
    unchanged: int
    refused: tuple[PlannedRow, ...]
    meanwhile: tuple[PlannedRow, ...]

    @property
    def kept_aside(self) -> tuple[PlannedRow, ...]:
        """Rows that were not taken, in the order of the file."""
        return tuple(sorted((*self.refused, *self.meanwhile), key=lambda row: row.line))


@transaction.atomic
def import_clusters(*, actor: User, plan: Plan, seen: Mapping[str, int]) -> Outcome:
    """Write the good rows of a file. A cluster that changed since the person looked (`seen`) is left alone."""
    require(actor, "community.import_clusters")
    created, changed, meanwhile = 0, 0, []
    for row in plan.rows:
        if row.kind == NEW and row.facts is not None:
            made = _create(actor, row.facts, "imported")
            if row.state == State.PUBLISHED:
                publish_cluster(actor=actor, cluster=made)
            created += 1
        elif row.kind == CHANGED and row.facts is not None and row.cluster is not None:
            stored = _locked(row.cluster)
            if stored.revision != seen.get(stored.slug):
                meanwhile.append(row)
                continue
            _write(actor, "imported", stored, row.facts)
            changed += 1
    return Outcome(
        created, changed, len(plan.of_kind(UNCHANGED)), tuple(plan.of_kind(FAULTY)), tuple(meanwhile)
    )


@transaction.atomic
def keep_file(*, actor: User, name: str, text: str, seen: Mapping[str, int]) -> ClusterFile:
    """Keep a file between looking at it and applying it; those that nobody applied for a month are forgotten."""
    require(actor, "community.import_clusters")
    long_ago = timezone.now() - timedelta(days=DAYS_KEPT)
    ClusterFile.objects.filter(applied_at=None, brought_at__lt=long_ago).delete()
    file = ClusterFile.objects.create(name=name[:200], text=text, seen=dict(seen), brought_by=actor)
    record(actor, "brought", file)
    return file


@transaction.atomic
def apply_file(*, actor: User, file: ClusterFile, plan: Plan, rest: Callable[[Outcome], str]) -> Outcome:
    """Write the good rows of a kept file, once; afterwards it holds only `rest`: the rows that were not taken."""
    require(actor, "community.import_clusters", file)
    kept = ClusterFile.objects.select_for_update().get(pk=file.pk)
    if kept.applied_at is not None:
        raise FileApplied()
    outcome = import_clusters(actor=actor, plan=plan, seen=kept.seen)
    kept.applied_at = timezone.now()
    kept.text = rest(outcome)
    kept.outcome = {
        "created": outcome.created,
        "changed": outcome.changed,
        "unchanged": outcome.unchanged,
        "refused": len(outcome.kept_aside),
    }
    kept.save(update_fields=["applied_at", "text", "outcome"])
    record(actor, "applied", kept, **kept.outcome)
    return outcome


class FileApplied(ValueError):
    """A file is applied once."""

    def __init__(self) -> None:
        super().__init__(_("This file has been applied already. Upload it again to apply it once more."))


def _move(
    actor: User,
    cluster: Cluster,
    permission: str,
    verb: str,
    states: set[State],
    to: Callable[[Cluster], State],
) -> Cluster:
    stored = _locked(cluster)
    require(actor, f"community.{permission}", stored)
    if stored.state not in states:
        raise WrongState(stored)
    stored.archived_from, stored.state = stored.state if verb == "archived" else "", to(stored)
    stored.revision += 1
    stored.changed_at = timezone.now()
    stored.save(update_fields=["state", "archived_from", "revision", "changed_at"])
    record(actor, verb, stored, revision=stored.revision, snapshot=snapshot_of(stored, facts_of(stored)))
    return stored


def _create(actor: User, facts: ClusterFacts, verb: str) -> Cluster:
    cluster = Cluster(slug=_free_slug(facts), proposed_by=actor, revision=0)
    _write(actor, verb, cluster, facts)
    return cluster


def _write(actor: User, verb: str, cluster: Cluster, facts: ClusterFacts) -> None:
    for name, value in facts.plain.items():
        setattr(cluster, name, value)
    cluster.region = facts.region
    cluster.names = _said(facts.names)
    cluster.services = _said(facts.services)
    cluster.descriptions = _said(facts.descriptions)
    cluster.statements = {group: dict(said) for group, said in facts.statements.items() if any(said.values())}
    folded = dict.fromkeys(filter(None, (plain(name) for name in cluster.names.values())))
    cluster.search_text = "|" + "|".join(folded) + "|"
    cluster.revision += 1
    cluster.changed_at = timezone.now()
    cluster.save()
    cluster.activities.set(Activity.objects.filter(scheme="nace_rev2", code__in=facts.activities))
    cluster.categories.set(ClusterCategory.objects.filter(code__in=facts.categories))
    record(actor, verb, cluster, revision=cluster.revision, snapshot=snapshot_of(cluster, facts))


def _said(texts: Mapping[str, str]) -> dict[str, str]:
    return {language: text for language, text in texts.items() if text}


def _locked(cluster: Cluster) -> Cluster:
    return Cluster.objects.select_for_update(of=("self",)).select_related("region").get(pk=cluster.pk)


def _refuse_doubles(facts: ClusterFacts, besides: Cluster | None = None) -> None:
    same = [one for one in queries.namesakes(facts.names.values(), facts.region) if one != besides]
    if identifier := facts.plain.get("external_id"):
        same += [one for one in Cluster.objects.filter(external_id=identifier) if one != besides]
    if same:
        raise ClusterExists(same[0])


def _free_slug(facts: ClusterFacts) -> str:
    """From the English name, else from any in Latin letters; a number behind it where it is taken."""
    wanted = slugify(latin(pick(facts.names, "en")))[:70].strip("-") or "cluster"
    if wanted in ("new", "import", "export"):
        wanted = f"{wanted}-cluster"
    taken = set(Cluster.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    number, slug = 1, wanted
    while slug in taken:
        number += 1
        slug = f"{wanted}-{number}"
    return slug
