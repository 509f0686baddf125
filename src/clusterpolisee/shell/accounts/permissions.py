"""Asking whether somebody may do something.

Every app keeps a table of sentences and declares it when it starts:

    PERMISSIONS = {"evidence.cite": is_member, "evidence.import": is_analyst}
    declare(PERMISSIONS)
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import rules
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext, gettext_lazy
from rules.predicates import Predicate

from clusterpolisee.shell.accounts.roles import Role

_declared: dict[str, Predicate] = {}
DECLARED: Mapping[str, Predicate] = MappingProxyType(_declared)


class NotAllowed(PermissionDenied):
    """Somebody asked for something their roles do not give them. Reads as a sentence for that person."""

    def __init__(self, actor: object, permission: str) -> None:
        self.permission = permission
        self.role_needed = role_needed(permission)
        super().__init__(_sentence(actor, self.role_needed))


class UnknownPermissionError(LookupError):
    """The code asks for a permission that no app has declared."""

    def __init__(self, permission: str) -> None:
        super().__init__(
            f"No permission “{permission}” is declared. Write it into the table in the app's permissions.py."
        )


def _holds(actor: object, role: Role) -> bool:
    held = getattr(actor, "role_names", ())
    return any(Role(name).includes(role) for name in held)


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


def require(actor: object, permission: str, obj: object = None) -> None:
    """Go on if the actor may; otherwise raise NotAllowed, which names the role that is needed."""
    if not may(actor, permission, obj):
        raise NotAllowed(actor, permission)


def role_needed(permission: str) -> Role | None:
    """The narrowest role that gives this permission by itself; None when no role alone does."""
    for role in Role:
        if may(_Holder(role), permission):
            return role
    return None


class _Holder:
    """Stands for anybody who holds one role, to read the tables backwards."""

    is_authenticated = True
    is_active = True
    pk = None

    def __init__(self, role: Role) -> None:
        self.role_names = frozenset({role.value})


_NEEDS_ROLE = {
    Role.MEMBER: gettext_lazy("This needs the role of a member."),
    Role.ANALYST: gettext_lazy("This needs the role of an analyst."),
    Role.ADMINISTRATOR: gettext_lazy("This needs the role of an administrator."),
}


def _sentence(actor: object, role: Role | None) -> str:
    obstacle = str(_NEEDS_ROLE[role]) if role else gettext("Your account does not allow this.")
    if not getattr(actor, "is_authenticated", False):
        return f"{obstacle} {gettext('Sign in, or create an account first.')}"
    return (
        f"{obstacle} {gettext('An administrator of the platform can give it to you.')}" if role else obstacle
    )
