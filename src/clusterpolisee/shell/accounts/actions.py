"""Deeds on accounts: roles given and taken, accounts closed, sessions ended, the people of a demonstration."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from clusterpolisee.shell.accounts.models import RoleAssignment, User
from clusterpolisee.shell.accounts.permissions import require
from clusterpolisee.shell.accounts.roles import Role
from clusterpolisee.shell.accounts.scopes import WHOLE_PLATFORM, Scope, ScopeNotForRole
from clusterpolisee.shell.history.recorder import record


class LastAdministrator(ValueError):
    """Somebody has to remain who can give roles."""

    def __init__(self) -> None:
        super().__init__(_("This is the last administrator. Make somebody else an administrator first."))


class AccountClosed(ValueError):
    """Nobody can sign in to the account, so a role would rest unseen until somebody opens it again."""

    def __init__(self, user: User) -> None:
        super().__init__(
            _("The account of %(person)s is closed. Open it before you give a role.") % {"person": user}
        )


class OwnAccount(ValueError):
    """What one does to oneself by mistake and cannot undo alone."""

    def __init__(self) -> None:
        super().__init__(_("This is your own account. Ask another administrator to do it."))


class AccountExists(ValueError):
    """The e-mail address has an account already."""

    def __init__(self, email: str) -> None:
        super().__init__(_("%(email)s has an account already. Give it a role instead.") % {"email": email})


class DemoAccountsRefused(RuntimeError):
    """Accounts with published passwords exist in demonstrations only."""

    def __init__(self) -> None:
        super().__init__(_("Demo accounts have published passwords, so they are made in demo mode only."))


@dataclass(frozen=True)
class DemoAccount:
    """One person of the demonstration, as it is printed at the start."""

    email: str
    password: str
    role: Role


DEMO_ACCOUNTS = (
    DemoAccount("member@demo.example", "figures-with-origin", Role.MEMBER),
    DemoAccount("analyst@demo.example", "figures-with-origin", Role.ANALYST),
    DemoAccount("administrator@demo.example", "figures-with-origin", Role.ADMINISTRATOR),
)


@transaction.atomic
def grant_role(
    *, actor: User, user: User, role: Role, scope: Scope = WHOLE_PLATFORM, at: datetime | None = None
) -> RoleAssignment:
    """Give somebody a role, over the platform or a part of it; giving it twice changes nothing.

    Raises ScopeNotForRole where the role cannot have the scope, AccountClosed where nobody could use it. A scope from
    outside is read with `scopes.scope_of`, which knows whether there is such a thing.
    """
    require(actor, "accounts.manage_people", user)
    if scope.kind not in role.scope_kinds:
        raise ScopeNotForRole(role, scope.kind)
    if not user.is_active:
        raise AccountClosed(user)
    assignment, is_new = RoleAssignment.objects.get_or_create(
        user=user,
        role=role,
        scope_kind=scope.kind,
        scope_key=scope.key,
        defaults={"granted_by": actor, "granted_at": at or timezone.now()},
    )
    if is_new:
        record(actor, "granted_role", user, role=str(role), **_told(scope))
    return assignment


@transaction.atomic
def withdraw_role(*, actor: User, user: User, role: Role, scope: Scope = WHOLE_PLATFORM) -> None:
    """Take a role back; the last administrator keeps theirs."""
    require(actor, "accounts.manage_people", user)
    # All holders are locked: two administrators who dismiss each other at the same moment must not both succeed.
    holders = {held.user_id: held for held in _holders(role, scope).select_for_update()}
    if user.pk not in holders:
        return
    if role == Role.ADMINISTRATOR and not _remaining_administrators(set(holders) - {user.pk}):
        raise LastAdministrator()
    holders[user.pk].delete()
    record(actor, "withdrew_role", user, role=str(role), **_told(scope))


@transaction.atomic
def close_account(*, actor: User, user: User) -> None:
    """Nobody can sign in to it any more, and whoever is signed in is signed out. Roles rest; nothing is removed."""
    require(actor, "accounts.manage_people", user)
    if user.pk == actor.pk:
        raise OwnAccount()
    holders = {held.user_id for held in _holders(Role.ADMINISTRATOR).select_for_update()}
    if user.pk in holders and not _remaining_administrators(holders - {user.pk}):
        raise LastAdministrator()
    if not user.is_active:
        return
    user.is_active = False
    user.save(update_fields=["is_active"])
    for session in UserSession.objects.filter(user=user):
        session.end()
    record(actor, "closed_account", user)


@transaction.atomic
def reopen_account(*, actor: User, user: User) -> None:
    """People can sign in again, with the roles they had."""
    require(actor, "accounts.manage_people", user)
    if user.is_active:
        return
    user.is_active = True
    user.save(update_fields=["is_active"])
    record(actor, "reopened_account", user)


@transaction.atomic
def remove_second_factors(*, actor: User, user: User) -> int:
    """For somebody who lost telephone, passkeys and recovery codes: the password is enough again. How many went."""
    require(actor, "accounts.manage_people", user)
    if user.pk == actor.pk:
        raise OwnAccount()
    removed, _kinds = Authenticator.objects.filter(user=user).delete()
    if removed:
        record(actor, "removed_second_factors", user)
    return removed


@transaction.atomic
def note_second_factor(*, actor: User, kind: str, is_new: bool) -> None:
    """Somebody added or removed a second factor of their own: allauth stores it, history remembers it."""
    require(actor, "accounts.use_own", actor)
    record(actor, "added_second_factor" if is_new else "removed_second_factor", actor, kind=kind)


@transaction.atomic
def end_sessions(*, actor: User, keys: list[int]) -> int:
    """Sign oneself out on other devices: how many of the sessions were one's own and are over."""
    require(actor, "accounts.use_own", actor)
    mine = list(UserSession.objects.filter(user=actor, pk__in=keys))
    for session in mine:
        session.end()
    if mine:
        record(actor, "ended_sessions", actor, count=len(mine))
    return len(mine)


def _holders(role: Role, scope: Scope = WHOLE_PLATFORM) -> QuerySet[RoleAssignment]:
    return RoleAssignment.objects.filter(role=role, scope_kind=scope.kind, scope_key=scope.key)


def _told(scope: Scope) -> dict[str, str]:
    """For history: nothing to add for a role on the whole platform."""
    return {} if scope == WHOLE_PLATFORM else {"scope_kind": scope.kind, "scope_key": scope.key}


def _remaining_administrators(keys: set[int]) -> bool:
    """Whether one of these is a person who can sign in: the operator's account does not count."""
    people = User.objects.people().filter(pk__in=keys)
    return any(person.is_admitted for person in people)


@transaction.atomic
def create_administrator(*, actor: User, email: str, password: str, name: str = "") -> User:
    """An account with a confirmed address and every right: how the first person of an instance comes in.

    Raises AccountExists, or Django's ValidationError with the sentences about a weak password.
    """
    require(actor, "accounts.manage_people")
    if User.objects.filter(email__iexact=email).exists():
        raise AccountExists(email)
    validate_password(password, User(email=email, name=name))
    user = User.objects.create_user(email, password, name=name)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    record(actor, "created_account", user)
    grant_role(actor=actor, user=user, role=Role.ADMINISTRATOR)
    return user


@transaction.atomic
def welcome(*, actor: User, address: EmailAddress) -> None:
    """Somebody confirmed an address. The first one makes them a member; later ones give nothing that was taken back."""
    is_first = not EmailAddress.objects.filter(user=actor, verified=True).exclude(pk=address.pk).exists()
    if is_first:
        RoleAssignment.objects.get_or_create(user=actor, role=Role.MEMBER)
    record(actor, "confirmed_email", actor)


@transaction.atomic
def welcome_from_provider(*, actor: User, provider: str) -> None:
    """Somebody came with an account of a sign-in service that vouches for their address: they are a member."""
    RoleAssignment.objects.get_or_create(user=actor, role=Role.MEMBER)
    record(actor, "joined_through_provider", actor, provider=provider)


@transaction.atomic
def update_profile(*, actor: User, name: str, preferred_language: str) -> User:
    """People change their own name and language, nobody else's."""
    require(actor, "accounts.use_own", actor)
    actor.name, actor.preferred_language = name, preferred_language
    actor.save(update_fields=["name", "preferred_language"])
    record(actor, "updated_profile", actor)
    return actor


@transaction.atomic
def create_demo_accounts(*, actor: User) -> tuple[DemoAccount, ...]:
    """The people of the demonstration. Outside demo mode nobody can make them, nor sign in as one of them."""
    if not settings.DEMO:
        raise DemoAccountsRefused()
    require(actor, "accounts.manage_people")
    for account in DEMO_ACCOUNTS:
        if User.objects.filter(email=account.email).exists():
            continue
        user = User.objects.create_user(account.email, account.password, is_demo=True)
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        RoleAssignment.objects.create(user=user, role=account.role, granted_by=actor)
    return DEMO_ACCOUNTS
