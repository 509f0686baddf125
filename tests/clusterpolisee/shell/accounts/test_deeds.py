"""Who did what: who sees which deeds, how they are found, and the file that no spreadsheet runs."""

from __future__ import annotations

import ast
import csv
import io
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client

import clusterpolisee
from clusterpolisee.shell.accounts.models import RoleAssignment, User
from clusterpolisee.shell.history.deeds import known_deeds, told
from clusterpolisee.shell.history.models import Event
from clusterpolisee.shell.history.recorder import record

pytestmark = pytest.mark.django_db
DEEDS = "/en/account/deeds/"
FILE = "/en/account/deeds.csv"
HEADER = ["at", "person", "email", "verb", "deed", "thing_kind", "thing_key", "thing", "details", "record"]


def person(name: str, role: str = "") -> User:
    user = User.objects.create_user(f"{name.lower()}@example.org", None, name=name)
    if role:
        RoleAssignment.objects.create(user=user, role=role)
    return User.objects.get(pk=user.pk)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def on_data(verb: str, actor: User | None, at: str, **details: object) -> Event:
    """A deed on a dataset version, as evidence records it."""
    return Event.objects.create(
        actor=actor,
        actor_label=actor.name if actor else "",
        verb=verb,
        app="evidence",
        kind="datasetversion",
        key="7",
        details={"table": "lfst_r_lfe2en2", "number": 3, **details},
        at=moment(at),
    )


@pytest.fixture
def boss(client: Client) -> User:
    user = person("Boss", "administrator")
    client.force_login(user)
    return user


@pytest.fixture
def ana() -> User:
    return person("Ана", "analyst")


@pytest.fixture
def some_deeds(boss: User, ana: User) -> None:
    on_data("imported", ana, "2026-03-01T10:00:00", file="employment.tsv")
    on_data("accepted", boss, "2026-03-02T10:00:00")
    on_data("rolled-back", ana, "2026-03-03T10:00:00", to=2)
    on_data("cited", ana, "2026-03-04T10:00:00")
    record(boss, "granted_role", ana, at=moment("2026-03-05T10:00:00"), role="region_lead", scope_key="BG31")
    record(boss, "sang_a_song", ana, at=moment("2026-03-06T10:00:00"))


def lines(client: Client, **asked: str) -> list[list[str]]:
    answer = client.get(FILE, asked)
    assert answer.status_code == 200
    return list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode())))  # type: ignore[arg-type, attr-defined]


def verbs(client: Client, **asked: str) -> list[str]:
    return [line[3] for line in lines(client, **asked)[1:]]


def test_an_administrator_sees_everything_newest_first_and_a_verb_without_words_too(
    client: Client, some_deeds: None
) -> None:
    page = client.get(DEEDS).content.decode()
    assert "imported a file" in page and "lfst_r_lfe2en2, version 3, employment.tsv" in page
    assert "lfst_r_lfe2en2, version 3 → 2" in page and "region lead: BG31" in page and "sang a song" in page
    assert 'href="/en/data/lfst_r_lfe2en2/3/"' in page
    assert verbs(client) == ["sang_a_song", "granted_role", "cited", "rolled-back", "accepted", "imported"]


def test_an_analyst_sees_deeds_on_data_and_nothing_of_people(
    client: Client, some_deeds: None, ana: User
) -> None:
    client.force_login(ana)
    page = client.get(DEEDS).content.decode()
    assert "imported a file" in page
    assert "gave a role" not in page and "sang a song" not in page and "cited a figure" not in page
    assert verbs(client) == ["rolled-back", "accepted", "imported"]
    assert verbs(client, deed="accounts.granted_role") == ["rolled-back", "accepted", "imported"]
    assert verbs(client, deed="evidence.cited") == ["rolled-back", "accepted", "imported"]


@pytest.mark.parametrize("role", ["", "member", "coordinator"])
@pytest.mark.parametrize("address", [DEEDS, FILE])
def test_nobody_else_sees_deeds(client: Client, role: str, address: str) -> None:
    assert client.get(address).status_code == 302
    client.force_login(person("Nova", role))
    assert client.get(address).status_code == 403
    assert client.post(address).status_code in (403, 405)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"person": "ана"}, ["cited", "rolled-back", "imported"]),
        ({"person": "boss@EXAMPLE.org"}, ["sang_a_song", "granted_role", "accepted"]),
        ({"person": "nobody"}, []),
        ({"deed": "evidence.imported"}, ["imported"]),
        (
            {"deed": "no.such"},
            ["sang_a_song", "granted_role", "cited", "rolled-back", "accepted", "imported"],
        ),
        ({"first": "2026-03-03", "last": "2026-03-04"}, ["cited", "rolled-back"]),
        ({"last": "2026-03-01"}, ["imported"]),
        ({"person": "Ана", "deed": "evidence.rolled-back"}, ["rolled-back"]),
        ({"first": "9999-12-31"}, []),
        ({"last": "9999-12-31", "first": "2026-03-06"}, ["sang_a_song"]),
    ],
)
def test_deeds_are_found_by_person_kind_and_period(
    client: Client, some_deeds: None, asked: dict[str, str], found: list[str]
) -> None:
    assert verbs(client, **asked) == found


def test_a_day_is_a_day_of_the_platform(client: Client, boss: User) -> None:
    """In Sofia it is 2 March already when it is 22:30 on 1 March in Greenwich."""
    on_data("imported", boss, "2026-03-01T22:30:00")
    assert verbs(client, first="2026-03-02", last="2026-03-02") == ["imported"]
    assert verbs(client, last="2026-03-01") == []


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"first": "2026-03-04", "last": "2026-03-01"}, "This day is before the first one."),
        ({"first": "yesterday"}, "Enter a valid date"),
        ({"deed": "<script>"}, "not one of the available choices"),
        ({"page": "minus one"}, "imported a file"),
    ],
)
def test_what_makes_no_sense_is_said_and_nothing_breaks(
    client: Client, some_deeds: None, asked: dict[str, str], sentence: str
) -> None:
    page = client.get(DEEDS, asked)
    assert page.status_code == 200 and sentence in page.content.decode()
    assert "<script>" not in page.content.decode().partition("<main")[2].partition("</main")[0]


def test_the_list_is_paged_and_keeps_what_was_asked(client: Client, boss: User) -> None:
    for minute in range(55):
        on_data("imported", boss, f"2026-03-01T10:{minute:02}:00")
    page = client.get(DEEDS, {"deed": "evidence.imported"}).content.decode()
    assert page.count("<tr><td>") == 50 and "deed=evidence.imported&amp;page=2" in page
    assert f'href="{FILE}?deed=evidence.imported"' in page
    assert len(lines(client, deed="evidence.imported")) == 56


def test_a_page_asks_no_more_for_many_deeds(
    client: Client, boss: User, django_assert_max_num_queries
) -> None:
    for number in range(45):
        record(boss, "granted_role", person(f"One{number}"), role="analyst")
    client.get(DEEDS)
    with django_assert_max_num_queries(8):
        client.get(DEEDS)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", ";="])
def test_no_cell_of_the_file_is_a_formula(client: Client, boss: User, start: str) -> None:
    nasty = f'{start}HYPERLINK("http://evil.example","x")'
    attacker = person(nasty[:140])
    User.objects.filter(pk=attacker.pk).update(name=nasty)
    on_data("imported", User.objects.get(pk=attacker.pk), "2026-03-01T10:00:00", table=nasty, file=nasty)
    header, line = lines(client)
    assert header == HEADER
    for cell in line:
        assert not re.search(r'(^|[,;|\t\r\n])[\s"]*[=+\-@]', cell), cell


def test_deeds_of_an_account_that_is_gone_keep_their_name(
    client: Client, some_deeds: None, ana: User
) -> None:
    ana.delete()
    assert "<td>Ана</td>" in client.get(DEEDS).content.decode()
    assert verbs(client, person="Ана") == ["cited", "rolled-back", "imported"]


def test_details_of_another_shape_are_told_as_far_as_they_go(boss: User) -> None:
    event = Event(
        verb="imported",
        app="evidence",
        kind="datasetversion",
        key="1",
        details={"number": "x y"},
        at=moment("2026-03-01"),
    )
    assert told([event])[0].details == ", version x y" and told([event])[0].link == ""


def recorded_verbs() -> set[tuple[str, str]]:
    """App and verb of every deed that the code records: words handed to `record`, or to what takes a `verb`."""
    found: set[tuple[str, str]] = set()
    root = Path(clusterpolisee.__file__).parent
    for file in root.glob("**/*.py"):
        folders = file.relative_to(root).parts
        app = folders[1] if folders[0] == "shell" else folders[0]
        tree = ast.parse(file.read_text())
        places = {"record": 1} | {
            function.name: [one.arg for one in function.args.args].index("verb")
            for function in ast.walk(tree)
            if isinstance(function, ast.FunctionDef) and any(one.arg == "verb" for one in function.args.args)
        }
        for call in ast.walk(tree):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") in places:
                place = places[call.func.id]
                said = [
                    *call.args[place : place + 1],
                    *(one.value for one in call.keywords if one.arg == "verb"),
                ]
                found |= {(app, word.value) for one in said for word in ast.walk(one) if _is_word(word)}
    return found


def _is_word(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def test_every_deed_the_code_records_has_words_in_its_app() -> None:
    recorded = recorded_verbs()
    assert recorded - {(app, verb) for app, verb, _words in known_deeds()} == set()
    assert {
        ("evidence", "imported"),
        ("community", "imported"),
        ("accounts", "granted_role"),
        ("accounts", "added_second_factor"),
    } <= recorded
