"""How the parts of a page are answered: drawn inside it, as pictures, as tables."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.safestring import mark_safe

from clusterpolisee.evidence.parts import NoSuchPart, PageWithParts
from clusterpolisee.evidence.pictures import render as drawing
from clusterpolisee.evidence.pictures.theme import number_locale
from clusterpolisee.shell.exports.downloads import download, picture_download

PICTURES = ("svg", "png", "json")


def drawn(page: PageWithParts) -> dict[str, dict[str, str]]:
    """Every picture the page has, as inline SVG with its title."""
    found = {}
    for part in page.drawings():
        try:
            picture = page.picture(part)
        except NoSuchPart:
            continue
        text = drawing.svg(picture.spec, language=page.language, title=picture.title)
        found[part] = {
            "svg": mark_safe(text),  # noqa: S308 – drawn by vl-convert from our specification
            "title": picture.title,
            "spec": page.part_address(part, "json"),
        }
    return found


def answer_part(request: HttpRequest, page: PageWithParts, part: str, form: str, *, key: str) -> HttpResponse:
    """One part in one form. key: what the file is called."""
    try:
        if form not in PICTURES:
            return download(request, page.table_of(part), form)
        picture, origins = page.picture(part), list(page.table_of(part).origins)
    except NoSuchPart as missing:
        raise Http404(str(missing)) from missing
    if form == "json":
        answer = JsonResponse(
            {"spec": picture.spec, "title": picture.title, "locale": number_locale(page.language)},
            json_dumps_params={"ensure_ascii": False, "separators": (",", ":")},
        )
        answer["Cache-Control"] = "no-cache"
        return answer
    draw = drawing.svg if form == "svg" else drawing.png
    content = draw(picture.spec, language=page.language, title=picture.title)
    return picture_download(
        content, form, key=f"{key}-{part}", title=picture.title, origins=origins, language=page.language
    )
