"""Pages about the pages."""

from django.urls import path

from clusterpolisee.shell.ui import pages

app_name = "ui"

urlpatterns = [
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("design/", pages.design, name="design"),
]
