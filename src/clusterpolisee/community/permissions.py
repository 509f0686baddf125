"""Who may do what with cluster organisations. A member proposes; an analyst checks, publishes and keeps order."""

from __future__ import annotations

import rules

from clusterpolisee.community.models import Cluster, State
from clusterpolisee.shell.accounts.permissions import is_analyst, is_member


@rules.predicate
def is_published(actor: object, cluster: Cluster | None) -> bool:
    return cluster is not None and cluster.state == State.PUBLISHED


@rules.predicate
def is_own_draft(actor: object, cluster: Cluster | None) -> bool:
    key = getattr(actor, "pk", None)
    return (
        cluster is not None
        and key is not None
        and cluster.state == State.DRAFT
        and cluster.proposed_by_id == key
    )


PERMISSIONS = {
    "community.read_cluster": is_published | (is_member & is_own_draft) | is_analyst,
    "community.propose_cluster": is_member,
    "community.edit_cluster": is_analyst | (is_member & is_own_draft),
    "community.publish_cluster": is_analyst,
    "community.archive_cluster": is_analyst,
    "community.import_clusters": is_analyst,
}
