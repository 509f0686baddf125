"""Datasets, their immutable versions, and the indicators read from them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clusterpolisee.shell.languages import pick

# Words that stand where a table's code stands in an address.
RESERVED_CODES = frozenset({"bring", "coverage", "gaps", "import"})


class VersionIsImmutable(TypeError):
    """What a version says never changes: import the corrected file, which becomes a new version."""

    def __init__(self, fields: set[str]) -> None:
        super().__init__(
            f"A dataset version never changes ({', '.join(sorted(fields))}): import the corrected file instead."
        )


class Dataset(models.Model):
    """One statistical table as the platform knows it: what it measures, in which unit, from whom."""

    class Kind(models.TextChoices):
        STOCK = "stock", _("count")  # parts may be added up
        RATE = "rate", _("rate")
        INDEX = "index", _("index")
        MONEY = "money", _("amount of money")

    class Topic(models.TextChoices):
        ECONOMY = "economy", _("economy and accounts")
        WORK = "work", _("work and enterprises")
        PEOPLE = "people", _("people and education")
        INNOVATION = "innovation", _("research and innovation")
        OTHER = "other", _("other")

    code = models.SlugField(_("table code"), max_length=60, unique=True)
    labels = models.JSONField(_("title by language"), default=dict)
    description = models.JSONField(_("description by language"), default=dict, blank=True)
    publisher = models.CharField(_("publisher"), max_length=120)
    publisher_names = models.JSONField(_("publisher by language"), default=dict, blank=True)
    publisher_url = models.URLField(_("address of the publisher"), blank=True)
    table_url = models.CharField(_("address of the table"), max_length=300, blank=True)
    licence = models.CharField(_("licence"), max_length=120)
    licence_url = models.URLField(_("address of the licence"), blank=True)
    attribution = models.CharField(_("attribution"), max_length=300, blank=True)
    # The dimensions besides region, activity and year, in the order in which a series is written.
    dimensions = models.JSONField(_("dimensions"), default=list, blank=True)
    unit = models.CharField(_("unit code"), max_length=40, blank=True)
    unit_labels = models.JSONField(_("unit by language"), default=dict, blank=True)
    multiplier = models.FloatField(_("multiplier to plain units"), default=1)
    nuts_vintage = models.PositiveSmallIntegerField(_("NUTS vintage"))
    activity_scheme = models.CharField(_("classification of activities"), max_length=40, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    plausible_min = models.FloatField(_("lowest plausible value"), null=True, blank=True)
    plausible_max = models.FloatField(_("highest plausible value"), null=True, blank=True)
    suspicious_factor = models.FloatField(_("change that looks like a mistake, times"), default=5)
    suspicious_from = models.FloatField(_("smallest value whose change is looked at"), default=0)
    sum_tolerance_percent = models.FloatField(_("tolerated difference of sums, percent"), default=2)
    sums = models.JSONField(_("activities that make a whole"), default=dict, blank=True)
    respects_breaks = models.BooleanField(_("no change is stated across a break in series"), default=True)
    order = models.PositiveSmallIntegerField(_("order"), default=100)
    # Where it is fetched from, see evidence/fetching/source.py; how often, and whether a new version needs a person.
    source = models.JSONField(_("source"), default=dict, blank=True)
    refresh_days = models.PositiveSmallIntegerField(_("asked again after days"), default=0)
    accept_refreshed = models.BooleanField(_("new versions come into use by themselves"), default=False)
    # How the table is kept here, not what it says; no part of what a seed writes.
    topic = models.CharField(_("topic"), max_length=12, choices=Topic.choices, blank=True)
    second_person = models.BooleanField(_("a second person accepts new versions"), default=False)
    seeded_as = models.CharField(max_length=64, blank=True, editable=False)
    current = models.ForeignKey(
        "DatasetVersion", null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False
    )

    class Meta:
        verbose_name = _("dataset")
        verbose_name_plural = _("datasets")
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.code

    @property
    def title(self) -> str:
        return pick(self.labels) or self.code

    @property
    def publisher_name(self) -> str:
        return pick(self.publisher_names) or self.publisher

    @property
    def about(self) -> str:
        return pick(self.description)

    @property
    def unit_name(self) -> str:
        return pick(self.unit_labels)

    @property
    def codes_in_files(self) -> set[str]:
        """What its files call it: its code here, or its name at its source (“agency,table,version” or the table)."""
        resource = str(self.source.get("resource", "")).split(",")
        return {self.code.lower(), resource[min(1, len(resource) - 1)].lower()} - {""}

    @property
    def address(self) -> str:
        """Where the publisher shows the table."""
        return self.table_url.replace("{code}", self.code)


class State(models.TextChoices):
    """Where a version stands. Only an accepted version is shown on pages."""

    STAGED = "staged", _("waits for acceptance")
    ACCEPTED = "accepted", _("in use")
    REPLACED = "replaced", _("replaced by a newer version")
    ROLLED_BACK = "rolled_back", _("rolled back")
    REJECTED = "rejected", _("rejected")


# What can happen to a version: (state, deed) → state.
TRANSITIONS: dict[tuple[str, str], State] = {
    (State.STAGED, "accept"): State.ACCEPTED,
    (State.STAGED, "reject"): State.REJECTED,
    (State.REJECTED, "accept"): State.ACCEPTED,  # people change their minds
    (State.ACCEPTED, "replace"): State.REPLACED,
    (State.ACCEPTED, "roll_back"): State.ROLLED_BACK,
    (State.REPLACED, "restore"): State.ACCEPTED,
    (State.ROLLED_BACK, "accept"): State.ACCEPTED,
}


class DatasetVersion(models.Model):
    """One reading of a table, kept for good: which bytes, from where, and what was found in them."""

    _MAY_CHANGE = frozenset({"state", "accepted_by", "accepted_at", "previous"})

    dataset = models.ForeignKey(
        Dataset, on_delete=models.PROTECT, related_name="versions", verbose_name=_("dataset")
    )
    number = models.PositiveIntegerField(_("version"))
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.STAGED)
    raw_sha256 = models.CharField(_("hash of the file"), max_length=64)
    raw_name = models.CharField(_("name of the file"), max_length=255)
    raw_size = models.PositiveBigIntegerField(_("size of the file"))
    format = models.CharField(_("format"), max_length=40)
    source_url = models.CharField(_("source"), max_length=500, blank=True)
    source_note = models.CharField(_("note on the source"), max_length=500, blank=True)
    licence = models.CharField(_("licence"), max_length=120, blank=True)
    retrieved_on = models.DateField(_("retrieved on"))
    nuts_declared = models.PositiveSmallIntegerField(_("NUTS vintage declared"))
    nuts_vintages = models.JSONField(_("NUTS vintages found"), default=list)
    observations_sha256 = models.CharField(_("hash of the observations"), max_length=64)
    folder = models.CharField(_("folder in the store"), max_length=200, unique=True)
    rows = models.PositiveIntegerField(_("cells"))
    cells_with_value = models.PositiveIntegerField(_("cells with a value"))
    years = models.JSONField(_("years"), default=list)
    regions = models.PositiveIntegerField(_("regions"))
    report = models.JSONField(_("report"), default=dict)
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("imported by"),
    )
    imported_at = models.DateTimeField(_("imported at"))
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("accepted by"),
    )
    accepted_at = models.DateTimeField(_("accepted at"), null=True)
    # The version that was in use when this one was accepted: where a roll back leads.
    previous = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("dataset version")
        verbose_name_plural = _("dataset versions")
        ordering = ["dataset", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["dataset", "number"], name="one_version_per_number"),
            models.UniqueConstraint(fields=["dataset", "observations_sha256"], name="no_observations_twice"),
            models.UniqueConstraint(
                fields=["dataset"],
                condition=models.Q(state=State.ACCEPTED),
                name="one_version_in_use_per_dataset",
            ),
        ]
        indexes = [models.Index(fields=["raw_sha256"])]

    def __str__(self) -> str:
        return f"{self.dataset.code} {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        changed = set(kwargs.get("update_fields") or [field.name for field in self._meta.concrete_fields])
        if self.pk is not None and (forbidden := changed - self._MAY_CHANGE):
            raise VersionIsImmutable(forbidden)
        super().save(*args, **kwargs)

    @property
    def note(self) -> str:
        """What whoever brought it said of the source, as they wrote it; of starter figures in the reader's language."""
        return gettext(self.source_note) if self.source_note else ""

    def can(self, deed: str) -> bool:
        return (self.state, deed) in TRANSITIONS

    @property
    def first_year(self) -> int | None:
        return self.years[0] if self.years else None

    @property
    def last_year(self) -> int | None:
        return self.years[-1] if self.years else None

    @property
    def hash_groups(self) -> list[str]:
        """The hash of the file in groups of eight, to be read and to be wrapped."""
        return [self.raw_sha256[start : start + 8] for start in range(0, 64, 8)]

    @property
    def waits(self) -> bool:
        return self.state == State.STAGED

    @property
    def is_published(self) -> bool:
        """Whether it is, or once was, what everybody reads."""
        return self.state not in (State.STAGED, State.REJECTED)


class Indicator(models.Model):
    """One defined figure: a series of a dataset with a name, a unit and a direction."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="indicators")
    series = models.CharField(_("series"), max_length=120, blank=True)
    activity = models.CharField(_("activity"), max_length=16, blank=True)
    labels = models.JSONField(_("name by language"), default=dict)
    short_labels = models.JSONField(_("short name by language"), default=dict, blank=True)
    explanation = models.JSONField(_("explanation by language"), default=dict, blank=True)
    unit_labels = models.JSONField(_("unit by language"), default=dict, blank=True)
    decimals = models.PositiveSmallIntegerField(_("decimals"), default=0)
    # +1: more is better; −1: less is better; 0: neither
    direction = models.SmallIntegerField(_("direction"), default=0)
    plausible_min = models.FloatField(_("lowest plausible value"), null=True, blank=True)
    plausible_max = models.FloatField(_("highest plausible value"), null=True, blank=True)
    # Levels of counts and of indices with a base year cannot be compared between regions, only their changes.
    compares_levels = models.BooleanField(_("levels can be compared between regions"), default=True)
    is_key = models.BooleanField(_("shown among the key indicators"), default=True)
    order = models.PositiveSmallIntegerField(_("order"), default=100)
    seeded_as = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.code

    @property
    def name(self) -> str:
        return pick(self.labels) or self.code

    @property
    def short_name(self) -> str:
        return pick(self.short_labels) or self.name

    @property
    def about(self) -> str:
        return pick(self.explanation)

    @property
    def unit(self) -> str:
        return pick(self.unit_labels) or self.dataset.unit_name

    @property
    def unit_beside(self) -> str:
        """The unit, where neither the number says it, as 63 % does, nor the name."""
        return unit_beside(self.unit, self.short_name)

    @property
    def counts_in_points(self) -> bool:
        """Shares change by points: from 40 % to 44 % is four points, not ten percent."""
        return counts_in_points(self.unit_labels)


def unit_beside(unit: str, name: str) -> str:
    """What has to be said beside a name: nothing where the number has its % or the name says it."""
    return "" if unit == "%" or unit.lower() in name.lower() else unit


def counts_in_points(unit_labels: Mapping[str, str]) -> bool:
    """Whether a unit is one whose differences are told, and not its growth in percent."""
    unit = unit_labels.get("en", "")
    return unit.startswith(("%", "point")) or unit == "EU = 100"
