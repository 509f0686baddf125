"""`clusterpolisee account …`: the first administrator, roles, a list of people."""

from __future__ import annotations

import argparse
import getpass
import sys
from typing import Any

from django.core.exceptions import ValidationError

from clusterpolisee.shell.accounts import actions
from clusterpolisee.shell.accounts.models import User
from clusterpolisee.shell.accounts.queries import operator
from clusterpolisee.shell.accounts.roles import Role


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
        verb.set_defaults(run=run)
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
    user = User.objects.people().filter(email__iexact=options.email).first()
    if user is None:
        return _refused(
            f"Nobody has an account with {options.email}. `clusterpolisee account list` shows everyone."
        )
    try:
        deed(actor=operator(), user=user, role=Role(options.role))
    except actions.LastAdministrator as obstacle:
        return _refused(str(obstacle))
    held = ", ".join(sorted(User.objects.get(pk=user.pk).role_names)) or "no role"
    print(f"{user.email}: {held}")
    return 0


def list_people(options: argparse.Namespace) -> int:
    for user in User.objects.people():
        print(f"{user.email:<40} {', '.join(sorted(user.role_names)) or '–'}")
    return 0


def _asked_twice() -> str | None:
    first = getpass.getpass("Password: ")
    return first if first == getpass.getpass("Again: ") else None


def _refused(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 2
