"""Who may do what, written out by hand: every permission by role, and every address by permission."""

from __future__ import annotations

from clusterpolisee.shell.accounts.models import RoleAssignment, User

# The whole table of rights, written out by hand: who may what. Roles over a part of the platform have rights in that
# part only (test_scopes), so a region's lead stands here for all of them.
NOBODY, SIGNED_IN = "visitor", "no role"
WHO = (NOBODY, SIGNED_IN, "member", "analyst", "region_lead", "coordinator", "administrator")
EXPECTED = {
    "accounts.use_own": "no role, member, analyst, region_lead, coordinator, administrator",
    "accounts.manage_people": "administrator",
    "accounts.read_data_deeds": "analyst, administrator",
    "accounts.read_all_deeds": "administrator",
    "evidence.read": "visitor, no role, member, analyst, region_lead, coordinator, administrator",
    "api.use_tokens": "member, analyst, administrator",
    "evidence.cite": "member, analyst, administrator",
    "evidence.import": "analyst, administrator",
    "evidence.accept": "analyst, administrator",
    "evidence.roll_back": "analyst, administrator",
    "jobs.follow": "member, analyst, administrator",
    "jobs.list": "analyst, administrator",
    # of work that nobody at hand has started; tests of jobs ask for each
    "jobs.see": "analyst, administrator",
    "jobs.stop": "analyst, administrator",
    "jobs.resume": "analyst, administrator",
    "evidence.fetch": "analyst, administrator",
    "evidence.compare": "member, analyst, administrator",
    "evidence.withdraw_comparison": "",  # their own comparison only; test_comparisons asks for each
    "evidence.collect": "member, analyst, administrator",
    "evidence.define": "analyst, administrator",
    "evidence.work_on_upload": "analyst, administrator",
    "evidence.open_gap": "member, analyst, administrator",
    "evidence.work_on_gap": "analyst, administrator",
    "evidence.set_rules": "administrator",
    "classifications.edit_categories": "analyst, administrator",
    # of a cluster nobody has named; test_cluster_actions asks for each state
    "community.read_cluster": "analyst, administrator",
    "community.propose_cluster": "member, analyst, administrator",
    "community.edit_cluster": "analyst, administrator",
    "community.publish_cluster": "analyst, administrator",
    "community.archive_cluster": "analyst, administrator",
    "community.import_clusters": "analyst, administrator",
}


def person(role: str) -> User | None:
    """Somebody with this role; None for a visitor."""
    if role == NOBODY:
        return None
    user = User.objects.create_user(f"{role.replace(' ', '-')}@example.org", "a-long-enough-secret")
    if role != SIGNED_IN:
        part = {"scope_kind": "region", "scope_key": "BG31"} if role == "region_lead" else {}
        RoleAssignment.objects.create(user=user, role=role, **part)
    return User.objects.get(pk=user.pk)


# Of things that belong to somebody or pass through states: who may, for each state. “own” stands for whoever it belongs
# to; with a role before it, the role is needed too.
OF_THINGS = {
    ("community.read_cluster", "draft of somebody else"): "analyst, administrator",
    ("community.read_cluster", "own draft"): "member, analyst, administrator",
    (
        "community.read_cluster",
        "published",
    ): "visitor, no role, member, analyst, region_lead, coordinator, administrator",
    ("community.read_cluster", "own archived"): "analyst, administrator",
    ("community.edit_cluster", "draft of somebody else"): "analyst, administrator",
    ("community.edit_cluster", "own draft"): "member, analyst, administrator",
    ("community.edit_cluster", "published"): "analyst, administrator",
    ("community.edit_cluster", "own archived"): "analyst, administrator",
    ("community.publish_cluster", "own draft"): "analyst, administrator",
    ("community.archive_cluster", "published"): "analyst, administrator",
    ("evidence.withdraw_comparison", "own"): "member, analyst, administrator",
    ("evidence.withdraw_comparison", "of somebody else"): "",
    ("evidence.collect", "own"): "member, analyst, administrator",
    ("evidence.collect", "of somebody else"): "",
    ("evidence.work_on_upload", "own"): "analyst, administrator",
    ("evidence.work_on_upload", "of somebody else"): "",
    ("api.use_tokens", "own"): "member, analyst, administrator",
    ("api.use_tokens", "of somebody else"): "",
    ("jobs.see", "own"): "no role, member, analyst, region_lead, coordinator, administrator",
    ("jobs.see", "of somebody else"): "analyst, administrator",
    ("jobs.stop", "own"): "no role, member, analyst, region_lead, coordinator, administrator",
    ("jobs.stop", "of somebody else"): "analyst, administrator",
    ("jobs.resume", "own"): "no role, member, analyst, region_lead, coordinator, administrator",
    ("jobs.resume", "of somebody else"): "analyst, administrator",
}
