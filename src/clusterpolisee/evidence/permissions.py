"""Who may do what with evidence."""

import rules

from clusterpolisee.shell.accounts.permissions import everyone, is_analyst, is_member


@rules.predicate
def saved_it(actor: object, saved: object) -> bool:
    """The person who kept a comparison."""
    key = getattr(actor, "pk", None)
    return key is not None and getattr(saved, "saved_by_id", None) == key


PERMISSIONS = {
    "evidence.read": everyone,
    "evidence.cite": is_member,
    "evidence.compare": is_member,
    "evidence.withdraw_comparison": is_member & saved_it,
    "evidence.import": is_analyst,
    "evidence.accept": is_analyst,
    "evidence.roll_back": is_analyst,
}
