"""Questions about activities and themes."""

from __future__ import annotations

from django.db.models import IntegerField, QuerySet, Sum, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from clusterpolisee.classifications.models import Activity, ClusterCategory, Theme
from clusterpolisee.shell.languages import pick


class ActivityNotFound(LookupError):
    """The classification has no such position; the sentence says what codes look like."""

    def __init__(self, code: str) -> None:
        self.code = code
        sentence = _("There is no activity with the code “%(code)s”. Codes look like C, C14 or B-E.")
        super().__init__(sentence % {"code": code})


def activity(code: str) -> Activity:
    """The activity with this code, spelt as Eurostat spells it; raises ActivityNotFound."""
    # No code has a NUL, and PostgreSQL does not let one be asked for.
    found = None if "\0" in code else Activity.objects.filter(scheme="nace_rev2", code=code).first()
    if found is None:
        raise ActivityNotFound(code)
    return found


def activities(level: int) -> list[Activity]:
    """The activities of a level by code: 0 groups of sections, 1 sections, 2 divisions, 3 groups of trade."""
    return list(Activity.objects.filter(scheme="nace_rev2", level=level))


def activities_with_parents(level: int | None = None) -> list[Activity]:
    """All activities, or those of one level, by code, with what they are part of at hand (one query)."""
    found = Activity.objects.filter(scheme="nace_rev2").select_related("parent")
    return list(found if level is None else found.filter(level=level))


def name_of(one: Activity, language: str) -> str:
    """The short name of an activity at hand."""
    return _named(one.code, one.short, one.labels, language, is_short=True)


def label(code: str, language: str, *, short: bool = False) -> str:
    """The name of an activity for a reader; its code where it has no name."""
    row = Activity.objects.filter(scheme="nace_rev2", code=code).values_list("short", "labels").first()
    return _named(code, *row, language, is_short=short) if row else code


def short_names(language: str) -> dict[str, str]:
    """Code → short name of all activities, in one query."""
    rows = Activity.objects.filter(scheme="nace_rev2").values_list("code", "short", "labels")
    return {code: _named(code, short, labels, language, is_short=True) for code, short, labels in rows}


def _named(code: str, short: dict[str, str], labels: dict[str, str], language: str, *, is_short: bool) -> str:
    """A short name in the very language; else the official one in it; else a short one in a language people share."""
    if is_short and not short.get(language) and labels.get(language):
        return labels[language]
    return (pick(short, language) if is_short else pick(labels, language)) or pick(labels, language) or code


def themes() -> list[Theme]:
    """The thematic priority areas by number."""
    return list(Theme.objects.all())


def categories() -> list[ClusterCategory]:
    """Every cluster category with its parts, by its name in the reader's language (three queries)."""
    found = ClusterCategory.objects.select_related("scheme").prefetch_related("parts__activity")
    return sorted(found, key=str)


def category(code: str) -> ClusterCategory | None:
    """The cluster category with this code, its parts at hand."""
    return (
        ClusterCategory.objects.select_related("scheme")
        .prefetch_related("parts__activity")
        .filter(code=code)
        .first()
    )


def activity_levels() -> dict[str, int]:
    """Code → level of every activity, in one query: what a list of codes is checked against."""
    return dict(Activity.objects.filter(scheme="nace_rev2").values_list("code", "level"))


def category_stamp() -> QuerySet[ClusterCategory]:
    """One row (kind, number) that changes whenever any cluster category does: part of what pages are cached by."""
    found = ClusterCategory.objects.order_by().values(kind=Value("categories"))
    return found.annotate(number=Cast(Sum("revision"), IntegerField())).values_list("kind", "number")
