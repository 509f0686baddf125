"""Who may have tokens."""

from __future__ import annotations

import rules

from clusterpolisee.shell.accounts.permissions import is_member


@rules.predicate
def is_own(actor: object, token: object) -> bool:
    """A token belongs to one person; without a token at hand, the question is about one's own."""
    return token is None or getattr(token, "user_id", None) == getattr(actor, "pk", None)


PERMISSIONS = {"api.use_tokens": is_member & is_own}
