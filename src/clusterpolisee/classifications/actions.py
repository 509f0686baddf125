"""Deeds on cluster categories: making one, editing one."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from clusterpolisee.classifications.category_seeding import put_parts
from clusterpolisee.classifications.category_words import CategoryFacts, facts_of, in_words
from clusterpolisee.classifications.models import CategoryScheme, ClusterCategory
from clusterpolisee.shell.accounts.models import User
from clusterpolisee.shell.accounts.permissions import require
from clusterpolisee.shell.history.recorder import record
from clusterpolisee.shell.history.revisions import ChangedMeanwhile


class CategoryExists(ValueError):
    """Another category has this code."""

    def __init__(self, code: str) -> None:
        super().__init__(
            _("There is a category with the code “%(code)s” already. Choose another code.") % {"code": code}
        )


@transaction.atomic
def create_category(*, actor: User, code: str, facts: CategoryFacts) -> ClusterCategory:
    """Add a category to the scheme in use."""
    require(actor, "classifications.edit_categories")
    if ClusterCategory.objects.filter(code=code).exists():
        raise CategoryExists(code)
    scheme = CategoryScheme.objects.order_by("pk").first()
    if scheme is None:
        raise LookupError("There is no scheme of categories: load the classifications first.")
    category = ClusterCategory(scheme=scheme, code=code)
    _write(actor, "created", category, facts)
    return category


@transaction.atomic
def edit_category(
    *, actor: User, category: ClusterCategory, facts: CategoryFacts, base_revision: int
) -> ClusterCategory:
    """Write a category anew; raises ChangedMeanwhile where it is no longer as this person saw it."""
    require(actor, "classifications.edit_categories", category)
    stored = ClusterCategory.objects.select_for_update().get(pk=category.pk)
    if stored.revision != base_revision:
        raise ChangedMeanwhile(stored.revision)
    if in_words(facts) == in_words(facts_of(stored)):
        return stored
    stored.revision += 1
    _write(actor, "edited", stored, facts)
    return stored


def _write(actor: User, verb: str, category: ClusterCategory, facts: CategoryFacts) -> None:
    category.labels = {language: text for language, text in facts.labels.items() if text}
    category.descriptions = {language: text for language, text in facts.descriptions.items() if text}
    category.save()
    put_parts(category, facts)
    record(actor, verb, category, revision=category.revision, snapshot=in_words(facts))
