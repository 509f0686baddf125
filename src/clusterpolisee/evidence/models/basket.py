"""Baskets: citations somebody collects, in an order and with notes of their own."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from clusterpolisee.evidence.models.citation import Citation, new_address


class Basket(models.Model):
    """A named collection of citations. Only its owner sees it, until they publish it.

    The address is given at the start and never changes: a published basket that is taken back and published again
    is found where it was. What is removed stays here with the moment of its removal, so that it can be brought back.
    """

    address = models.CharField(max_length=16, unique=True, default=new_address, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="baskets"
    )
    name = models.CharField(_("name"), max_length=120, blank=True)
    is_default = models.BooleanField(_("where citations go when nothing else is said"), default=False)
    published_at = models.DateTimeField(_("published at"), null=True)
    removed_at = models.DateTimeField(_("removed at"), null=True)
    created_at = models.DateTimeField(_("made at"))

    class Meta:
        verbose_name = _("basket")
        verbose_name_plural = _("baskets")
        ordering = ["-is_default", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner"], condition=models.Q(is_default=True), name="one_default_basket_per_owner"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """Its name; the default basket has one in the reader's language until it is renamed."""
        return self.name or str(_("My basket"))

    @property
    def is_published(self) -> bool:
        return self.published_at is not None and self.removed_at is None

    @property
    def permanent_address(self) -> str:
        return settings.SITE_ADDRESS + self.get_absolute_url()

    def get_absolute_url(self) -> str:
        return reverse("permanent_basket", args=[self.address])


class BasketItem(models.Model):
    """One citation in a basket."""

    basket = models.ForeignKey(Basket, on_delete=models.CASCADE, related_name="items")
    citation = models.ForeignKey(Citation, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField(_("position"))
    note = models.CharField(_("note"), max_length=500, blank=True)
    added_at = models.DateTimeField(_("added at"))
    removed_at = models.DateTimeField(_("removed at"), null=True)

    class Meta:
        verbose_name = _("citation in a basket")
        verbose_name_plural = _("citations in baskets")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["basket", "citation"], name="a_citation_is_in_a_basket_once")
        ]

    def __str__(self) -> str:
        return f"{self.basket}: {self.citation}"
