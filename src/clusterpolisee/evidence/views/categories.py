"""Pages on cluster categories, and what can be taken along from them."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clusterpolisee.classifications import queries as classifications
from clusterpolisee.evidence import category_sentences
from clusterpolisee.evidence.category_exports import NoSuchTable, origins_of, table_of
from clusterpolisee.evidence.category_page import CategoryPage, Sources
from clusterpolisee.evidence.pictures import render as drawing
from clusterpolisee.evidence.pictures.theme import number_locale
from clusterpolisee.evidence.stamps import page_stamp
from clusterpolisee.shell.accounts.access import public
from clusterpolisee.shell.accounts.permissions import may
from clusterpolisee.shell.exports.downloads import download, picture_download
from clusterpolisee.shell.ui.page_cache import reader_cache


@public
@require_safe
@reader_cache(stamp=page_stamp)
def category_list(request: HttpRequest) -> HttpResponse:
    """Every category with what it is made of and where it weighs most."""
    sources = Sources()
    pages = [CategoryPage(one, sources=sources) for one in classifications.categories()]
    context = {
        "pages": pages,
        "scheme": pages[0].category.scheme if pages else None,
        "may_edit": may(request.user, "classifications.edit_categories"),
    }
    return render(request, "evidence/category_list.html", context)


@public
@require_safe
@reader_cache(stamp=page_stamp)
def category(request: HttpRequest, code: str) -> HttpResponse:
    """One category: the answer, its map, its ranking, what it is made of, its clusters."""
    page = _page(request, code)
    context = {
        "page": page,
        "answer": category_sentences.answer(page),
        "trend_sentence": category_sentences.trend_in_words(page.trend) if page.trend else "",
        "drawn": _drawn(page),
        "downloads": page.downloads("ranking"),
        "trend_downloads": page.downloads("trend"),
        "may_edit": may(request.user, "classifications.edit_categories"),
    }
    return render(request, "evidence/category.html", context)


def _drawn(page: CategoryPage) -> dict[str, str] | None:
    """The map as inline SVG with its title."""
    picture = page.map()
    if picture is None:
        return None
    text = drawing.svg(picture.spec, language=page.language, title=picture.title)
    return {
        "svg": mark_safe(text),  # noqa: S308 – drawn by vl-convert from our specification
        "title": picture.title,
        "spec": page.picture_address("json"),
    }


@public
@require_safe
def category_picture(request: HttpRequest, code: str, part: str, form: str) -> HttpResponse:
    """The map as SVG, PNG, or the specification an interactive view is made from."""
    page = _page(request, code)
    picture = page.map() if part == "map" else None
    if picture is None:
        raise Http404(
            _("The page of “%(category)s” has no picture “%(part)s”.")
            % {"category": page.category, "part": part}
        )
    if form == "json":
        return JsonResponse(
            {"spec": picture.spec, "title": picture.title, "locale": number_locale(page.language)},
            json_dumps_params={"ensure_ascii": False, "separators": (",", ":")},
            headers={"Cache-Control": "no-cache"},
        )
    draw = drawing.svg if form == "svg" else drawing.png
    content: str | bytes = draw(picture.spec, language=page.language, title=picture.title)
    return picture_download(
        content,
        form,
        key=f"{code}-{part}",
        title=picture.title,
        origins=origins_of(page),
        language=page.language,
    )


@public
@require_safe
def category_file(request: HttpRequest, code: str, part: str, form: str) -> HttpResponse:
    """The rows behind one part of the page, with their origin inside the file."""
    try:
        table = table_of(_page(request, code), part)
    except NoSuchTable as missing:
        raise Http404(str(missing)) from missing
    return download(request, table, "json-stat" if form == "json" else form)


def _page(request: HttpRequest, code: str) -> CategoryPage:
    found = classifications.category(code)
    if found is None:
        raise Http404(
            _("There is no cluster category “%(code)s”. The list of categories has them all.")
            % {"code": code[:60]}
        )
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else None
    return CategoryPage(
        found,
        year=year,
        country=_code(request.GET.get("country", "")),
        region=_code(request.GET.get("region", "")),
    )


def _code(text: str) -> str:
    """Only what looks like a code is taken."""
    return text.upper() if text.isascii() and text.isalnum() and len(text) <= 5 else ""
