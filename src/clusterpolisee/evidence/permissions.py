"""Who may do what with evidence."""

import rules

from clusterpolisee.shell.accounts.permissions import everyone, is_administrator, is_analyst, is_member


@rules.predicate
def owns_upload(actor: object, upload: object) -> bool:
    """Without a file at hand: whether somebody could own one."""
    return upload is None or getattr(upload, "owner_id", None) == getattr(actor, "pk", None)


@rules.predicate
def saved_it(actor: object, saved: object) -> bool:
    """The person who kept a comparison."""
    key = getattr(actor, "pk", None)
    return key is not None and getattr(saved, "saved_by_id", None) == key


@rules.predicate
def owns(actor: object, thing: object) -> bool:
    """It is theirs; asked of nothing in particular, as pages are, it is no obstacle."""
    owner = getattr(thing, "owner_id", None)
    return thing is None or (owner is not None and owner == getattr(actor, "pk", None))


PERMISSIONS = {
    "evidence.read": everyone,
    "evidence.cite": is_member,
    "evidence.compare": is_member,
    "evidence.withdraw_comparison": is_member & saved_it,
    "evidence.collect": is_member & owns,
    "evidence.define": is_analyst,
    "evidence.import": is_analyst,
    "evidence.fetch": is_analyst,
    "evidence.work_on_upload": is_analyst & owns_upload,
    "evidence.accept": is_analyst,
    "evidence.roll_back": is_analyst,
    "evidence.open_gap": is_member,
    "evidence.work_on_gap": is_analyst,
    "evidence.set_rules": is_administrator,
}
