"""Regions as something roles are held over: what an administrator writes becomes a code, with its subregions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from clusterpolisee.regions.folding import fold
from clusterpolisee.regions.models import Region
from clusterpolisee.regions.queries import current_vintage, find_regions
from clusterpolisee.shell.accounts.roles import REGION
from clusterpolisee.shell.accounts.scopes import ScopeKind, UnknownScope
from regional_analytics.codes import nuts


def code_of(text: str) -> str:
    """The code of the region that is written so: its code, or a name that only it has; raises UnknownScope."""
    if Region.objects.filter(code=nuts.normalise(text)).exists():
        return nuts.normalise(text)
    named = [place.code for place in find_regions(text) if fold(text) in place.search_text.split("|")]
    if len(named) == 1:
        return named[0]
    if named:
        raise UnknownScope(
            _("Several regions are called “%(text)s”: %(codes)s. Write the code of one of them.")
            % {"text": text, "codes": ", ".join(sorted(named))}
        )
    raise UnknownScope(
        _("There is no region with the code or name “%(text)s”. Codes look like BG, BG3 or BG31.")
        % {"text": text}
    )


def names_of(codes: Iterable[str]) -> Mapping[str, str]:
    """Code → “Severozapaden (BG31)”, in the newest vintage that has the code; one query."""
    places = Region.objects.filter(code__in=list(codes)).order_by("vintage")
    return {place.code: _named(place) for place in places}


def suggestions() -> list[tuple[str, str]]:
    """Countries and the regions policy is made for; subregions can be written too."""
    places = Region.objects.filter(vintage=current_vintage(), level__lte=2).order_by("code")
    return [(place.code, place.name(get_language() or "en")) for place in places]


def covers(held: str, code: str) -> bool:
    """A NUTS code begins with the code of the region it lies in."""
    return code.startswith(held)


def _named(place: Region) -> str:
    return f"{place.name(get_language() or 'en')} ({place.code})"


REGIONS_AS_SCOPE = ScopeKind(
    name=REGION,
    label=gettext_lazy("a region"),
    resolve=code_of,
    names_of=names_of,
    choices=suggestions,
    covers=covers,
    help_text=gettext_lazy("Code or name. The role reaches the subregions too."),
    is_searched=True,
)
