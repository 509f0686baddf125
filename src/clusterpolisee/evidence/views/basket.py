"""Baskets: one's own, with everything that can be done to them, and published ones, to read and take along."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from clusterpolisee.evidence import basket as baskets
from clusterpolisee.evidence.basket_files import basket_json, basket_table
from clusterpolisee.evidence.bibliography import FILES, quotations, reference_of_citation
from clusterpolisee.evidence.category_definition import categories_remembered
from clusterpolisee.evidence.figure_cards import compared_with_newest
from clusterpolisee.evidence.models import Basket, BasketItem, Citation
from clusterpolisee.evidence.views.collecting import put_into_basket
from clusterpolisee.evidence.views.figures import bibliography_file
from clusterpolisee.shell.accounts.access import allow, public
from clusterpolisee.shell.exports.downloads import content_disposition, download


@allow("evidence.collect")
@require_safe
def basket_list(request: HttpRequest) -> HttpResponse:
    """A person's baskets, and those they removed lately."""
    mine = [(one, len(baskets.items_of(one))) for one in baskets.baskets_of(request.user)]
    return render(
        request,
        "evidence/basket_list.html",
        {"baskets": mine, "removed": baskets.removed_baskets_of(request.user)},
    )


@allow("evidence.collect")
@require_POST
def basket_make(request: HttpRequest) -> HttpResponse:
    try:
        made = baskets.make_basket(actor=request.user, name=request.POST.get("name", ""), now=timezone.now())
    except baskets.BasketRefuses as refusal:
        messages.warning(request, str(refusal))
        return redirect("evidence:baskets")
    return redirect("evidence:basket", made.address)


@allow("evidence.collect")
@require_POST
def basket_collect(request: HttpRequest, address: str) -> HttpResponse:
    """Put a citation, anybody's, into a basket of one's own; `address` is the citation's."""
    citation = get_object_or_404(Citation, address=address)
    basket = put_into_basket(request, citation)
    return redirect("evidence:basket", basket.address) if basket else redirect("evidence:citation", address)


@public
@require_safe
def basket(request: HttpRequest, address: str) -> HttpResponse:
    """The citations of a basket; its owner can change it here, everybody else reads what was published."""
    found = _seen(request, address)
    with categories_remembered():
        rows = [
            (
                item,
                compared_with_newest(item.citation),
                quotations(reference_of_citation(item.citation))[0].text,
            )
            for item in baskets.items_of(found)
        ]
    is_owner = baskets.is_owner(request.user, found)
    context = {
        "basket": found,
        "rows": rows,
        "files": FILES,
        "is_owner": is_owner,
        "removed": baskets.removed_items_of(found) if is_owner else (),
    }
    answer = render(request, "evidence/basket.html", context)
    answer["X-Robots-Tag"] = "noindex"
    return answer


@public
@require_safe
def permanent_basket(request: HttpRequest, address: str) -> HttpResponse:
    """The address that is handed round, without a language."""
    return redirect("evidence:basket", _seen(request, address).address)


@public
@require_safe
def basket_table_file(request: HttpRequest, address: str, form: str) -> HttpResponse:
    """The basket with all its origins: csv, xlsx, json."""
    found = _seen(request, address)
    items = baskets.items_of(found)
    if not items:
        raise Http404(_("The basket is empty: there is nothing to take along yet."))
    if form != "json":
        return download(request, basket_table(found, items), form if form != "json-stat" else "")
    headers = {"Content-Disposition": content_disposition(f"basket-{found.address}", found.title, "json")}
    return HttpResponse(basket_json(found, items), content_type="application/json", headers=headers)


@public
@require_safe
def basket_bibliography(request: HttpRequest, address: str, form: str) -> HttpResponse:
    found = _seen(request, address)
    return bibliography_file([item.citation for item in baskets.items_of(found)], form, f"basket-{address}")


@allow("evidence.collect")
@require_POST
def basket_deed(request: HttpRequest, address: str) -> HttpResponse:
    """One change to one's own basket: `deed` says which, `item` names a citation in it."""
    found = get_object_or_404(Basket, address=address, owner=request.user)
    deed = request.POST.get("deed", "")
    try:
        if deed in _BASKET_DEEDS:
            said = _BASKET_DEEDS[deed](request, found)
        elif deed in _ITEM_DEEDS:
            said = _ITEM_DEEDS[deed](request, _item(request, found))
        else:
            raise Http404(_("There is no such deed. Go back, reload the page and try again."))
    except baskets.BasketRefuses as refusal:
        messages.warning(request, str(refusal))
        return redirect("evidence:basket", address)
    if said:
        messages.success(request, said)
    return redirect("evidence:baskets") if deed == "remove-basket" else redirect("evidence:basket", address)


def _seen(request: HttpRequest, address: str) -> Basket:
    found = baskets.basket_seen_by(request.user, address)
    if found is None:
        raise Http404(_("There is no basket at this address, or its owner has not published it."))
    return found


def _item(request: HttpRequest, basket: Basket) -> BasketItem:
    number = request.POST.get("item", "")
    if not (number.isascii() and number.isdigit() and len(number) < 18):
        raise Http404(_("There is no such deed. Go back, reload the page and try again."))
    return get_object_or_404(
        BasketItem.objects.select_related("basket", "citation"), pk=number, basket=basket
    )


def _rename(request: HttpRequest, basket: Basket) -> str:
    name = request.POST.get("name", "")
    baskets.rename_basket(actor=request.user, basket=basket, name=name, now=timezone.now())
    return _("The basket is called “%(basket)s” now.") % {"basket": basket.title}


def _publish(request: HttpRequest, basket: Basket) -> str:
    baskets.publish_basket(actor=request.user, basket=basket, now=timezone.now())
    return _("Everybody who has the address below can read the basket now.")


def _take_back(request: HttpRequest, basket: Basket) -> str:
    baskets.take_back_basket(actor=request.user, basket=basket, now=timezone.now())
    return _("Only you can read the basket now.")


def _remove_basket(request: HttpRequest, basket: Basket) -> str:
    baskets.remove_basket(actor=request.user, basket=basket, now=timezone.now())
    return _("The basket is removed. You can bring it back below.")


def _restore_basket(request: HttpRequest, basket: Basket) -> str:
    baskets.restore_basket(actor=request.user, basket=basket, now=timezone.now())
    return _("The basket is back.")


def _note(request: HttpRequest, item: BasketItem) -> str:
    note = request.POST.get("note", "")
    baskets.write_note(actor=request.user, item=item, note=note, now=timezone.now())
    return _("The note is kept.")


def _up(request: HttpRequest, item: BasketItem) -> str:
    baskets.move_item(actor=request.user, item=item, by=-1, now=timezone.now())
    return ""


def _down(request: HttpRequest, item: BasketItem) -> str:
    baskets.move_item(actor=request.user, item=item, by=1, now=timezone.now())
    return ""


def _remove(request: HttpRequest, item: BasketItem) -> str:
    baskets.remove_item(actor=request.user, item=item, now=timezone.now())
    return _("The citation is taken out. You can bring it back below.")


def _restore(request: HttpRequest, item: BasketItem) -> str:
    baskets.restore_item(actor=request.user, item=item, now=timezone.now())
    return _("The citation is back where it stood.")


_BASKET_DEEDS: dict[str, Callable[[HttpRequest, Basket], str]] = {
    "rename": _rename,
    "publish": _publish,
    "take-back": _take_back,
    "remove-basket": _remove_basket,
    "restore-basket": _restore_basket,
}
_ITEM_DEEDS: dict[str, Callable[[HttpRequest, BasketItem], str]] = {
    "note": _note,
    "up": _up,
    "down": _down,
    "remove": _remove,
    "restore": _restore,
}
