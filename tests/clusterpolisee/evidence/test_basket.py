"""Baskets: collecting, ordering, noting, taking out and bringing back; publishing; taking along."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime

import pytest
from django.test import Client
from openpyxl import load_workbook

from clusterpolisee.evidence import basket as baskets
from clusterpolisee.evidence.basket import BasketRefuses
from clusterpolisee.evidence.citing import cite_figure
from clusterpolisee.evidence.figures import FigureRef
from clusterpolisee.evidence.models import Basket, BasketItem, Citation
from clusterpolisee.shell.accounts.models import User
from clusterpolisee.shell.accounts.permissions import NotAllowed
from clusterpolisee.shell.accounts.roles import Role
from clusterpolisee.shell.history.queries import events_of
from factories.evidence import person

pytestmark = pytest.mark.usefixtures("world")

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
JOBS = FigureRef("observation", "employment", "BG31", 2024, 2015, "TOTAL")
OUTPUT = FigureRef("derived", "gdp_per_person_employed", "BG31", 2024, 2015)
QUOTIENT = FigureRef("location-quotient", "persons_employed", "BG31", 2024, 2015, "C14")


def filled(owner: User, *refs: FigureRef) -> Basket:
    basket = baskets.make_basket(actor=owner, name="Chapter 2", now=NOW)
    for ref in refs or (JOBS, OUTPUT, QUOTIENT):
        citation = cite_figure(actor=owner, ref=ref, cited_at=NOW)
        baskets.collect(actor=owner, basket=basket, citation=citation, now=NOW)
    return basket


def measures(basket: Basket) -> list[str]:
    return [item.citation.measure for item in baskets.items_of(basket)]


def deed(client: Client, basket: Basket, **given: object):
    return client.post(f"/en/baskets/{basket.address}/change/", given, follow=True)


# Deeds --------------------------------------------------------------------------------------------------


def test_a_citation_is_in_a_basket_once_and_in_as_many_baskets_as_one_likes() -> None:
    owner = person(Role.MEMBER)
    first, second = filled(owner, JOBS), filled(owner, JOBS)
    citation = Citation.objects.get()
    baskets.collect(actor=owner, basket=first, citation=citation, now=NOW)
    assert len(baskets.items_of(first)) == len(baskets.items_of(second)) == 1


def test_the_order_is_the_owners() -> None:
    owner = person(Role.MEMBER)
    basket = filled(owner)
    items = baskets.items_of(basket)
    baskets.move_item(actor=owner, item=items[2], by=-1, now=NOW)
    assert measures(basket) == ["observation", "location-quotient", "derived"]
    baskets.move_item(actor=owner, item=items[0], by=-1, now=NOW)  # it is the first already
    baskets.move_item(actor=owner, item=items[0], by=1, now=NOW)
    assert measures(basket) == ["location-quotient", "observation", "derived"]


def test_what_is_taken_out_comes_back_where_it_stood_with_its_note() -> None:
    owner = person(Role.MEMBER)
    basket = filled(owner)
    item = baskets.items_of(basket)[1]
    baskets.write_note(actor=owner, item=item, note="for the\n introduction", now=NOW)
    baskets.remove_item(actor=owner, item=item, now=NOW)
    assert measures(basket) == ["observation", "location-quotient"]
    assert baskets.removed_items_of(basket) == [item]
    baskets.restore_item(actor=owner, item=item, now=NOW)
    assert measures(basket) == ["observation", "derived", "location-quotient"]
    assert baskets.items_of(basket)[1].note == "for the introduction"


def test_collecting_again_what_was_taken_out_brings_it_to_the_end() -> None:
    owner = person(Role.MEMBER)
    basket = filled(owner)
    item = baskets.items_of(basket)[0]
    baskets.remove_item(actor=owner, item=item, now=NOW)
    baskets.collect(actor=owner, basket=basket, citation=item.citation, now=NOW)
    assert measures(basket) == ["derived", "location-quotient", "observation"]
    assert BasketItem.objects.filter(basket=basket).count() == 3


def test_a_removed_basket_comes_back_with_everything_but_unpublished() -> None:
    owner = person(Role.MEMBER)
    basket = filled(owner)
    baskets.publish_basket(actor=owner, basket=basket, now=NOW)
    baskets.remove_basket(actor=owner, basket=basket, now=NOW)
    assert not baskets.baskets_of(owner) and list(baskets.removed_baskets_of(owner)) == [basket]
    with pytest.raises(BasketRefuses):
        baskets.publish_basket(actor=owner, basket=basket, now=NOW)
    baskets.restore_basket(actor=owner, basket=basket, now=NOW)
    assert len(measures(basket)) == 3 and not Basket.objects.get().is_published


def test_every_deed_is_remembered() -> None:
    owner = person(Role.MEMBER)
    basket = filled(owner, JOBS)
    baskets.rename_basket(actor=owner, basket=basket, name="  Chapter\t3 ", now=NOW)
    assert basket.name == "Chapter 3"
    assert [event.verb for event in events_of(basket)] == ["renamed", "collected", "made"]


@pytest.mark.parametrize("name", ["", "  \n ", "x" * 121])
def test_a_basket_needs_a_name_that_fits(name: str) -> None:
    with pytest.raises(BasketRefuses):
        baskets.make_basket(actor=person(Role.MEMBER), name=name, now=NOW)


def test_a_note_that_is_too_long_is_refused_and_the_old_one_stays() -> None:
    owner = person(Role.MEMBER)
    item = baskets.items_of(filled(owner, JOBS))[0]
    baskets.write_note(actor=owner, item=item, note="old", now=NOW)
    with pytest.raises(BasketRefuses):
        baskets.write_note(actor=owner, item=item, note="x" * 501, now=NOW)
    assert BasketItem.objects.get().note == "old"


@pytest.mark.parametrize("roles", [(), (Role.MEMBER,), (Role.ADMINISTRATOR,)])
def test_nobody_but_the_owner_changes_a_basket(roles: tuple[Role, ...]) -> None:
    """Whatever their role, and published or not."""
    owner, other = person(Role.MEMBER), person(*roles, email="other@vidin.example", name="Other")
    basket = filled(owner, JOBS)
    item = baskets.items_of(basket)[0]
    baskets.publish_basket(actor=owner, basket=basket, now=NOW)
    for change in (
        lambda: baskets.rename_basket(actor=other, basket=basket, name="Mine", now=NOW),
        lambda: baskets.collect(actor=other, basket=basket, citation=item.citation, now=NOW),
        lambda: baskets.write_note(actor=other, item=item, note="Mine", now=NOW),
        lambda: baskets.move_item(actor=other, item=item, by=1, now=NOW),
        lambda: baskets.remove_item(actor=other, item=item, now=NOW),
        lambda: baskets.restore_item(actor=other, item=item, now=NOW),
        lambda: baskets.publish_basket(actor=other, basket=basket, now=NOW),
        lambda: baskets.take_back_basket(actor=other, basket=basket, now=NOW),
        lambda: baskets.remove_basket(actor=other, basket=basket, now=NOW),
        lambda: baskets.restore_basket(actor=other, basket=basket, now=NOW),
    ):
        with pytest.raises(NotAllowed):
            change()
    with pytest.raises(NotAllowed):
        baskets.make_basket(actor=person(email="nobody@vidin.example"), name="Mine", now=NOW)


# Pages --------------------------------------------------------------------------------------------------


def test_citing_puts_the_figure_into_the_basket_that_was_chosen(client: Client) -> None:
    owner = person(Role.MEMBER)
    client.force_login(owner)
    cite = f"{JOBS.address()}cite/"
    assert 'name="basket"' in client.get(JOBS.address()).content.decode()
    client.post(cite, {"nuts": 2024, "basket": "none"})
    assert not Basket.objects.exists()
    answer = client.post(cite, {"nuts": 2024, "basket": ""}, follow=True).content.decode()
    assert "It lies in the basket “My basket”." in answer
    client.post(cite, {"nuts": 2024, "basket": "new", "name": "Chapter 2"})
    chapter = Basket.objects.get(name="Chapter 2")
    client.post(f"{QUOTIENT.address()}cite/", {"nuts": 2024, "basket": chapter.address})
    assert measures(chapter) == ["observation", "location-quotient"]


def test_a_strangers_basket_cannot_be_chosen(client: Client) -> None:
    theirs = filled(person(Role.MEMBER, email="other@vidin.example"), JOBS)
    client.force_login(person(Role.MEMBER))
    client.post(f"{QUOTIENT.address()}cite/", {"nuts": 2024, "basket": theirs.address})
    assert measures(theirs) == ["observation"]


def test_the_owner_changes_the_basket_by_plain_forms(client: Client) -> None:
    owner = person(Role.MEMBER)
    client.force_login(owner)
    basket = filled(owner)
    first = baskets.items_of(basket)[0]
    deed(client, basket, deed="down", item=first.pk)
    assert measures(basket) == ["derived", "observation", "location-quotient"]
    assert (
        "for the introduction"
        in deed(client, basket, deed="note", item=first.pk, note="for the introduction").content.decode()
    )
    assert "Bring back" in deed(client, basket, deed="remove", item=first.pk).content.decode()
    deed(client, basket, deed="restore", item=first.pk)
    assert len(measures(basket)) == 3
    assert "Chapter 3" in deed(client, basket, deed="rename", name="Chapter 3").content.decode()
    assert "Bring back: Chapter 3" in deed(client, basket, deed="remove-basket").content.decode()
    assert "The basket is back." in deed(client, basket, deed="restore-basket").content.decode()
    assert deed(client, basket, deed="explode").status_code == 404
    assert deed(client, basket, deed="up", item="1 or 1").status_code == 404


def test_an_item_of_another_basket_is_not_reached_through_ones_own(client: Client) -> None:
    theirs = filled(person(Role.MEMBER, email="other@vidin.example"), JOBS)
    owner = person(Role.MEMBER)
    client.force_login(owner)
    mine = filled(owner, JOBS)
    assert deed(client, mine, deed="remove", item=baskets.items_of(theirs)[0].pk).status_code == 404
    assert len(measures(theirs)) == 1


def test_a_published_basket_is_read_by_everybody_and_changed_by_nobody(client: Client) -> None:
    owner = person(Role.MEMBER)
    basket = filled(owner)
    page = f"/en/baskets/{basket.address}/"
    for address in (page, f"/baskets/{basket.address}/"):
        assert client.get(address, follow=True).status_code == 404
    baskets.publish_basket(actor=owner, basket=basket, now=NOW)
    assert client.get(f"/baskets/{basket.address}/")["Location"] == page
    text = client.get(page).content.decode()
    assert (
        "280,400" in text and "Vesela" in text and "change/" not in text and '<form method="post"' not in text
    )
    assert client.post(f"{page}change/", {"deed": "rename", "name": "Mine"}).status_code == 302
    client.force_login(person(Role.ANALYST, email="other@vidin.example"))
    assert client.post(f"{page}change/", {"deed": "rename", "name": "Mine"}).status_code == 404
    baskets.take_back_basket(actor=owner, basket=basket, now=NOW)
    assert client.get(page).status_code == 404


def test_a_basket_says_which_figures_have_changed_since(client: Client) -> None:
    owner = person(Role.MEMBER)
    basket = filled(owner, JOBS)
    item = baskets.items_of(basket)[0]
    # As if it had been cited before a revision: the stored row is written round its own guard.
    Citation.objects.filter(pk=item.citation.pk).update(value=270_000.0)
    client.force_login(owner)
    assert (
        "The newest version (1) says 280,400 persons."
        in client.get(f"/en/baskets/{basket.address}/").content.decode()
    )


# Files --------------------------------------------------------------------------------------------------


def test_a_basket_leaves_as_csv_and_workbook_with_all_origins(client: Client) -> None:
    owner = person(Role.MEMBER)
    basket = filled(owner)
    baskets.write_note(actor=owner, item=baskets.items_of(basket)[0], note="=SUM(A1)", now=NOW)
    baskets.publish_basket(actor=owner, basket=basket, now=NOW)
    text = client.get(f"/en/baskets/{basket.address}/basket.csv").content.decode()
    remarks = [line for line in text.splitlines() if line.startswith("#")]
    rows = list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))
    assert (rows[0]["measure"], float(rows[0]["value"])) == ("observation", 280_400.0)
    assert rows[1]["sources"] == "Eurostat nama_10r_2gdp 1; Eurostat lfst_r_lfe2en2 1"
    assert rows[0]["note"] == "'=SUM(A1)"
    for code in ("lfst_r_lfe2en2", "nama_10r_2gdp", "sbs_r_nuts06_r2"):
        assert f"# table: {code}" in remarks
    assert remarks.count("# licence: CC BY 4.0") == 4
    book = load_workbook(io.BytesIO(client.get(f"/bg/baskets/{basket.address}/basket.xlsx").content))
    assert book.sheetnames == ["Данни", "Произход"] and book["Данни"].max_row == 4
    assert not any(cell.data_type == "f" for row in book["Данни"] for cell in row)


def test_a_basket_leaves_as_json_with_parts_and_origins(client: Client) -> None:
    owner = person(Role.MEMBER)
    basket = filled(owner)
    client.force_login(owner)
    told = json.loads(client.get(f"/en/baskets/{basket.address}/basket.json").content)
    output = told["citations"][1]
    assert told["basket"] is None  # not published: nothing to point to
    assert output["formula"] == "per(1000000 * gdp_million_eur, employment)"
    assert [origin["table"] for origin in output["origins"]] == ["nama_10r_2gdp", "lfst_r_lfe2en2"]
    assert [part["value"] for part in output["parts"]] == [3089.1, 280_400.0]
    assert output["newest"] == {"version": 1, "same": True, "says": "11,017 euro per person"}


def test_files_of_a_private_basket_are_as_private_as_the_basket(client: Client) -> None:
    basket = filled(person(Role.MEMBER), JOBS)
    for name in ("basket.csv", "basket.xlsx", "basket.json", "bibliography.bib", "bibliography.ris"):
        assert client.get(f"/en/baskets/{basket.address}/{name}").status_code == 404


def test_an_empty_basket_and_an_unknown_format_are_sentences(client: Client) -> None:
    owner = person(Role.MEMBER)
    client.force_login(owner)
    empty = baskets.make_basket(actor=owner, name="Empty", now=NOW)
    assert client.get(f"/en/baskets/{empty.address}/basket.csv").status_code == 404
    full = filled(owner, JOBS)
    answer = client.get(f"/en/baskets/{full.address}/basket.pdf")
    assert answer.status_code == 404 and "Choose one of these" in answer.content.decode()
    assert client.get(f"/en/baskets/{full.address}/bibliography.doc").status_code == 404


@pytest.mark.parametrize(("roles", "status"), [(None, 302), ((), 403), ((Role.MEMBER,), 200)])
def test_ones_baskets_are_for_members(client: Client, roles: tuple[Role, ...] | None, status: int) -> None:
    if roles is not None:
        client.force_login(person(*roles))
    assert client.get("/en/baskets/").status_code == status
