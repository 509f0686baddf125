"""Deeds on accounts: roles given and taken, the first administrator, the people of a demonstration."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clusterpolisee.shell.accounts.models import RoleAssignment, User
from clusterpolisee.shell.accounts.permissions import require
from clusterpolisee.shell.accounts.roles import Role
from clusterpolisee.shell.history.recorder import record


class LastAdministrator(ValueError):
    """Somebody has to remain who can give roles."""

    def __init__(self) -> None:
        super().__init__(_("This is the last administrator. Make somebody else an administrator first."))


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
def grant_role(*, actor: User, user: User, role: Role, at: datetime | None = None) -> RoleAssignment:
    """Give somebody a role on the platform; giving it twice changes nothing."""
    require(actor, "accounts.manage_people", user)
    assignment, is_new = RoleAssignment.objects.get_or_create(
        user=user, role=role, defaults={"granted_by": actor, "granted_at": at or timezone.now()}
    )
    if is_new:
        record(actor, "granted_role", user, role=str(role))
    return assignment


@transaction.atomic
def withdraw_role(*, actor: User, user: User, role: Role) -> None:
    """Take a role back; the last administrator keeps theirs."""
    require(actor, "accounts.manage_people", user)
    # All holders are locked: two administrators who dismiss each other at the same moment must not both succeed.
    holders = {held.user_id: held for held in RoleAssignment.objects.select_for_update().filter(role=role)}
    if user.pk not in holders:
        return
    if role == Role.ADMINISTRATOR and not _remaining_administrators(set(holders) - {user.pk}):
        raise LastAdministrator()
    holders[user.pk].delete()
    record(actor, "withdrew_role", user, role=str(role))


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
