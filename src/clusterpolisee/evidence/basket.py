"""Baskets: collecting citations, and taking a collection along.

    cite (views/figures) ──collect──▶ BasketItem ──items_of──▶ the basket's page, its published page,
                                                  basket_table ──▶ CSV, XLSX;  basket_record ──▶ JSON;  bibliography

Whatever is removed keeps its row and the moment of its removal, and can be brought back.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from clusterpolisee.evidence.models import Basket, BasketItem, Citation
from clusterpolisee.evidence.obstacles import Obstacle
from clusterpolisee.shell.accounts.models import User
from clusterpolisee.shell.accounts.permissions import require
from clusterpolisee.shell.history.recorder import record

LONGEST_NAME, LONGEST_NOTE = 120, 500
MOST_BASKETS, MOST_ITEMS = 200, 1000


class BasketRefuses(Obstacle):
    """What was asked cannot be done with this basket; the sentence says why."""


# Questions -----------------------------------------------------------------------------------------------


def baskets_of(owner: User) -> QuerySet[Basket]:
    """A person's baskets, the default one first; removed ones are left out."""
    return Basket.objects.filter(owner=owner, removed_at=None)


def removed_baskets_of(owner: User) -> QuerySet[Basket]:
    return Basket.objects.filter(owner=owner, removed_at__isnull=False).order_by("-removed_at")[:20]


def basket_seen_by(reader: object, address: str) -> Basket | None:
    """The basket at an address, if it is the reader's own or published; else nothing, as if it were not there."""
    found = Basket.objects.select_related("owner").filter(address=address).first()
    if found is None or not (is_owner(reader, found) or found.is_published):
        return None
    return found


def is_owner(reader: object, basket: Basket) -> bool:
    return basket.owner_id is not None and basket.owner_id == getattr(reader, "pk", None)


def items_of(basket: Basket) -> list[BasketItem]:
    """The citations of a basket in their order, with everything a page or a file tells of them."""
    return list(_with_origins(basket.items.filter(removed_at=None)))


def removed_items_of(basket: Basket) -> list[BasketItem]:
    """What was taken out, the latest first."""
    return list(_with_origins(basket.items.filter(removed_at__isnull=False)).order_by("-removed_at")[:20])


def _with_origins(items: QuerySet[BasketItem]) -> QuerySet[BasketItem]:
    return items.select_related(
        "citation__version__dataset", "citation__cited_by", "citation__definition__derived"
    ).prefetch_related("citation__further_sources__version__dataset")


# Deeds ---------------------------------------------------------------------------------------------------


@transaction.atomic
def default_basket(*, actor: User, now: datetime) -> Basket:
    """Where citations go when nothing else is said; made when it is first needed."""
    require(actor, "evidence.collect")
    basket, is_new = Basket.objects.get_or_create(owner=actor, is_default=True, defaults={"created_at": now})
    if is_new:
        record(actor, "made", basket, at=now)
    elif basket.removed_at is not None:
        basket.removed_at = None
        basket.save(update_fields=["removed_at"])
        record(actor, "restored", basket, at=now)
    return basket


@transaction.atomic
def make_basket(*, actor: User, name: str, now: datetime) -> Basket:
    require(actor, "evidence.collect")
    if baskets_of(actor).count() >= MOST_BASKETS:
        raise BasketRefuses(_("You have %(most)s baskets; remove one first.") % {"most": MOST_BASKETS})
    basket = Basket.objects.create(owner=actor, name=_name(name), created_at=now)
    record(actor, "made", basket, at=now, name=basket.name)
    return basket


@transaction.atomic
def rename_basket(*, actor: User, basket: Basket, name: str, now: datetime) -> None:
    require(actor, "evidence.collect", basket)
    before, basket.name = basket.name, _name(name)
    basket.save(update_fields=["name"])
    record(actor, "renamed", basket, at=now, before=before, name=basket.name)


@transaction.atomic
def collect(*, actor: User, basket: Basket, citation: Citation, now: datetime) -> BasketItem:
    """Put a citation at the end of a basket. One that is there stays where it is; one taken out comes back."""
    require(actor, "evidence.collect", basket)
    _held(basket)
    item = BasketItem.objects.filter(basket=basket, citation=citation).first()
    if item is not None and item.removed_at is None:
        return item
    if basket.items.filter(removed_at=None).count() >= MOST_ITEMS:
        raise BasketRefuses(_("The basket is full: it holds %(most)s citations.") % {"most": MOST_ITEMS})
    if item is None:
        item = BasketItem(basket=basket, citation=citation, added_at=now)
    item.position, item.removed_at = _last_position(basket) + 1, None
    item.save()
    record(actor, "collected", basket, at=now, citation=citation.address)
    return item


@transaction.atomic
def write_note(*, actor: User, item: BasketItem, note: str, now: datetime) -> None:
    """What the owner wants to remember about a citation; readers of a published basket see it."""
    require(actor, "evidence.collect", item.basket)
    note = " ".join(note.split())
    if len(note) > LONGEST_NOTE:
        raise BasketRefuses(_("A note has at most %(most)s characters.") % {"most": LONGEST_NOTE})
    item.note = note
    item.save(update_fields=["note"])
    record(actor, "noted", item.basket, at=now, citation=item.citation.address)


@transaction.atomic
def move_item(*, actor: User, item: BasketItem, by: int, now: datetime) -> None:
    """One place up (−1) or down (+1); at the end of the row nothing happens."""
    require(actor, "evidence.collect", item.basket)
    _held(item.basket)
    row = list(item.basket.items.filter(removed_at=None))
    keys = [one.pk for one in row]
    if item.pk not in keys:
        raise BasketRefuses(_("This citation was taken out of the basket; bring it back first."))
    old = keys.index(item.pk)
    new = min(max(old + by, 0), len(row) - 1)
    row.insert(new, row.pop(old))
    for position, one in enumerate(row, start=1):
        one.position = position
    BasketItem.objects.bulk_update(row, ["position"])
    record(actor, "ordered", item.basket, at=now, citation=item.citation.address, place=new + 1)


@transaction.atomic
def remove_item(*, actor: User, item: BasketItem, now: datetime) -> None:
    """Take a citation out. It can be brought back, and the citation itself is permanent anyway."""
    require(actor, "evidence.collect", item.basket)
    item.removed_at = now
    item.save(update_fields=["removed_at"])
    record(actor, "removed", item.basket, at=now, citation=item.citation.address)


@transaction.atomic
def restore_item(*, actor: User, item: BasketItem, now: datetime) -> None:
    """Bring a citation back to where it stood."""
    require(actor, "evidence.collect", item.basket)
    item.removed_at = None
    item.save(update_fields=["removed_at"])
    record(actor, "restored", item.basket, at=now, citation=item.citation.address)


@transaction.atomic
def publish_basket(*, actor: User, basket: Basket, now: datetime) -> None:
    """Everybody who has the address may read it from now on."""
    require(actor, "evidence.collect", basket)
    if basket.removed_at is not None:
        raise BasketRefuses(_("The basket is removed; bring it back first."))
    basket.published_at = now
    basket.save(update_fields=["published_at"])
    record(actor, "published", basket, at=now)


@transaction.atomic
def take_back_basket(*, actor: User, basket: Basket, now: datetime) -> None:
    """Only the owner reads it from now on; its address is kept for when it is published again."""
    require(actor, "evidence.collect", basket)
    basket.published_at = None
    basket.save(update_fields=["published_at"])
    record(actor, "taken-back", basket, at=now)


@transaction.atomic
def remove_basket(*, actor: User, basket: Basket, now: datetime) -> None:
    """Put the whole basket away; `restore_basket` brings it back with everything in it."""
    require(actor, "evidence.collect", basket)
    basket.removed_at, basket.published_at = now, None
    basket.save(update_fields=["removed_at", "published_at"])
    record(actor, "removed", basket, at=now)


@transaction.atomic
def restore_basket(*, actor: User, basket: Basket, now: datetime) -> None:
    """Bring a removed basket back, unpublished."""
    require(actor, "evidence.collect", basket)
    basket.removed_at = None
    basket.save(update_fields=["removed_at"])
    record(actor, "restored", basket, at=now)


def _name(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise BasketRefuses(_("Give the basket a name."))
    if len(name) > LONGEST_NAME:
        raise BasketRefuses(_("A name has at most %(most)s characters.") % {"most": LONGEST_NAME})
    return name


def _held(basket: Basket) -> None:
    """Nobody else changes the order meanwhile."""
    Basket.objects.select_for_update(of=("self",)).get(pk=basket.pk)


def _last_position(basket: Basket) -> int:
    return basket.items.aggregate(last=Max("position"))["last"] or 0
