"""Addresses of the pages on cluster categories, inside the namespace of the evidence pages."""

from django.urls import path, re_path

from clusterpolisee.evidence.views import categories

urlpatterns = [
    path("categories/", categories.category_list, name="categories"),
    path("categories/<slug:code>/", categories.category, name="category"),
    re_path(
        r"^categories/(?P<code>[-a-z0-9]+)/pictures/(?P<part>[a-z]+)\.(?P<form>svg|png|json)$",
        categories.category_picture,
        name="category_picture",
    ),
    re_path(
        r"^categories/(?P<code>[-a-z0-9]+)/tables/(?P<part>[a-z]+)\.(?P<form>[a-z]+)$",
        categories.category_file,
        name="category_file",
    ),
]
