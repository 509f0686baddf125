"""Cluster categories: what is brought along, what is checked, who edits, and that an edit is never overwritten."""

from __future__ import annotations

import unicodedata

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from clusterpolisee.classifications import actions, category_seeding, queries
from clusterpolisee.classifications.category_words import CategoryFacts, facts_of, in_words, parts_text
from clusterpolisee.classifications.forms import read_parts
from clusterpolisee.classifications.models import CategoryScheme, ClusterCategory
from clusterpolisee.classifications.seeding import load_classifications
from clusterpolisee.shell.accounts.models import RoleAssignment, User
from clusterpolisee.shell.accounts.permissions import NotAllowed
from clusterpolisee.shell.history.revisions import ChangedMeanwhile, revisions_of

FACTS = CategoryFacts({"en": "Wine", "bg": "Вино"}, {}, {"C11": 1.0, "I56": 0.25})
LEVELS = {"C": 1, "C10": 2, "G47": 2, "G471": 3, "I56": 2}


@pytest.fixture(autouse=True)
def loaded(db: None) -> None:
    load_classifications()


def person(role: str | None) -> User:
    user = User.objects.create_user(f"{role}@example.org", name=role or "")
    if role:
        RoleAssignment.objects.create(user=user, role=role)
    return user


@pytest.fixture
def analyst() -> User:
    return person("analyst")


def test_twenty_to_thirty_categories_are_brought_along_each_named_in_both_languages():
    found = queries.categories()
    assert 20 <= len(found) <= 30
    for one in found:
        for language, script in (("bg", "CYRILLIC"), ("en", "LATIN")):
            assert {unicodedata.name(c).split()[0] for c in one.labels[language] if c.isalpha()} == {script}
            assert one.descriptions[language]
        assert one.weights and all(0 < weight <= 1 for weight in one.weights.values())


def test_the_scheme_says_honestly_that_it_is_our_own():
    scheme = CategoryScheme.objects.get()
    assert "not the European Cluster Observatory's" in scheme.notes["en"]
    assert str(scheme).endswith(" 1")


def test_categories_and_their_parts_take_few_queries(django_assert_num_queries):
    with django_assert_num_queries(3):
        assert sum(len(one.weights) for one in queries.categories()) > 40


def test_what_an_analyst_edited_is_left_alone_by_the_seeds(analyst):
    tourism = queries.category("tourism")
    facts = CategoryFacts(tourism.labels, tourism.descriptions, {"I55": 1.0, "I56": 0.4})
    actions.edit_category(actor=analyst, category=tourism, facts=facts, base_revision=1)
    load_classifications()
    assert queries.category("tourism").weights == {"I55": 1.0, "I56": 0.4}


def test_what_nobody_edited_follows_a_newer_package():
    older = queries.category("tourism")
    facts = CategoryFacts({"en": "Travel", "bg": "Пътувания"}, {}, {"I55": 1.0})
    older.labels, older.descriptions = dict(facts.labels), {}
    older.seeded_as = category_seeding._mark(facts)  # as an older package left it
    older.save()
    category_seeding.put_parts(older, facts)
    load_classifications()
    newer = queries.category("tourism")
    assert newer.labels["en"] == "Tourism" and newer.weights == {"I55": 1.0, "I56": 0.5, "N79": 1.0}
    assert [one.verb for one in revisions_of(newer)] == ["seeded", "seeded"]


@pytest.mark.parametrize(
    ("text", "weights"),
    [
        ("C10", {"C10": 1.0}),
        ("c10; i56:0.5", {"C10": 1.0, "I56": 0.5}),
        ("C10\nG471:1", {"C10": 1.0, "G471": 1.0}),
    ],
)
def test_parts_are_read_as_people_write_them(text, weights):
    assert read_parts(text, LEVELS) == (weights, [])


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "at least one NACE code"),
        (" , ; ", "at least one NACE code"),
        ("X99", "NACE Rev. 2 has no “X99”"),
        ("C10 c10", "“C10” stands here twice"),
        ("C", "“C” is too wide"),
        ("C10:0", "above 0 and at most 1"),
        ("C10:1.5", "above 0 and at most 1"),
        ("C10:half", "above 0 and at most 1"),
        ("C10:nan", "above 0 and at most 1"),
        ("G47, G471", "“G471” lies inside “G47”"),
    ],
)
def test_parts_that_cannot_be_are_told_in_a_sentence(text, sentence):
    _weights, problems = read_parts(text, LEVELS)
    assert len(problems) == 1 and sentence in problems[0]


def test_words_read_back_as_facts():
    assert parts_text(FACTS.weights) == "C11, I56:0.25"
    assert read_parts(parts_text(FACTS.weights), {"C11": 2, "I56": 2})[0] == FACTS.weights


@pytest.mark.parametrize(
    ("role", "may"), [(None, False), ("member", False), ("analyst", True), ("administrator", True)]
)
def test_analysts_make_and_edit_categories(role, may):
    actor = person(role)
    tourism = queries.category("tourism")
    if may:
        assert actions.create_category(actor=actor, code="wine", facts=FACTS).weights == FACTS.weights
        edited = actions.edit_category(actor=actor, category=tourism, facts=FACTS, base_revision=1)
        assert edited.revision == 2
    else:
        with pytest.raises(NotAllowed):
            actions.create_category(actor=actor, code="wine", facts=FACTS)
        with pytest.raises(NotAllowed):
            actions.edit_category(actor=actor, category=tourism, facts=FACTS, base_revision=1)


def test_a_visitor_makes_nothing():
    with pytest.raises(NotAllowed):
        actions.create_category(actor=AnonymousUser(), code="wine", facts=FACTS)


def test_a_code_is_taken_once(analyst):
    with pytest.raises(actions.CategoryExists, match="“tourism” already"):
        actions.create_category(actor=analyst, code="tourism", facts=FACTS)


def test_an_edit_of_what_has_changed_meanwhile_overwrites_nothing(analyst):
    tourism = queries.category("tourism")
    actions.edit_category(actor=analyst, category=tourism, facts=FACTS, base_revision=1)
    with pytest.raises(ChangedMeanwhile):
        actions.edit_category(actor=analyst, category=tourism, facts=facts_of(tourism), base_revision=1)
    assert queries.category("tourism").weights == FACTS.weights


# Pages


@pytest.fixture
def browser(analyst: User) -> Client:
    client = Client()
    client.force_login(analyst)
    return client


def as_sent(category: ClusterCategory, **changes: str) -> dict[str, str]:
    return in_words(facts_of(category)) | {"revision": str(category.revision)} | changes


def test_an_analyst_edits_and_the_history_shows_both_versions(browser, client):
    tourism = queries.category("tourism")
    answer = browser.post("/en/categories/tourism/edit/", as_sent(tourism, parts="I55, N79"))
    assert answer["Location"] == "/en/categories/tourism/"
    page = client.get("/en/categories/tourism/history/?from=1&to=2").content.decode()
    assert "<del>I55, I56:0.5, N79</del></td><td><ins>I55, N79</ins>" in page and "brought along" in page


def test_a_fault_is_said_beside_the_field_and_nothing_is_lost(browser):
    sent = as_sent(queries.category("tourism"), parts="I55, X99", label_en="Travel")
    page = browser.post("/en/categories/tourism/edit/", sent).content.decode()
    assert "NACE Rev. 2 has no “X99”" in page and 'value="Travel"' in page
    assert queries.category("tourism").labels["en"] == "Tourism"


def test_two_analysts_at_one_form_see_both(browser):
    tourism = queries.category("tourism")
    browser.post("/en/categories/tourism/edit/", as_sent(tourism, label_en="Travel", label_bg="Пътувания"))
    page = browser.post("/en/categories/tourism/edit/", as_sent(tourism, label_en="Holidays", parts="I55"))
    form = page.context["form"]
    assert "Two people wrote here" in page.content.decode()
    assert (form.initial["label_en"], form.initial["label_bg"], form.initial["parts"]) == (
        "Holidays",
        "Пътувания",
        "I55",
    )
    assert queries.category("tourism").labels["en"] == "Travel"


@pytest.mark.parametrize("code", ["new", "Wine", "with_line", "a b", "tourism"])
def test_a_code_that_cannot_be_an_address_is_refused(browser, code):
    sent = {"code": code, "label_bg": "Вино", "label_en": "Wine", "parts": "C11"}
    assert browser.post("/en/categories/new/", sent).status_code == 200


def test_a_new_category_has_a_page_at_once(browser, client):
    sent = {"code": "wine", "label_bg": "Вино", "label_en": "Wine", "parts": "C11, I56:0.25"}
    address = browser.post("/en/categories/new/", sent)["Location"]
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("address", ["/en/categories/new/", "/en/categories/tourism/edit/"])
def test_the_forms_are_for_analysts(client, address):
    assert client.get(address).status_code == 302
    client.force_login(person("member"))
    assert client.get(address).status_code == 403
