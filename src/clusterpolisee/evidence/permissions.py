"""Who may do what with evidence."""

import rules

from clusterpolisee.shell.accounts.permissions import everyone, is_administrator, is_analyst, is_member


@rules.predicate
def owns_upload(actor: object, upload: object) -> bool:
    """Without a file at hand: whether somebody could own one."""
    return upload is None or getattr(upload, "owner_id", None) == getattr(actor, "pk", None)


PERMISSIONS = {
    "evidence.read": everyone,
    "evidence.cite": is_member,
    "evidence.import": is_analyst,
    "evidence.work_on_upload": is_analyst & owns_upload,
    "evidence.accept": is_analyst,
    "evidence.roll_back": is_analyst,
    "evidence.open_gap": is_member,
    "evidence.work_on_gap": is_analyst,
    "evidence.set_rules": is_administrator,
}
