"""Addresses of the pages on cluster organisations, under a language."""

from django.urls import path

from clusterpolisee.community.views import clusters, imports

app_name = "community"

urlpatterns = [
    path("clusters/", clusters.cluster_list, name="clusters"),
    path("clusters/export.csv", clusters.cluster_export, name="cluster_export"),
    path("clusters/new/", clusters.cluster_new, name="cluster_new"),
    path("clusters/import/", imports.cluster_import, name="cluster_import"),
    path("clusters/import/<int:pk>/", imports.cluster_file, name="cluster_file"),
    path("clusters/import/<int:pk>/faults.csv", imports.cluster_file_faults, name="cluster_file_faults"),
    path("clusters/<slug:slug>/", clusters.cluster, name="cluster"),
    path("clusters/<slug:slug>/edit/", clusters.cluster_edit, name="cluster_edit"),
    path("clusters/<slug:slug>/history/", clusters.cluster_history, name="cluster_history"),
    path("clusters/<slug:slug>/<slug:deed>/", clusters.cluster_deed, name="cluster_deed"),
]
