"""Roles over a part of the platform: what they reach, what they do not, and who says which parts there are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from clusterpolisee.classifications.models import Theme
from clusterpolisee.regions.models import Region
from clusterpolisee.shell.accounts import permissions, scopes
from clusterpolisee.shell.accounts.models import RoleAssignment, User
from clusterpolisee.shell.accounts.permissions import NotAllowed, holds_over, may, may_somewhere, require
from clusterpolisee.shell.accounts.roles import PLATFORM, Role
from clusterpolisee.shell.accounts.scopes import Scope, ScopeNotForRole, UnknownScope, scope_of

pytestmark = pytest.mark.django_db

# From product.md: which role can be held over what, written out by hand.
SCOPES = {
    "member": "platform",
    "analyst": "platform",
    "region_editor": "region",
    "region_lead": "region",
    "assessor": "assessment",
    "expert": "theme, language",
    "editor": "platform, theme",
    "group_lead": "group",
    "translator": "language",
    "coordinator": "platform",
    "administrator": "platform",
}
# Which roles a role includes beside itself.
INCLUDED = {
    "analyst": "member",
    "administrator": "member, analyst",
    "region_lead": "region_editor",
}


@dataclass(frozen=True)
class Paper:
    """Something that belongs to regions and themes, as a policy will."""

    regions: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()

    def scope_keys(self, kind: str) -> Iterable[str]:
        return {"region": self.regions, "theme": self.themes}.get(kind, ())


@pytest.fixture(autouse=True)
def paper_permissions(monkeypatch: pytest.MonkeyPatch) -> None:
    table = {
        "paper.edit": holds_over(Role.REGION_EDITOR, kind="region"),
        "paper.sign": holds_over(Role.REGION_LEAD, kind="region"),
        "paper.publish": holds_over(Role.EDITOR, kind="theme"),
    }
    monkeypatch.setattr(permissions, "_declared", {**permissions._declared, **table})


def holder(role: str, kind: str = PLATFORM, key: str = "", *, name: str = "nova") -> User:
    user, _ = User.objects.get_or_create(email=f"{name}@example.org")
    RoleAssignment.objects.create(user=user, role=role, scope_kind=kind, scope_key=key)
    return User.objects.get(pk=user.pk)


def test_every_role_has_the_scopes_the_table_says() -> None:
    assert {str(role): ", ".join(role.scope_kinds) for role in Role} == SCOPES


def test_higher_includes_lower_and_nothing_beside_it() -> None:
    for role in Role:
        below = {str(other) for other in Role if role.includes(other)} - {str(role)}
        assert below == set(filter(None, INCLUDED.get(str(role), "").split(", "))), role


# role, held over, what it is asked for, the paper's regions, whether it may
REGION_CASES = [
    ("region_editor", "BG31", "paper.edit", ("BG31",), True),
    ("region_editor", "BG3", "paper.edit", ("BG31",), True),
    ("region_editor", "BG", "paper.edit", ("BG341",), True),
    ("region_editor", "BG31", "paper.edit", ("BG3",), False),
    ("region_editor", "BG31", "paper.edit", ("BG32",), False),
    ("region_editor", "BG31", "paper.edit", ("RO31", "BG311"), True),
    ("region_editor", "BG31", "paper.edit", (), False),
    ("region_editor", "BG31", "paper.sign", ("BG31",), False),
    ("region_lead", "BG31", "paper.sign", ("BG31",), True),
    ("region_lead", "BG31", "paper.edit", ("BG311",), True),
    ("region_lead", "BG31", "paper.publish", ("BG31",), False),
]


@pytest.mark.parametrize(("role", "over", "permission", "regions", "is_allowed"), REGION_CASES)
def test_a_role_over_a_region_reaches_its_subregions_and_no_other(
    role: str, over: str, permission: str, regions: tuple[str, ...], is_allowed: bool
) -> None:
    assert may(holder(role, "region", over), permission, Paper(regions=regions)) == is_allowed


@pytest.mark.parametrize("role", ["member", "analyst", "coordinator", "administrator"])
def test_no_role_on_the_platform_signs_for_a_region(role: str) -> None:
    assert not may(holder(role), "paper.sign", Paper(regions=("BG31",)))


@pytest.mark.parametrize(
    ("kind", "key", "theme", "is_allowed"),
    [("theme", "3", "3", True), ("theme", "3", "30", False), ("platform", "", "5", True)],
)
def test_an_editor_publishes_in_their_theme_or_everywhere(
    kind: str, key: str, theme: str, is_allowed: bool
) -> None:
    assert may(holder("editor", kind, key), "paper.publish", Paper(themes=(theme,))) == is_allowed


def test_a_region_with_the_number_of_a_theme_opens_nothing() -> None:
    assert not may(holder("region_editor", "region", "3"), "paper.publish", Paper(themes=("3",)))


def test_without_an_object_only_the_question_somewhere_is_answered_with_yes() -> None:
    editor = holder("region_editor", "region", "BG31")
    assert not may(editor, "paper.edit")
    assert may_somewhere(editor, "paper.edit")
    assert not may_somewhere(editor, "paper.sign")
    assert not may_somewhere(AnonymousUser(), "paper.edit")
    assert not may(editor, "paper.edit"), "the question is over with its answer"


def test_a_role_over_a_part_gives_no_right_on_the_whole() -> None:
    lead = holder("region_lead", "region", "BG31")
    assert not may(lead, "evidence.cite") and not may(lead, "evidence.import")


def test_a_refusal_names_the_role_that_would_do() -> None:
    with pytest.raises(NotAllowed, match="role of a lead of the region"):
        require(holder("region_editor", "region", "BG31"), "paper.sign", Paper(regions=("BG31",)))


@pytest.mark.parametrize("fields", [{"is_active": False}, {"is_demo": True}])
def test_roles_of_a_closed_or_demo_account_rest(fields: dict[str, bool], settings) -> None:
    settings.DEMO = False
    user = holder("region_lead", "region", "BG31")
    User.objects.filter(pk=user.pk).update(**fields)
    assert User.objects.get(pk=user.pk).held_roles == frozenset()


def test_all_roles_are_one_query(django_assert_num_queries) -> None:
    holder("region_lead", "region", "BG31")
    user = holder("expert", "theme", "2")
    with django_assert_num_queries(1):
        may(user, "paper.edit", Paper(regions=("BG31",)))
        may(user, "paper.publish", Paper(themes=("2",)))
        assert user.role_names == frozenset()


@pytest.mark.parametrize(("kind", "key"), [("platform", "BG31"), ("region", "")])
def test_a_part_has_a_key_and_the_whole_has_none(kind: str, key: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        holder("region_editor", kind, key)


@pytest.fixture
def places() -> None:
    common = {"vintage": 2024, "country": "BG", "name_native_language": "bg"}
    for code, level, english, bulgarian in (
        ("BG", 0, "Bulgaria", "България"),
        ("BG31", 2, "Severozapaden", "Северозападен"),
        ("BG311", 3, "Vidin", "Видин"),
        ("BG411", 3, "Sofia", "София"),
        ("BG412", 3, "Sofia", "София"),
    ):
        Region.objects.create(
            code=code,
            level=level,
            name_native=bulgarian,
            name_latin=english,
            name_en=english,
            name_bg=bulgarian,
            search_text=f"|{english.lower()}|{bulgarian.lower()}|",
            **common,
        )
    for number in range(1, 7):
        Theme.objects.get_or_create(number=number, defaults={"labels": {"en": f"Theme {number}"}})


@pytest.mark.parametrize("written", ["BG31", "bg31", " Severozapaden ", "СЕВЕРОЗАПАДЕН"])
def test_a_region_is_known_by_its_code_and_by_its_name(places: None, written: str) -> None:
    assert scope_of(Role.REGION_EDITOR, "region", written) == Scope("region", "BG31")


@pytest.mark.parametrize(
    ("role", "kind", "written", "obstacle", "sentence"),
    [
        (Role.REGION_EDITOR, "region", "XX99", UnknownScope, "no region with the code or name “XX99”"),
        (Role.REGION_EDITOR, "region", "", UnknownScope, "Codes look like BG"),
        (Role.REGION_EDITOR, "region", "Sofia", UnknownScope, "called “Sofia”: BG411, BG412"),
        (Role.EXPERT, "theme", "9", UnknownScope, "numbers 1, 2, 3, 4, 5, 6"),
        (Role.TRANSLATOR, "language", "fr", UnknownScope, "“fr” is no language of the platform"),
        (Role.ASSESSOR, "assessment", "1", UnknownScope, "nothing of the kind “assessment” yet"),
        (Role.ANALYST, "region", "BG31", ScopeNotForRole, "analyst cannot be held over “a region”"),
        (Role.REGION_LEAD, "platform", "", ScopeNotForRole, "It is held over: a region"),
    ],
)
def test_a_scope_that_cannot_be_says_why(
    places: None, role: Role, kind: str, written: str, obstacle: type[Exception], sentence: str
) -> None:
    with pytest.raises(obstacle, match=sentence):
        scope_of(role, kind, written)


def test_scopes_are_named_for_readers_and_an_unknown_key_stands_for_itself(places: None) -> None:
    named = scopes.names_of([Scope("region", "BG31"), Scope("region", "ZZ1"), Scope("language", "el")])
    assert named[Scope("region", "BG31")] == "Severozapaden (BG31)"
    assert named[Scope("region", "ZZ1")] == "ZZ1"
    assert named[Scope("language", "el")] == "ελληνικά"
    assert named[Scope()] == "the whole platform"


def test_two_apps_cannot_both_say_what_a_region_is() -> None:
    known = next(kind for kind in scopes.kinds() if kind.name == "region")
    with pytest.raises(ValueError, match="Two apps"):
        scopes.plug_in(scopes.ScopeKind("region", "x", known.resolve, known.names_of, known.choices))


def test_a_permission_over_a_kind_that_the_role_never_has_is_a_mistake_of_the_code() -> None:
    with pytest.raises(ValueError, match="never held over a region"):
        holds_over(Role.TRANSLATOR, kind="region")
