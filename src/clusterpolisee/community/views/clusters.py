"""The list of cluster organisations, one of them, its form, its history, and what can be done with it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clusterpolisee.community import actions, queries
from clusterpolisee.community.cluster_page import ClusterPage, deed_of
from clusterpolisee.community.exports import to_csv
from clusterpolisee.community.forms import ClusterForm, FilterForm, as_form_data, label_of, value_of
from clusterpolisee.community.models import Cluster
from clusterpolisee.community.queries import Filters
from clusterpolisee.community.records import facts_of, languages_of, words_of
from clusterpolisee.shell.accounts.access import allow, public
from clusterpolisee.shell.accounts.permissions import may, require
from clusterpolisee.shell.cards import cards_for
from clusterpolisee.shell.exports.downloads import content_disposition
from clusterpolisee.shell.history import comparing
from clusterpolisee.shell.history.revisions import ChangedMeanwhile, reconciled, revisions_of
from clusterpolisee.shell.languages import LANGUAGES_OF_THE_PLATFORM

ON_A_PAGE = 50
DEEDS = {
    "publish": actions.publish_cluster,
    "archive": actions.archive_cluster,
    "bring-back": actions.bring_back_cluster,
}


@public
@require_safe
def cluster_list(request: HttpRequest) -> HttpResponse:
    """Every cluster the reader may see, narrowed by what was asked."""
    form, filters = _filters(request)
    page = Paginator(queries.clusters(request.user, filters), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "filters": filters,
        "page": page,
        "query": request.GET.urlencode(),
        "may_propose": may(request.user, "community.propose_cluster"),
        "may_import": may(request.user, "community.import_clusters"),
        "waiting": queries.drafts().count() if may(request.user, "community.publish_cluster") else 0,
    }
    return render(request, "community/cluster_list.html", context)


@public
@require_safe
def cluster_export(request: HttpRequest) -> HttpResponse:
    """The same list as a CSV file that an import reads."""
    _form, filters = _filters(request)
    found = queries.clusters(request.user, filters).prefetch_related("activities")
    answer = HttpResponse(to_csv(found), content_type="text/csv; charset=utf-8; header=present")
    answer["Content-Disposition"] = content_disposition("clusters", _("Cluster organisations"), "csv")
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _filters(request: HttpRequest) -> tuple[FilterForm, Filters]:
    form = FilterForm(request.GET or None, may_see_all=may(request.user, "community.edit_cluster"))
    form.is_valid()
    said = getattr(form, "cleaned_data", {})
    region = request.GET.get("region", "").upper()
    filters = Filters(
        text=said.get("q", ""),
        region=region if region.isascii() and region.isalnum() and 2 <= len(region) <= 5 else "",
        **{name: said.get(name, "") for name in ("country", "category", "stage", "label", "state")},
    )
    return form, filters


@public
@require_safe
def cluster(request: HttpRequest, slug: str) -> HttpResponse:
    """One cluster: what it is, who is in it, what it does; each statement with its source and date."""
    found = _readable(request, slug)
    page = ClusterPage(found, year=timezone.now().year)
    context = {
        "page": page,
        "cluster": found,
        "cards": cards_for("cluster", found),
        "may_edit": may(request.user, "community.edit_cluster", found),
        "may_publish": may(request.user, "community.publish_cluster", found),
        "may_archive": may(request.user, "community.archive_cluster", found),
    }
    return render(request, "community/cluster.html", context)


@allow("community.propose_cluster")
@require_http_methods(["GET", "POST"])
def cluster_new(request: HttpRequest) -> HttpResponse:
    """Propose a cluster; an analyst publishes it."""
    form = ClusterForm(request.POST or None, languages=_languages(request))
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.propose_cluster(actor=request.user, facts=form.facts())  # type: ignore[arg-type]
        except actions.ClusterExists as obstacle:
            form.add_error(None, str(obstacle))
        else:
            messages.success(
                request, _("Saved as a draft. It is seen by others once an analyst publishes it.")
            )
            return redirect("community:cluster", made.slug)
    return render(
        request,
        "community/cluster_edit.html",
        {"form": form.for_people(), "cluster": None, "more": _more(form)},
    )


@allow("community.propose_cluster")
@require_http_methods(["GET", "POST"])
def cluster_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Edit a cluster; whoever was faster is never overwritten unseen."""
    found = _readable(request, slug)
    require(request.user, "community.edit_cluster", found)
    facts = facts_of(found)
    words = as_form_data(words_of(facts))
    languages = tuple(dict.fromkeys([*languages_of(facts), *_languages(request)]))
    form = ClusterForm(
        request.POST or None, initial={**words, "revision": found.revision}, languages=languages
    )
    context: dict[str, Any] = {"cluster": found}
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_cluster(
                actor=request.user,  # type: ignore[arg-type]
                cluster=found,
                facts=form.facts(),
                base_revision=form.cleaned_data["revision"] or 0,
            )
        except actions.ClusterExists as obstacle:
            form.add_error(None, str(obstacle))
        except ChangedMeanwhile as meanwhile:
            form, context["meanwhile"] = _both(found, form, meanwhile)
        else:
            messages.success(request, _("Saved."))
            return redirect("community:cluster", found.slug)
    context |= {"form": form.for_people(), "more": _more(form)}
    return render(request, "community/cluster_edit.html", context)


def _both(
    found: Cluster, form: ClusterForm, meanwhile: ChangedMeanwhile
) -> tuple[ClusterForm, dict[str, Any]]:
    """The form with both people's words brought together, and what each of them wrote."""
    base = {one.number: one.snapshot for one in revisions_of(found)}.get(form.cleaned_data["revision"])
    result = reconciled(base, words_of(facts_of(found)), words_of(form.facts()))
    shown = {
        "sentence": str(meanwhile),
        "clashes": comparing.in_words(result.clashes, label_of, value_of),
        "taken": comparing.in_words(result.taken, label_of, value_of),
    }
    initial = {**as_form_data(result.words), "revision": meanwhile.revision}
    return ClusterForm(initial=initial, languages=form.languages), shown


@allow("community.propose_cluster")
@require_POST
def cluster_deed(request: HttpRequest, slug: str, deed: str) -> HttpResponse:
    """Publish, archive or bring back."""
    found = _readable(request, slug)
    act = DEEDS.get(deed)
    if act is None:
        raise Http404()
    try:
        act(actor=request.user, cluster=found)  # type: ignore[arg-type]
    except actions.WrongState as obstacle:
        messages.error(request, str(obstacle))
    else:
        messages.success(
            request,
            {
                "publish": _("Published: everybody sees it now."),
                "archive": _("Archived. It can be brought back from its page at any time."),
                "bring-back": _("It is back."),
            }[deed],
        )
    return redirect("community:cluster", found.slug)


@public
@require_safe
def cluster_history(request: HttpRequest, slug: str) -> HttpResponse:
    """Who stated what about this cluster, and two versions of it beside each other."""
    found = _readable(request, slug)
    context = comparing.comparison(revisions_of(found), request.GET, label_of, deed_of, value_of)
    context |= {"cluster": found, "may_edit": may(request.user, "community.edit_cluster", found)}
    return render(request, "community/cluster_history.html", context)


def _readable(request: HttpRequest, slug: str) -> Cluster:
    """A cluster this reader may see; who may not see it learns no more than that nothing is there."""
    found = queries.cluster(slug)
    if found is None or not may(request.user, "community.read_cluster", found):
        raise Http404(_("There is no cluster organisation at this address, or it is not published."))
    return found


def _languages(request: HttpRequest) -> tuple[str, ...]:
    """Bulgarian, English, those the person wrote in, and the one asked for."""
    known = [one.code for one in LANGUAGES_OF_THE_PLATFORM]
    written = [code for code in known if f"name_{code}" in request.POST]
    asked = [code for code in known if code == request.GET.get("language")]
    return tuple(dict.fromkeys(["bg", "en", *written, *asked]))


def _more(form: ClusterForm) -> list[tuple[str, str]]:
    """Languages that can be added to the form."""
    return [(one.code, one.own_name) for one in LANGUAGES_OF_THE_PLATFORM if one.code not in form.languages]
