"""What the frame of every page needs to know."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext, pgettext

from clusterpolisee.shell.languages import Language, language_of
from clusterpolisee.shell.ui.addresses import has_language, in_language

LONGEST_RETURN = 300


@dataclass(frozen=True)
class Entry:
    """One entry of the navigation."""

    label: str
    url: str
    is_current: bool = False  # here, or somewhere below
    is_page: bool = False  # exactly here


@dataclass(frozen=True)
class Switch:
    """This page in one language."""

    language: Language
    url: str
    is_current: bool


class Frame:
    """Asked by the templates only for what they show: no question to the database is asked here."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def language(self) -> Language:
        return language_of(get_language())

    @cached_property
    def navigation(self) -> list[Entry]:
        labels = {
            "evidence:regions": pgettext("navigation", "Regions"),
            "evidence:indicators": pgettext("navigation", "Indicators"),
            "evidence:activities": pgettext("navigation", "Activities"),
            "community:clusters": gettext("Clusters"),
            "evidence:data": pgettext("navigation", "Data"),
        }
        path = self._request.path
        found = ((label, address(name)) for name, label in labels.items())
        return [Entry(label, url, path.startswith(url), path == url) for label, url in found if url]

    @cached_property
    def footer(self) -> list[Entry]:
        labels = {
            "evidence:data": pgettext("navigation", "Data"),
            "evidence:methods": pgettext("navigation", "Methods"),
            "ui:accessibility": pgettext("navigation", "Accessibility"),
        }
        found = [Entry(label, url) for name, label in labels.items() if (url := address(name))]
        if docs := address("api_docs"):  # no language in its path: the page's own goes along
            found.insert(-1, Entry(pgettext("navigation", "API"), f"{docs}?lang={self.language.code}"))
        return found

    @cached_property
    def search_url(self) -> str:
        return address("evidence:region_search")

    @cached_property
    def home_url(self) -> str:
        return f"/{self.language.code}/"

    @cached_property
    def return_to(self) -> str:
        """Where signing in should lead back to: here, unless here is about signing in."""
        path = self._request.get_full_path()
        is_own = path.startswith(f"{self.home_url}account/")
        return "" if is_own or self._request.method != "GET" or len(path) > LONGEST_RETURN else path

    @cached_property
    def languages(self) -> list[Switch]:
        path = self._request.get_full_path()
        return [
            Switch(language_of(code), in_language(path, code), code == self.language.code)
            for code, _name in settings.LANGUAGES
        ]

    @cached_property
    def canonical_url(self) -> str:
        """Without the query: sorted or filtered, it is the same page. Pages for which it is not override the block."""
        return settings.SITE_ADDRESS + self._request.path

    @cached_property
    def alternates(self) -> list[tuple[str, str]]:
        """(hreflang, address) for each complete language and for everyone else; none where there is one language."""
        path = self._request.path
        if not has_language(path):
            return []
        found = [
            (code, settings.SITE_ADDRESS + in_language(path, code)) for code, _name in settings.LANGUAGES
        ]
        return [*found, ("x-default", settings.SITE_ADDRESS + in_language(path, "en"))]

    @property
    def is_demo(self) -> bool:
        return settings.DEMO


def address(name: str) -> str:
    """The address of a page, empty where this instance has no such page."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def frame(request: HttpRequest) -> dict[str, Frame]:
    return {"frame": Frame(request)}
