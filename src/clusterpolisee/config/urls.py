"""Root addresses. Pages live under a language; permanent addresses and machine files do not."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from clusterpolisee.config.api import api
from clusterpolisee.shell.api.instance import PREFIX
from clusterpolisee.shell.api.urls import addresses_of

urlpatterns = [
    path(PREFIX, include(addresses_of(api))),
    path("", include("clusterpolisee.evidence.permanent_urls")),
    path("", include("clusterpolisee.shell.accounts.permanent_urls")),
    *i18n_patterns(
        path("", include("clusterpolisee.home.urls")),
        path("", include("clusterpolisee.classifications.urls")),
        path("", include("clusterpolisee.community.urls")),
        path("", include("clusterpolisee.evidence.urls")),
        path("account/", include("clusterpolisee.shell.api.urls")),
        path("account/", include("clusterpolisee.shell.accounts.urls")),
        path("jobs/", include("clusterpolisee.shell.jobs.urls")),
        path("", include("clusterpolisee.shell.ui.urls")),
        prefix_default_language=True,
    ),
]

handler400 = "clusterpolisee.shell.ui.views.bad_request"
handler403 = "clusterpolisee.shell.ui.views.not_allowed"
handler404 = "clusterpolisee.shell.ui.views.not_found"
handler500 = "clusterpolisee.shell.ui.views.server_error"
