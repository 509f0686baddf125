"""A NUL in a query is left out before anything is asked of the database; PostgreSQL would refuse it."""

from __future__ import annotations

import pytest
from django.test import Client

from factories.reading import reader_with

pytestmark = pytest.mark.usefixtures("world")


@pytest.mark.parametrize(
    "address",
    [
        "/en/regions/search/?q=%00",
        "/en/regions/search/?q=vi%00din",
        "/en/regions/compare/?r=%00&r=BG31&add=%00",
        "/en/indicators/population/?country=%00&type=%00&year=%00",
        "/en/activities/C14/?country=%00",
        "/en/categories/tourism/?region=%00&type=%00",
        "/en/clusters/?q=%00&country=%00",
        "/en/data/?q=%00&topic=%00&year=%00",
        "/en/data/gaps/?state=%00&dataset=%00",
        "/en/regions/BG31/?activity=%00",
    ],
)
def test_a_page_stands_whatever_is_asked_of_it(client: Client, address: str) -> None:
    assert client.get(address).status_code in (200, 302)


def test_people_are_found_by_a_name_with_a_nul() -> None:
    assert reader_with("administrator").get("/en/account/people/?q=a%00dministrator").status_code == 200


def test_the_api_names_what_is_wrong(client: Client) -> None:
    answer = client.get("/api/v1/regions?country=%00")
    assert answer.status_code == 422 and "country" in answer.content.decode()


def test_a_comparison_is_kept_without_it() -> None:
    answer = reader_with("member").post(
        "/en/regions/compare/save/", {"r": ["BG31", "EL52"], "title": "For\0 us", "note": "\0"}
    )
    assert answer.status_code == 302 and "/comparisons/" in answer["Location"]
