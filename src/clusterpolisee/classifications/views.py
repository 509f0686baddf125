"""Pages on which analysts make and edit cluster categories. The page that shows one stands with the evidence."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from clusterpolisee.classifications import actions, queries
from clusterpolisee.classifications.category_words import facts_of, in_words
from clusterpolisee.classifications.forms import CategoryForm
from clusterpolisee.classifications.models import ClusterCategory
from clusterpolisee.shell.accounts.access import allow, public
from clusterpolisee.shell.accounts.permissions import may
from clusterpolisee.shell.history import comparing
from clusterpolisee.shell.history.revisions import ChangedMeanwhile, reconciled, revisions_of

PERMISSION = "classifications.edit_categories"


@allow(PERMISSION)
@require_http_methods(["GET", "POST"])
def category_new(request: HttpRequest) -> HttpResponse:
    """Make a category."""
    form = CategoryForm(request.POST or None, is_new=True)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.create_category(
                actor=request.user,  # type: ignore[arg-type]
                code=form.cleaned_data["code"],
                facts=form.facts(),
            )
        except actions.CategoryExists as obstacle:
            form.add_error("code", str(obstacle))
        else:
            messages.success(request, _("Saved."))
            return redirect(address_of(made))
    return render(request, "classifications/category_edit.html", {"form": form, "category": None})


@allow(PERMISSION)
@require_http_methods(["GET", "POST"])
def category_edit(request: HttpRequest, code: str) -> HttpResponse:
    """Edit a category; whoever was faster is never overwritten unseen."""
    category = _category(code)
    words = in_words(facts_of(category))
    context: dict[str, Any] = {"category": category, "address": address_of(category)}
    form = CategoryForm(request.POST or None, initial={**words, "revision": category.revision})
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_category(
                actor=request.user,  # type: ignore[arg-type]
                category=category,
                facts=form.facts(kept=facts_of(category)),
                base_revision=form.cleaned_data["revision"] or 0,
            )
        except ChangedMeanwhile as meanwhile:
            form, context["meanwhile"] = _both(category, form, meanwhile)
        else:
            messages.success(request, _("Saved."))
            return redirect(address_of(category))
    return render(request, "classifications/category_edit.html", {**context, "form": form})


def _both(
    category: ClusterCategory, form: CategoryForm, meanwhile: ChangedMeanwhile
) -> tuple[CategoryForm, dict[str, Any]]:
    """The form with both people's words brought together, and what each of them wrote."""
    base = {one.number: one.snapshot for one in revisions_of(category)}.get(form.cleaned_data["revision"])
    mine = in_words(form.facts())
    found = reconciled(base, in_words(facts_of(category)), mine)
    shown = {
        "sentence": str(meanwhile),
        "clashes": comparing.in_words(found.clashes, label_of),
        "taken": comparing.in_words(found.taken, label_of),
    }
    return CategoryForm(initial={**found.words, "revision": meanwhile.revision}), shown


@public
@require_safe
def category_history(request: HttpRequest, code: str) -> HttpResponse:
    """Who said what about this category, and two versions of it beside each other."""
    category = _category(code)
    context = comparing.comparison(revisions_of(category), request.GET, label_of, deed_of)
    context |= {
        "category": category,
        "address": address_of(category),
        "may_edit": may(request.user, PERMISSION),
    }
    return render(request, "classifications/category_history.html", context)


def label_of(field: str) -> str:
    """A field of a snapshot as the form calls it."""
    if known := CategoryForm.base_fields.get(field):
        return str(known.label)
    return field


def deed_of(verb: str) -> str:
    return {"seeded": _("brought along by the platform"), "created": _("made"), "edited": _("edited")}.get(
        verb, verb
    )


def address_of(category: ClusterCategory) -> str:
    """The page with its figures stands on the evidence floor; only its name is known here."""
    return reverse("evidence:category", args=[category.code])


def _category(code: str) -> ClusterCategory:
    found = queries.category(code)
    if found is None:
        raise Http404(_("There is no cluster category “%(code)s”.") % {"code": code[:60]})
    return found
