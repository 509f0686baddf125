"""`clusterpolisee account …`: the first administrator, roles, a list of people."""

from __future__ import annotations

import argparse
import getpass
import sys
from typing import Any

from django.core.exceptions import ValidationError

from clusterpolisee.shell.accounts import actions, scopes
from clusterpolisee.shell.accounts.models import User
from clusterpolisee.shell.accounts.queries import operator
from clusterpolisee.shell.accounts.roles import PLATFORM, Role


def register(commands: Any) -> None:
    """Plug `account` in."""
    account = commands.add_parser("account", help="people: first administrator, roles, list")
    verbs = account.add_subparsers(dest="verb", required=True, metavar="VERB")
    create = verbs.add_parser("create-admin", help="an administrator with a confirmed address")
    create.add_argument("email")
    create.add_argument("--name", default="")
    create.add_argument("--password-stdin", action="store_true", help="read the password from standard input")
    create.set_defaults(run=create_admin)
    for name, run, text in (("grant", grant, "give a role"), ("withdraw", withdraw, "take a role back")):
        verb = verbs.add_parser(name, help=text)
        verb.add_argument("email")
        verb.add_argument("role", choices=[str(role.value) for role in Role])
        verb.add_argument(
            "--over",
            default=PLATFORM,
            metavar="KIND:KEY",
            help="region:BG31, theme:2, language:el; else everything",
        )
        verb.set_defaults(run=run)
    lost = verbs.add_parser("remove-second-factors", help="for somebody who lost telephone and codes")
    lost.add_argument("email")
    lost.set_defaults(run=remove_second_factors)
    verbs.add_parser("list", help="everyone with an account").set_defaults(run=list_people)


def create_admin(options: argparse.Namespace) -> int:
    password = sys.stdin.readline().rstrip("\n") if options.password_stdin else _asked_twice()
    if password is None:
        return _refused("The two passwords are not the same. Nothing was created.")
    try:
        user = actions.create_administrator(
            actor=operator(), email=options.email, password=password, name=options.name
        )
    except actions.AccountExists as obstacle:
        return _refused(str(obstacle))
    except ValidationError as weak:
        return _refused(" ".join(weak.messages))
    print(f"{user.email} is an administrator and can sign in.")
    return 0


def grant(options: argparse.Namespace) -> int:
    return _change(options, actions.grant_role)


def withdraw(options: argparse.Namespace) -> int:
    return _change(options, actions.withdraw_role)


def _change(options: argparse.Namespace, deed: Any) -> int:
    user = _known(options.email)
    if user is None:
        return 2
    role = Role(options.role)
    kind, _colon, key = options.over.partition(":")
    try:
        deed(actor=operator(), user=user, role=role, scope=scopes.scope_of(role, kind, key))
    except (
        actions.LastAdministrator,
        actions.AccountClosed,
        scopes.ScopeNotForRole,
        scopes.UnknownScope,
    ) as no:
        return _refused(str(no))
    print(f"{user.email}: {_held_by(user) or 'no role'}")
    return 0


def remove_second_factors(options: argparse.Namespace) -> int:
    user = _known(options.email)
    if user is None:
        return 2
    removed = actions.remove_second_factors(actor=operator(), user=user)
    print(f"{user.email}: {'the password is enough now' if removed else 'there was no second factor'}.")
    return 0


def _known(email: str) -> User | None:
    user = User.objects.people().filter(email__iexact=email).first()
    if user is None:
        _refused(f"Nobody has an account with {email}. `clusterpolisee account list` shows everyone.")
    return user


def _held_by(user: User) -> str:
    """“analyst, region_editor region:BG31”."""
    rows = user.role_assignments.values_list("role", "scope_kind", "scope_key").order_by("role", "scope_key")
    return ", ".join(role if kind == PLATFORM else f"{role} {kind}:{key}" for role, kind, key in rows)


def list_people(options: argparse.Namespace) -> int:
    for user in User.objects.people():
        print(f"{user.email:<40} {_held_by(user) or '–'}{'' if user.is_active else ' (closed)'}")
    return 0


def _asked_twice() -> str | None:
    first = getpass.getpass("Password: ")
    return first if first == getpass.getpass("Again: ") else None


def _refused(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 2
