"""Looks at what every instance begins with: the catalogue, places and their boundaries, activities, people."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clusterpolisee.classifications.models import Activity, Theme
from clusterpolisee.config.check_results import Result, look, right, wrong
from clusterpolisee.evidence import catalogue
from clusterpolisee.evidence.models import Dataset, StarScheme
from clusterpolisee.regions.models import Boundary, Region
from clusterpolisee.regions.queries import current_vintage
from clusterpolisee.shell.accounts.models import User
from clusterpolisee.shell.accounts.roles import Role

SETUP = "clusterpolisee setup"


def tables() -> Iterator[Result]:
    """Every seeded table is in the catalogue; how many of all have figures."""
    have = set(Dataset.objects.values_list("code", flat=True))
    if missing := sorted(set(seeded_tables()) - have):
        yield wrong(
            "catalogue", _("The catalogue lacks %(codes)s.") % {"codes": ", ".join(missing[:5])}, SETUP
        )
    elif not StarScheme.objects.filter(is_active=True).exists():
        yield wrong("catalogue", _("No star scheme is in use, so that no cluster gets stars."), SETUP)
    else:
        yield right(
            "catalogue",
            ngettext("The catalogue has %(count)s table.", "The catalogue has %(count)s tables.", len(have))
            % {"count": len(have)},
        )
    empty = Dataset.objects.filter(current=None).count()
    if have and empty:
        sentence = ngettext(
            "%(count)s table has no figures in use.", "%(count)s tables have no figures in use.", empty
        )
        yield look("figures", sentence % {"count": empty}, _("Import them: clusterpolisee data import FILE"))


def seeded_tables() -> Iterator[str]:
    for file in resources.files(catalogue).iterdir():
        if file.name.endswith(".toml"):
            yield from (one.code for one in catalogue.described(file.read_text(encoding="utf-8")))


def places() -> Iterator[Result]:
    vintage = current_vintage()
    regions = Region.objects.filter(vintage=vintage)
    countries = set(regions.filter(level=0).values_list("code", flat=True))
    drawn = set(
        Boundary.objects.filter(first_vintage__lte=vintage, last_vintage__gte=vintage).values_list(
            "code", flat=True
        )
    )
    if not countries:
        yield wrong("regions", _("There are no regions of NUTS %(vintage)s.") % {"vintage": vintage}, SETUP)
    elif missing := sorted(
        code
        for code in regions.filter(level=2).values_list("code", flat=True)
        if code not in drawn and code[:2] in _drawn_countries(drawn)
    ):
        yield wrong(
            "boundaries", _("Boundaries are missing: %(codes)s.") % {"codes": ", ".join(missing[:5])}, SETUP
        )
    elif not drawn:
        yield wrong("boundaries", _("There are no boundaries, so that maps stay empty."), SETUP)
    else:
        yield right(
            "regions", _("%(regions)s regions and their boundaries are there.") % {"regions": regions.count()}
        )


def _drawn_countries(drawn: set[str]) -> set[str]:
    """Countries of which any region is drawn: then all are."""
    return {code[:2] for code in drawn if len(code) == 4}


def activities() -> Iterator[Result]:
    if Activity.objects.exists() and Theme.objects.exists():
        yield right("activities", _("Activities and themes are there."))
    else:
        yield wrong("activities", _("The classification of activities is empty."), SETUP)


def administrator() -> Iterator[Result]:
    people = User.objects.people().filter(role_assignments__role=Role.ADMINISTRATOR, is_active=True)
    demo = people.filter(email__endswith="@demo.example")
    if not people.exists():
        yield look(
            "administrator",
            _("Nobody is administrator."),
            "clusterpolisee account create-admin you@example.org",
        )
    elif demo.exists() and not settings.DEMO:
        yield wrong(
            "administrator",
            _("The demo account %(email)s is administrator, and its password is published.")
            % {"email": demo[0].email},
            _(
                "Make an administrator of your own and withdraw its role: clusterpolisee account withdraw %(email)s administrator"
            )
            % {"email": demo[0].email},
        )
    else:
        yield right("administrator", _("Somebody is administrator."))
