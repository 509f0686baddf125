"""Addresses that are printed and quoted: without a language, for good."""

from django.urls import path

from clusterpolisee.evidence.api import catalogue
from clusterpolisee.evidence.citation_urls import permanent
from clusterpolisee.evidence.views import figures

urlpatterns = [
    path("citations/<slug:address>/", figures.permanent_citation, name="permanent_citation"),
    *catalogue.addresses,
    *permanent,
]
