"""Asking whether somebody may do something.

Every app keeps a table of sentences and declares it when it starts:

    PERMISSIONS = {
        "evidence.cite": is_member,
        "policies.edit": holds_over(Role.REGION_EDITOR, kind="region"),
    }
    declare(PERMISSIONS)

A role over a part of the platform is tested against the part the object belongs to: the object says so with a method
`scope_keys(kind)`. Without an object only a role over the whole platform counts: who may do it *somewhere* is another
question (`may_somewhere`), asked by pages that show a form before there is an object.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextvars import ContextVar
from types import MappingProxyType
from typing import Protocol

import rules
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext, gettext_lazy
from rules.predicates import Predicate

from clusterpolisee.shell.accounts.roles import PLATFORM, Role
from clusterpolisee.shell.accounts.scopes import Held, Scope, covers

_somewhere: ContextVar[bool] = ContextVar("asked whether somebody may do it somewhere", default=False)
_declared: dict[str, Predicate] = {}
DECLARED: Mapping[str, Predicate] = MappingProxyType(_declared)


class NotAllowed(PermissionDenied):
    """Somebody asked for something their roles do not give them. Reads as a sentence for that person."""

    def __init__(self, actor: object, permission: str) -> None:
        self.permission = permission
        self.role_needed = role_needed(permission)
        super().__init__(_sentence(actor, self.role_needed))


class Scoped(Protocol):
    """A thing that belongs to regions, themes, languages…"""

    def scope_keys(self, kind: str) -> Iterable[str]:
        """The keys of the parts of this kind that it belongs to; none where it belongs to no such part."""


class UnknownPermissionError(LookupError):
    """The code asks for a permission that no app has declared."""

    def __init__(self, permission: str) -> None:
        super().__init__(
            f"No permission “{permission}” is declared. Write it into the table in the app's permissions.py."
        )


def _holds(actor: object, role: Role) -> bool:
    """Whether somebody holds the role, or one that includes it, on the whole platform."""
    held: frozenset[Held] = getattr(actor, "held_roles", frozenset())
    return any(one.scope.kind == PLATFORM and one.role.includes(role) for one in held)


def holds_over(role: Role, *, kind: str) -> Predicate:
    """True for whoever holds the role, or one that includes it, over a part that the object belongs to."""

    @rules.predicate
    def is_held_over_it(actor: object, thing: Scoped | None = None) -> bool:
        held: frozenset[Held] = getattr(actor, "held_roles", frozenset())
        scopes = [one.scope for one in held if one.role.includes(role)]
        if thing is None:
            return any(
                scope.kind == PLATFORM or (scope.kind == kind and _somewhere.get()) for scope in scopes
            )
        keys = list(thing.scope_keys(kind))
        return any(
            scope.kind == PLATFORM or any(covers(scope, kind, key) for key in keys) for scope in scopes
        )

    if kind not in role.scope_kinds:
        raise ValueError(f"The role {role} is never held over a {kind}: see the table in roles.py.")
    return is_held_over_it


@rules.predicate
def everyone(actor: object) -> bool:
    return True


@rules.predicate
def is_signed_in(actor: object) -> bool:
    return bool(getattr(actor, "is_authenticated", False))


@rules.predicate
def is_member(actor: object) -> bool:
    return _holds(actor, Role.MEMBER)


@rules.predicate
def is_analyst(actor: object) -> bool:
    return _holds(actor, Role.ANALYST)


@rules.predicate
def is_administrator(actor: object) -> bool:
    return _holds(actor, Role.ADMINISTRATOR)


PERMISSIONS = {
    "accounts.use_own": is_signed_in,
    "accounts.manage_people": is_administrator,
    "accounts.read_data_deeds": is_analyst,
    "accounts.read_all_deeds": is_administrator,
}


def declare(table: Mapping[str, Predicate]) -> None:
    """Make an app's table known. Declaring the same sentence twice is fine, two different ones are not."""
    for permission, predicate in table.items():
        if _declared.setdefault(permission, predicate) is not predicate:
            raise ValueError(f"Two tables declare “{permission}” differently: keep one of them.")
        rules.set_perm(permission, predicate) if rules.perm_exists(permission) else rules.add_perm(
            permission, predicate
        )


def may(actor: object, permission: str, obj: object = None) -> bool:
    """Whether this actor (a user, a visitor without an account, or None) may do this, to this object."""
    if permission not in _declared:
        raise UnknownPermissionError(permission)
    return bool(_declared[permission].test(actor, obj))


def may_somewhere(actor: object, permission: str) -> bool:
    """Whether there is anything at all this actor may do it to: a page may open, the deed still asks for its object."""
    before = _somewhere.set(True)
    try:
        return may(actor, permission)
    finally:
        _somewhere.reset(before)


def require(actor: object, permission: str, obj: object = None) -> None:
    """Go on if the actor may; otherwise raise NotAllowed, which names the role that is needed."""
    if not may(actor, permission, obj):
        raise NotAllowed(actor, permission)


def role_needed(permission: str) -> Role | None:
    """The narrowest role that gives this permission by itself; None when no role alone does."""
    for role in Role:
        if may_somewhere(_Holder(role), permission):
            return role
    return None


class _Holder:
    """Stands for anybody who holds one role, to read the tables backwards."""

    is_authenticated = True
    is_active = True
    pk = None

    def __init__(self, role: Role) -> None:
        self.held_roles = frozenset(Held(role, Scope(kind, "*")) for kind in role.scope_kinds)


_NEEDS_ROLE = {
    Role.MEMBER: gettext_lazy("This needs the role of a member."),
    Role.ANALYST: gettext_lazy("This needs the role of an analyst."),
    Role.REGION_EDITOR: gettext_lazy("This needs the role of an editor of the region."),
    Role.REGION_LEAD: gettext_lazy("This needs the role of a lead of the region."),
    Role.ASSESSOR: gettext_lazy("This needs the role of an assessor in this assessment."),
    Role.EXPERT: gettext_lazy("This needs the role of an expert."),
    Role.EDITOR: gettext_lazy("This needs the role of an editor."),
    Role.GROUP_LEAD: gettext_lazy("This needs the role of the group's lead."),
    Role.TRANSLATOR: gettext_lazy("This needs the role of a translator."),
    Role.COORDINATOR: gettext_lazy("This needs the role of a coordinator."),
    Role.ADMINISTRATOR: gettext_lazy("This needs the role of an administrator."),
}


def _sentence(actor: object, role: Role | None) -> str:
    obstacle = str(_NEEDS_ROLE[role]) if role else gettext("Your account does not allow this.")
    if not getattr(actor, "is_authenticated", False):
        return f"{obstacle} {gettext('Sign in, or create an account first.')}"
    if role is None:
        return obstacle
    if getattr(actor, "lacks_second_factor", False) and _is_sleeping_administrator(actor):
        return f"{obstacle} {gettext('You hold it, but it sleeps until you have a second factor: add one in “My account”.')}"
    return f"{obstacle} {gettext('An administrator of the platform can give it to you.')}"


def _is_sleeping_administrator(actor: object) -> bool:
    return bool(actor.role_assignments.filter(role=Role.ADMINISTRATOR).exists())  # type: ignore[attr-defined]
