"""Themes as something roles are held over, by their number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusterpolisee.classifications.queries import themes
from clusterpolisee.shell.accounts.roles import THEME
from clusterpolisee.shell.accounts.scopes import ScopeKind, UnknownScope


def number_of(text: str) -> str:
    """The number of a theme, as text; raises UnknownScope."""
    numbers = {str(theme.number) for theme in themes()}
    if text not in numbers:
        raise UnknownScope(
            _("There is no theme “%(text)s”. Themes have the numbers %(numbers)s.")
            % {"text": text, "numbers": ", ".join(sorted(numbers, key=int))}
        )
    return text


def names_of(numbers: Iterable[str]) -> Mapping[str, str]:
    wanted = set(numbers)
    return {number: name for number, name in choices() if number in wanted}


def choices() -> list[tuple[str, str]]:
    return [(str(theme.number), f"{theme.number}. {theme}") for theme in themes()]


THEMES_AS_SCOPE = ScopeKind(
    name=THEME,
    label=gettext_lazy("a theme"),
    resolve=number_of,
    names_of=names_of,
    choices=choices,
)
