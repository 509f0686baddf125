"""Addresses of baskets and derived indicators, inside the namespace of the evidence pages."""

from django.urls import include, path

from clusterpolisee.evidence.views import basket, derived, figures

urlpatterns = [
    path(
        "citations/<slug:address>/bibliography.<str:form>",
        figures.citation_bibliography,
        name="citation_bibliography",
    ),
    path("citations/<slug:address>/collect/", basket.basket_collect, name="basket_collect"),
    path("baskets/", basket.basket_list, name="baskets"),
    path("baskets/make/", basket.basket_make, name="basket_make"),
    path("baskets/<slug:address>/", basket.basket, name="basket"),
    path("baskets/<slug:address>/change/", basket.basket_deed, name="basket_deed"),
    path("baskets/<slug:address>/basket.<slug:form>", basket.basket_table_file, name="basket_table"),
    path(
        "baskets/<slug:address>/bibliography.<str:form>",
        basket.basket_bibliography,
        name="basket_bibliography",
    ),
    path("embed/", include("clusterpolisee.evidence.embed_urls")),
    path("indicators/derived/", derived.derived_list, name="derived"),
    path("indicators/derived/new/", derived.derived_new, name="derived_new"),
    path("indicators/derived/check/", derived.derived_check, name="derived_check"),
    path("indicators/derived/<slug:code>/", derived.derived, name="derived_indicator"),
    path("indicators/derived/<slug:code>/edit/", derived.derived_edit, name="derived_edit"),
    path("indicators/derived/<slug:code>/publish/", derived.derived_publish, name="derived_publish"),
    path("indicators/derived/<slug:code>/discard/", derived.derived_discard, name="derived_discard"),
]

permanent = [
    path("baskets/<slug:address>/", basket.permanent_basket, name="permanent_basket"),
    path("data/<slug:code>/<int:number>/", figures.permanent_version, name="permanent_version"),
]
