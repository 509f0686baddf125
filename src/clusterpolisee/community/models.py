"""Cluster organisations, and the files they are imported from."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clusterpolisee.classifications.models import Activity, ClusterCategory
from clusterpolisee.regions.models import Region
from clusterpolisee.shell.languages import pick


class State(models.TextChoices):
    DRAFT = "draft", _("draft")
    PUBLISHED = "published", _("published")
    ARCHIVED = "archived", _("archived")


class Stage(models.TextChoices):
    EMERGENCE = "emergence", _("emergence")
    GROWTH = "growth", _("growth")
    EXCELLENCE = "excellence", _("excellence")


class Label(models.TextChoices):
    """The quality labels of the European Cluster Excellence Initiative."""

    NONE = "none", _("none")
    BRONZE = "bronze", _("bronze")
    SILVER = "silver", _("silver")
    GOLD = "gold", _("gold")


class Cluster(models.Model):
    """One cluster organisation, as it is known and stated; every number with the day it was counted."""

    slug = models.SlugField(unique=True, max_length=80, editable=False)
    external_id = models.CharField(_("identifier elsewhere"), max_length=120, blank=True)
    names = models.JSONField(_("name by language"), default=dict)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", verbose_name=_("region"))
    address = models.CharField(_("address"), max_length=300, blank=True)
    founded = models.PositiveSmallIntegerField(_("founded"), null=True, blank=True)
    website = models.URLField(_("web site"), max_length=300, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("telephone"), max_length=60, blank=True)

    manager_name = models.CharField(_("manager"), max_length=160, blank=True)
    manager_contact = models.CharField(_("contact of the manager"), max_length=200, blank=True)
    manager_consent = models.BooleanField(_("the manager agreed to be shown"), default=False)

    members_total = models.PositiveIntegerField(_("members"), null=True, blank=True)
    members_companies = models.PositiveIntegerField(_("companies"), null=True, blank=True)
    members_smes = models.PositiveIntegerField(_("small and medium-sized enterprises"), null=True, blank=True)
    members_research = models.PositiveIntegerField(_("research organisations"), null=True, blank=True)
    members_public = models.PositiveIntegerField(_("public bodies"), null=True, blank=True)
    members_on = models.DateField(_("members counted on"), null=True, blank=True)

    stage = models.CharField(_("stage"), max_length=20, choices=Stage.choices, blank=True)
    label = models.CharField(_("excellence label"), max_length=20, choices=Label.choices, default=Label.NONE)
    label_until = models.PositiveSmallIntegerField(_("label valid until"), null=True, blank=True)

    activities = models.ManyToManyField(Activity, blank=True, related_name="+")
    categories = models.ManyToManyField(ClusterCategory, blank=True, related_name="+")
    services = models.JSONField(_("services by language"), default=dict, blank=True)
    descriptions = models.JSONField(_("description by language"), default=dict, blank=True)
    statements = models.JSONField(_("source and date of each statement"), default=dict, blank=True)

    state = models.CharField(_("state"), max_length=20, choices=State.choices, default=State.DRAFT)
    archived_from = models.CharField(max_length=20, blank=True, editable=False)
    revision = models.PositiveIntegerField(default=1, editable=False)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    # All names, folded to plain letters, between bars.
    search_text = models.TextField(editable=False, default="")

    class Meta:
        verbose_name = _("cluster organisation")
        verbose_name_plural = _("cluster organisations")
        ordering = ["slug"]
        constraints = [
            models.UniqueConstraint(
                fields=["external_id"],
                condition=~models.Q(external_id=""),
                name="one_cluster_per_identifier_elsewhere",
            )
        ]
        indexes = [models.Index(fields=["state", "region"])]

    def __str__(self) -> str:
        return pick(self.names) or self.slug

    @property
    def name(self) -> str:
        return str(self)

    @property
    def description(self) -> str:
        return pick(self.descriptions)

    @property
    def services_text(self) -> str:
        return pick(self.services)

    @property
    def is_published(self) -> bool:
        return self.state == State.PUBLISHED

    @property
    def has_label(self) -> bool:
        return self.label not in ("", Label.NONE)

    def label_is_over(self, year: int) -> bool:
        return self.has_label and self.label_until is not None and self.label_until < year


class ClusterFile(models.Model):
    """A CSV file somebody handed in: kept until it is applied; afterwards only its faulty rows are."""

    name = models.CharField(_("name of the file"), max_length=200)
    text = models.TextField(editable=False)
    # Which revision of each known cluster the person saw in the preview: {slug: revision}.
    seen = models.JSONField(default=dict, editable=False)
    brought_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    brought_at = models.DateTimeField(default=timezone.now)
    applied_at = models.DateTimeField(null=True, blank=True)
    outcome: Any = models.JSONField(default=dict, editable=False)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name
