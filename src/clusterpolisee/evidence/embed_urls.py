"""Addresses of what other sites show, inside the namespace of the evidence pages.

A picture lies under the address of its page: regions/BG31/ has embed/regions/BG31/trend/.
"""

from collections.abc import Iterator

from django.urls import URLPattern, path, re_path

from clusterpolisee.evidence.views import embeds

FIGURE = "<slug:measure>/<slug:indicator>/<str:region>/<str:activity>/<str:years>/"
PAGES = {
    "region_space": r"regions/(?P<code>[A-Z]{2}[0-9A-Z]{0,3})/space",
    "industry_space": r"regions/industry-space",
    "region_partners": r"regions/(?P<code>[A-Z]{2}[0-9A-Z]{0,3})/partners",
    "region": r"regions/(?P<code>[A-Z]{2}[0-9A-Z]{0,3})",
    "region_opportunities": r"regions/(?P<code>[A-Z]{2}[0-9A-Z]{0,3})/opportunities",
    "region_similar": r"regions/(?P<code>[A-Z]{2}[0-9A-Z]{0,3})/similar",
    "indicator": r"indicators/(?P<code>[-\w]+)",
    "activity": r"activities/(?P<code>[^/]+)",
    "category": r"categories/(?P<code>[-\w]+)",
    "comparison": r"regions/compare",
    "place_for_all": r"regions/place-for-all",
}


def pictures() -> Iterator[URLPattern]:
    """Each picture of each kind of page: to be framed, as SVG, and how it is done."""
    for kind, page in PAGES.items():
        framed, svg, how = embeds.part_views(kind)
        part = rf"^{page}/(?P<part>[a-z]+)"
        yield re_path(rf"{part}/$", framed, name=f"embed_{kind}")
        yield re_path(rf"{part}\.svg$", svg, name=f"embed_{kind}_svg")
        yield re_path(rf"{part}/how/$", how, name=f"embed_{kind}_how")


urlpatterns = [
    path("citations/<slug:address>.svg", embeds.embed_citation_svg, name="embed_citation_svg"),
    path("citations/<slug:address>/", embeds.embed_citation, name="embed_citation"),
    path("citations/<slug:address>/how/", embeds.embed_citation_how, name="embed_citation_how"),
    path(f"figures/{FIGURE}", embeds.embed_figure, name="embed_figure"),
    path(f"figures/{FIGURE}figure.svg", embeds.embed_figure_svg, name="embed_figure_svg"),
    path(f"figures/{FIGURE}how/", embeds.embed_figure_how, name="embed_figure_how"),
    *pictures(),
]
