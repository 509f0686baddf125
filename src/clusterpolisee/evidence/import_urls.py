"""Addresses of bringing a file in the browser, inside the namespace of the evidence pages."""

from django.urls import path

from clusterpolisee.evidence.views import import_wizard as wizard
from clusterpolisee.evidence.views import import_work as work

_OWN = "data/import/<slug:token>/"

urlpatterns = [
    path("data/import/", wizard.import_start, name="import_start"),
    path(_OWN, wizard.import_resume, name="import_resume"),
    path(f"{_OWN}work/", work.import_work, name="import_work"),
    path(f"{_OWN}table/", wizard.import_table, name="import_table"),
    path(f"{_OWN}new-table/", wizard.import_new_table, name="import_new_table"),
    path(f"{_OWN}sheet/", wizard.import_sheet, name="import_sheet"),
    path(f"{_OWN}columns/", wizard.import_columns, name="import_columns"),
    path(f"{_OWN}codes/", wizard.import_codes, name="import_codes"),
    path(f"{_OWN}vintage/", wizard.import_vintage, name="import_vintage"),
    path(f"{_OWN}check/", wizard.import_check, name="import_check"),
    path(f"{_OWN}rejected.csv", wizard.import_rejected, name="import_rejected"),
    path(f"{_OWN}discard/", wizard.import_discard, name="import_discard"),
]
