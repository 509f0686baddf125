"""Addresses of the pages on cluster categories, inside the namespace of the evidence pages."""

from django.urls import path

from clusterpolisee.evidence.views import categories

urlpatterns = [
    path("categories/", categories.category_list, name="categories"),
    path("categories/<slug:code>/", categories.category, name="category"),
    path(
        "categories/<slug:code>/parts/<slug:part>.<slug:form>",
        categories.category_part,
        name="category_part",
    ),
]
