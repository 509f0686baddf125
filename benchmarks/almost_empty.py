"""An almost empty Django page with 11 queries: what a region page is measured against.

Same database, same server; the middleware a new Django project begins with. A signed-in reader costs one of the
queries (the person; the session comes from the cache); ten more fetch one small row each, and the template writes a
line for each.
"""

from __future__ import annotations

from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine
from django.urls import path

ROWS = 10
TEMPLATE = Engine().from_string(
    "<!doctype html><title>Almost empty</title><p>{{ reader }}</p>"
    "<ul>{% for region in regions %}<li>{{ region.code }} {{ region.name_latin }}</li>{% endfor %}</ul>"
)


def almost_empty(request: HttpRequest) -> HttpResponse:
    from clusterpolisee.regions.models import Region

    regions = [Region.objects.order_by("pk").filter(pk__gte=number).first() for number in range(1, ROWS + 1)]
    return HttpResponse(TEMPLATE.render(Context({"reader": request.user, "regions": regions})))


urlpatterns = [path("almost-empty/", almost_empty)]
application = get_wsgi_application()
