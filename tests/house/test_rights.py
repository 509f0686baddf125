"""Role × address: what each page says of itself is what happens to everybody who comes, by link and by form."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from clusterpolisee.shell.accounts.access import PUBLIC, access_of
from clusterpolisee.shell.accounts.permissions import DECLARED, may
from clusterpolisee.shell.accounts.roles import Role
from clusterpolisee.shell.accounts.scopes import Held
from house.addresses import ASKED
from house.plan import PLATFORM
from house.rights import EXPECTED, NOBODY, OF_THINGS, WHO, person

LOGIN = "/en/account/login/"
# What stands in the open parts of an address: nothing that exists, so that only rights can make a difference.
INVENTED = {"form": "json", "code": "BG99", "part": "nothing"}
READS_ONLY = ("api_", "catalogue_")


@dataclass(frozen=True)
class Address:
    """One address with something invented in its open parts."""

    name: str
    path: str
    view: Any

    def __str__(self) -> str:
        return self.name


def addresses(patterns: list[Any], prefix: str = "", space: str = "") -> Iterator[Address]:
    for pattern in patterns:
        whole = prefix + _filled(str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, whole, pattern.namespace or space)
        elif isinstance(pattern, URLPattern):
            named = f"{space}:{pattern.name}" if space else str(pattern.name)
            yield Address(named, f"/{whole}", pattern.callback)


def _filled(pattern: str) -> str:
    if pattern.startswith("^"):
        named = re.sub(r"\(\?P<(\w+)>[^()]*\)", lambda one: INVENTED.get(one[1], "a"), pattern)
        return named.strip("^$").replace("\\", "").replace(".*", "nothing")
    return re.sub(
        r"<(?:(\w+):)?(\w+)>",
        lambda one: "999999" if one[1] == "int" else INVENTED.get(one[2], "nothing"),
        pattern,
    )


ADDRESSES = list(addresses(get_resolver().url_patterns))


def test_every_address_asks_for_the_right_that_stands_in_the_table() -> None:
    assert {one.name: access_of(one.view) for one in ADDRESSES} == ASKED


@pytest.mark.django_db
@pytest.mark.parametrize("role", WHO)
def test_a_page_opens_for_those_the_table_names_and_for_nobody_else(client: Client, role: str) -> None:
    """Also for a form that is sent: whoever may not is stopped before anybody looks what it says."""
    somebody = person(role)
    if somebody:
        client.force_login(somebody)
    wrong = []
    for one in ADDRESSES:
        right = ASKED[one.name]
        if right == PUBLIC and role != NOBODY:
            continue  # open to visitors, and so to everybody
        allowed = right == PUBLIC or role in EXPECTED[right].split(", ")
        for method in ("get", "post"):
            answer = getattr(client, method)(one.path)
            led_away = answer.status_code == 302 and answer["Location"].startswith(f"{LOGIN}?next=")
            refused = answer.status_code == 403 or led_away
            if allowed and refused:
                wrong.append(f"{method} {one.name} refuses {role} ({answer.status_code})")
            if not allowed and not (led_away if role == NOBODY else answer.status_code == 403):
                wrong.append(f"{method} {one.name} lets {role} in ({answer.status_code})")
    assert wrong == []


@pytest.mark.django_db
def test_no_form_of_another_site_is_taken() -> None:
    """Only what never changes anything takes requests without our mark: the API and the catalogue, which only read."""
    forms_of_strangers = Client(enforce_csrf_checks=True)
    forms_of_strangers.force_login(person("administrator"))  # type: ignore[arg-type]
    taken = {}
    for one in ADDRESSES:
        expected = (
            405 if one.name.startswith(READS_ONLY) and one.name not in ("api_tokens", "api_docs") else 403
        )
        answer = forms_of_strangers.post(one.path)
        if answer.status_code != expected:
            taken[one.name] = answer.status_code
    assert taken == {}


# Things in their states ----------------------------------------------------------------------------------


def thing_of(state: str, owner: int) -> Any:
    """Something with every mark by which permissions know whose it is and where it stands."""
    mine = owner if state.startswith("own") else owner + 1
    where = next((one for one in ("draft", "published", "archived") if one in state), "")
    whose = ("proposed_by_id", "owner_id", "saved_by_id", "user_id", "started_by_id")
    return SimpleNamespace(state=where, **dict.fromkeys(whose, mine))


WHATEVER_ITS_STATE = {"community.publish_cluster", "community.archive_cluster"}  # the role alone decides


@pytest.mark.django_db
@pytest.mark.parametrize("role", WHO)
def test_each_role_may_with_each_thing_what_the_table_says(role: str) -> None:
    somebody = person(role)
    may_do = {
        asked: may(somebody, asked[0], thing_of(asked[1], somebody.pk if somebody else 0))
        for asked in OF_THINGS
    }
    assert may_do == {asked: role in who.split(", ") for asked, who in OF_THINGS.items()}


def test_every_permission_that_looks_at_the_thing_stands_in_that_table() -> None:
    """A predicate that reads more than the person is found by giving it something that tells what is read."""
    looked_at = set()
    for permission in DECLARED:
        for actor in (_Somebody(), *(_Somebody(role) for role in Role)):
            thing = _Telling()
            may(actor, permission, thing)
            if thing.was_read:
                looked_at.add(permission)
    assert "jobs.see" in looked_at and "evidence.read" not in looked_at
    assert looked_at == {permission for permission, _state in OF_THINGS} - WHATEVER_ITS_STATE


class _Telling:
    was_read = False

    def __getattribute__(self, name: str) -> Any:
        if name != "was_read" and not name.startswith("__"):
            object.__setattr__(self, "was_read", True)
            return 1
        return object.__getattribute__(self, name)


class _Somebody:
    """Holds one role over the whole platform, or none."""

    pk = 1
    is_authenticated = is_active = is_admitted = has_second_factor = True
    lacks_second_factor = False

    def __init__(self, *roles: Role) -> None:
        self.held_roles = frozenset(Held(role) for role in roles)


# Deeds ---------------------------------------------------------------------------------------------------

# Deeds nobody is asked for: what the platform itself notes of somebody who has just done it.
WITHOUT_ASKING = {
    "shell/accounts/actions.py": {
        "welcome": "the person has just confirmed the address",
        "welcome_from_provider": "the person has just come from a service that vouches for the address",
    }
}


def deeds_that_ask_nobody(platform: Path) -> list[str]:
    """Public actions that neither ask for a permission nor hand their actor to another that does."""
    found = []
    for file in [*platform.glob("**/actions.py"), *platform.glob("**/actions/**/*.py")]:
        functions = {
            node.name: node for node in ast.parse(file.read_text()).body if isinstance(node, ast.FunctionDef)
        }
        where = file.relative_to(platform).as_posix()
        for name, node in functions.items():
            if (
                not name.startswith("_")
                and not _asks(node, functions)
                and name not in WITHOUT_ASKING.get(where, {})
            ):
                found.append(f"{where} {name}")
    return sorted(found)


def _asks(node: ast.FunctionDef, functions: dict[str, ast.FunctionDef], depth: int = 3) -> bool:
    for call in ast.walk(node):
        if not isinstance(call, ast.Call):
            continue
        called = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        if called == "require":
            return True
        if any(given.arg == "actor" for given in call.keywords):
            return True
        inner = functions.get(called)
        if depth and inner is not None and inner is not node and _asks(inner, functions, depth - 1):
            return True
    return False


def test_every_deed_asks_whether_its_actor_may() -> None:
    assert deeds_that_ask_nobody(PLATFORM) == []


@pytest.mark.parametrize(
    ("body", "caught"),
    [
        ("thing.save()", 1),
        ("require(actor, 'evidence.cite', thing)", 0),
        ("_checked(actor)", 0),
        ("keep(actor=actor)", 0),
    ],
)
def test_a_deed_that_asks_nobody_is_caught(tmp_path: Path, body: str, caught: int) -> None:
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence/actions.py").write_text(
        f"def cite(*, actor, thing):\n    {body}\n\ndef _checked(actor):\n    require(actor, 'evidence.cite')\n"
    )
    assert len(deeds_that_ask_nobody(tmp_path)) == caught
