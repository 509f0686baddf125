"""Languages as something roles are held over. `shell/languages` lies below accounts, so it is plugged in from here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusterpolisee.shell.accounts.roles import LANGUAGE
from clusterpolisee.shell.accounts.scopes import ScopeKind, UnknownScope
from clusterpolisee.shell.languages import LANGUAGES_OF_THE_PLATFORM


def code_of(text: str) -> str:
    """The code of a language of the platform; raises UnknownScope."""
    codes = [language.code for language in LANGUAGES_OF_THE_PLATFORM]
    if text not in codes:
        raise UnknownScope(
            _("“%(text)s” is no language of the platform. Its languages are: %(codes)s.")
            % {"text": text, "codes": ", ".join(codes)}
        )
    return text


def names_of(codes: Iterable[str]) -> Mapping[str, str]:
    wanted = set(codes)
    return {code: name for code, name in choices() if code in wanted}


def choices() -> list[tuple[str, str]]:
    return [(language.code, language.own_name) for language in LANGUAGES_OF_THE_PLATFORM]


LANGUAGES_AS_SCOPE = ScopeKind(
    name=LANGUAGE,
    label=gettext_lazy("a language"),
    resolve=code_of,
    names_of=names_of,
    choices=choices,
)
