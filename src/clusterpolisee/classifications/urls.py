"""Addresses of the pages on cluster categories that analysts work with, under a language."""

from django.urls import path

from clusterpolisee.classifications import views

app_name = "classifications"

urlpatterns = [
    path("categories/new/", views.category_new, name="category_new"),
    path("categories/<slug:code>/edit/", views.category_edit, name="category_edit"),
    path("categories/<slug:code>/history/", views.category_history, name="category_history"),
]
