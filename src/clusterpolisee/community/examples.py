"""The cluster organisations of the first start: invented examples, marked as such, through the same door as any file."""

from __future__ import annotations

from importlib.resources import files

from clusterpolisee.community.actions import import_clusters
from clusterpolisee.community.models import Cluster
from clusterpolisee.community.reading import read_plan, read_text
from clusterpolisee.shell.accounts.models import User


def load_examples(actor: User) -> int:
    """Write the examples where there is no cluster at all yet; how many. Safe to repeat."""
    if Cluster.objects.exists():
        return 0
    plan = read_plan(read_text(files("clusterpolisee.community").joinpath("examples.csv").read_bytes()))
    if plan.faults:
        raise ValueError(f"The examples have a fault: {plan.faults[0]}")
    return import_clusters(actor=actor, plan=plan, seen={}).created
