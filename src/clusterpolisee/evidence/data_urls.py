"""Addresses of the data pages, inside the namespace of the evidence pages."""

from django.urls import path

from clusterpolisee.evidence.views import catalogue, data, gaps, sources

urlpatterns = [
    path("data/", catalogue.data_list, name="data"),
    path("data/bring/", data.data_bring, name="data_bring"),
    path("data/fetch/", sources.data_fetch, name="data_fetch"),
    path("data/gaps/", gaps.data_gaps, name="data_gaps"),
    path("data/gaps/new/", gaps.data_gap_new, name="data_gap_new"),
    path("data/gaps/<int:number>/", gaps.data_gap, name="data_gap"),
    path("data/gaps/<int:number>/deed/", gaps.data_gap_deed, name="data_gap_deed"),
    path("data/<slug:code>/", catalogue.data_set, name="data_set"),
    path("data/<slug:code>/coverage/", catalogue.data_coverage, name="data_coverage"),
    path("data/<slug:code>/citations/", catalogue.data_citations, name="data_citations"),
    path("data/<slug:code>/rules/", catalogue.data_rules, name="data_rules"),
    path("data/<slug:code>/rollback/", data.data_roll_back, name="data_roll_back"),
    path("data/<slug:code>/<int:number>/", data.data_version, name="data_version"),
    path("data/<slug:code>/<int:number>/file/", data.data_raw, name="data_raw"),
    path("data/<slug:code>/<int:number>/rejected.csv", data.data_rejected, name="data_rejected"),
    path("data/<slug:code>/<int:number>/accept/", data.data_accept, name="data_accept"),
    path("data/<slug:code>/<int:number>/reject/", data.data_reject, name="data_reject"),
]
