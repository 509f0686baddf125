"""Addresses of the evidence pages, under a language."""

from django.urls import include, path, re_path

from clusterpolisee.evidence.views import (
    activities,
    comparisons,
    figures,
    indicators,
    industry_space,
    opportunities,
    partners,
    place_for_all,
    region,
    similar,
)

app_name = "evidence"

PART = "parts/<slug:part>.<slug:form>"
TAB = r"^regions/(?P<code>[A-Za-z]{2}[0-9A-Za-z]{0,3})"
FIGURE = "<slug:measure>/<slug:indicator>/<str:region>/<str:activity>/<str:years>/"

urlpatterns = [
    path("regions/", region.region_list, name="regions"),
    path("regions/place-for-all/", place_for_all.place_for_all, name="place_for_all"),
    path(f"regions/place-for-all/{PART}", place_for_all.place_for_all_part, name="place_for_all_part"),
    path("regions/industry-space/", industry_space.industry_space, name="industry_space"),
    path(f"regions/industry-space/{PART}", industry_space.industry_space_part, name="industry_space_part"),
    path("regions/compare/", comparisons.compare, name="compare"),
    path(f"regions/compare/{PART}", comparisons.compare_part, name="compare_part"),
    path("regions/compare/save/", comparisons.save, name="compare_save"),
    path("comparisons/", comparisons.my_comparisons, name="my_comparisons"),
    path("comparisons/<slug:address>/", comparisons.comparison, name="comparison"),
    path("comparisons/<slug:address>/withdraw/", comparisons.withdraw, name="comparison_withdraw"),
    path("", include("clusterpolisee.evidence.citation_urls")),  # before any indicators/<code>/
    path("indicators/", indicators.indicator_list, name="indicators"),
    path("indicators/<slug:code>/", indicators.indicator, name="indicator"),
    path(f"indicators/<slug:code>/{PART}", indicators.indicator_part, name="indicator_part"),
    path("activities/", activities.activity_list, name="activities"),
    path("activities/<str:code>/", activities.activity, name="activity"),
    path(f"activities/<str:code>/{PART}", activities.activity_part, name="activity_part"),
    path("regions/search/", region.region_search, name="region_search"),
    re_path(r"^regions/(?P<code>[A-Za-z]{2}[0-9A-Za-z]{0,3})/$", region.region, name="region"),
    re_path(
        r"^regions/(?P<code>[A-Za-z]{2}[0-9A-Za-z]{0,3})/similar/$",
        similar.region_similar,
        name="region_similar",
    ),
    re_path(
        r"^regions/(?P<code>[A-Z]{2}[0-9A-Z]{0,3})/similar/parts/(?P<part>[a-z]+)\.(?P<form>[a-z-]+)$",
        similar.region_similar_part,
        name="region_similar_part",
    ),
    re_path(
        r"^regions/(?P<code>[A-Z]{2}[0-9A-Z]{0,3})/pictures/(?P<part>[a-z]+)\.(?P<form>svg|png|json)$",
        region.region_picture,
        name="region_picture",
    ),
    re_path(
        r"^regions/(?P<code>[A-Z]{2}[0-9A-Z]{0,3})/tables/(?P<part>[a-z]+)\.(?P<form>[a-z]+)$",
        region.region_table,
        name="region_table",
    ),
    re_path(
        rf"{TAB}/opportunities/$",
        opportunities.opportunities,
        name="region_opportunities",
    ),
    re_path(
        rf"{TAB}/opportunities/parts/(?P<part>[a-z]+)\.(?P<form>[a-z-]+)$",
        opportunities.opportunities_part,
        name="region_opportunities_part",
    ),
    re_path(rf"{TAB}/space/$", industry_space.region_space, name="region_space"),
    re_path(
        rf"{TAB}/space/parts/(?P<part>[a-z]+)\.(?P<form>[a-z-]+)$",
        industry_space.region_space_part,
        name="region_space_part",
    ),
    re_path(rf"{TAB}/partners/$", partners.region_partners, name="region_partners"),
    re_path(
        rf"{TAB}/partners/parts/(?P<part>[a-z]+)\.(?P<form>[a-z-]+)$",
        partners.region_partners_part,
        name="region_partners_part",
    ),
    path(f"figures/{FIGURE}", figures.figure, name="figure"),
    path(f"figures/{FIGURE}cite/", figures.cite, name="cite"),
    path("citations/", figures.my_citations, name="my_citations"),
    path("citations/<slug:address>/", figures.citation, name="citation"),
    path("methods/", figures.methods, name="methods"),
    path("methods/<slug:key>/", figures.method, name="method"),
    path("", include("clusterpolisee.evidence.import_urls")),
    path("", include("clusterpolisee.evidence.data_urls")),
    path("", include("clusterpolisee.evidence.category_urls")),
]
