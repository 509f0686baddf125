"""Putting a citation into the basket somebody chose in a form."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from clusterpolisee.evidence.basket import (
    Basket,
    BasketRefuses,
    baskets_of,
    collect,
    default_basket,
    make_basket,
)
from clusterpolisee.evidence.models import Citation

NEW, NONE = "new", "none"


def put_into_basket(request: HttpRequest, citation: Citation) -> Basket | None:
    """basket: an address of one's own, “new” with a name, empty for the default one, “none” for none at all.

    A basket that refuses is told in a message: the citation itself is safe.
    """
    chosen, now = request.POST.get("basket", ""), timezone.now()
    if chosen == NONE:
        return None
    try:
        if chosen == NEW:
            name = request.POST.get("name", "") or _("Citations of %(day)s") % {"day": now.date().isoformat()}
            basket = make_basket(actor=request.user, name=name, now=now)
        elif chosen:
            basket = baskets_of(request.user).filter(address=chosen).first() or default_basket(
                actor=request.user, now=now
            )
        else:
            basket = default_basket(actor=request.user, now=now)
        collect(actor=request.user, basket=basket, citation=citation, now=now)
    except BasketRefuses as refusal:
        messages.warning(request, str(refusal))
        return None
    messages.success(request, _("It lies in the basket “%(basket)s”.") % {"basket": basket.title})
    return basket
