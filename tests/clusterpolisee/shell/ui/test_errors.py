"""What a reader sees when something is missing, refused or broken: a sentence, and a way on."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import Client, RequestFactory
from django.utils.translation import override

from clusterpolisee.shell.ui import views


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "sentence"), [("en", "nothing at this address"), ("bg", "няма")])
def test_a_missing_page_offers_to_look_for_a_region(client: Client, language: str, sentence: str) -> None:
    answer = client.get(f"/{language}/nowhere/")
    text = answer.content.decode()
    assert answer.status_code == 404
    assert sentence in text and f'lang="{language}"' in text
    assert f'action="/{language}/regions/search/"' in text and f'href="/{language}/"' in text
    assert "canonical" not in text


@pytest.mark.django_db
def test_a_view_can_say_why_a_page_is_missing() -> None:
    answer = views.not_found(RequestFactory().get("/en/"), Http404("No region has the code XY99."))
    assert "No region has the code XY99." in answer.content.decode()


@pytest.mark.django_db
def test_djangos_own_reason_is_for_developers_only() -> None:
    answer = views.not_found(RequestFactory().get("/en/"), Http404({"tried": [], "path": "en/"}))
    assert "tried" not in answer.content.decode()


@pytest.mark.django_db
def test_a_refusal_gives_its_reason() -> None:
    answer = views.not_allowed(
        RequestFactory().get("/en/"), PermissionDenied("This needs the role of an analyst.")
    )
    assert answer.status_code == 403 and "This needs the role of an analyst." in answer.content.decode()


@pytest.mark.parametrize(("language", "sentence"), [("en", "Something broke here"), ("bg", "Нещо")])
def test_a_broken_page_speaks_without_asking_the_database(language: str, sentence: str) -> None:
    """No database mark here: a query would fail this test."""
    with override(language):
        answer = views.server_error(RequestFactory().get(f"/{language}/"))
    text = answer.content.decode()
    assert answer.status_code == 500
    assert sentence in text and f'lang="{language}"' in text


@pytest.mark.django_db
def test_too_many_tries_are_stopped_with_a_sentence(client: Client) -> None:
    for _try in range(40):
        answer = client.post("/en/account/login/", {"login": "x@example.org", "password": "wrong"})
        if answer.status_code == 429:
            break
    assert answer.status_code == 429 and "Too many tries" in answer.content.decode()
