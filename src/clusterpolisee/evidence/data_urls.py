"""Addresses of the data pages, inside the namespace of the evidence pages."""

from django.urls import path

from clusterpolisee.evidence.views import data, sources

urlpatterns = [
    path("data/", data.data_list, name="data"),
    path("data/bring/", data.data_bring, name="data_bring"),
    path("data/fetch/", sources.data_fetch, name="data_fetch"),
    path("data/<slug:code>/", data.data_set, name="data_set"),
    path("data/<slug:code>/rollback/", data.data_roll_back, name="data_roll_back"),
    path("data/<slug:code>/<int:number>/", data.data_version, name="data_version"),
    path("data/<slug:code>/<int:number>/file/", data.data_raw, name="data_raw"),
    path("data/<slug:code>/<int:number>/rejected.csv", data.data_rejected, name="data_rejected"),
    path("data/<slug:code>/<int:number>/accept/", data.data_accept, name="data_accept"),
    path("data/<slug:code>/<int:number>/reject/", data.data_reject, name="data_reject"),
]
