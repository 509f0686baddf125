"""The parts of a page that can be taken along: pictures and tables, each under an address of its own.

A page names its parts, draws their pictures, fills their tables and knows their addresses; views and templates only
ask. So a page, a picture file and a table file never say different things.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from clusterpolisee.evidence.pictures.grammar import Picture
from clusterpolisee.shell.exports.tables import ExportTable


class NoSuchPart(LookupError):
    """The page has no such picture or table."""


@dataclass(frozen=True)
class Button:
    """A download: its format as people call it, and its address."""

    label: str | Promise
    address: str


class PageWithParts(ABC):
    """What every page with pictures and tables can do."""

    @property
    def language(self) -> str:
        return get_language() or "en"

    @property
    @abstractmethod
    def title(self) -> str:
        """What the page is about, for sentences and file names."""

    @abstractmethod
    def drawings(self) -> Mapping[str, Callable[[], Picture | None]]:
        """Part → how its picture is drawn; None from it means that there is nothing to draw."""

    @abstractmethod
    def tables(self) -> Mapping[str, Callable[[], ExportTable | None]]:
        """Part → how its table is filled."""

    @abstractmethod
    def part_address(self, part: str, form: str) -> str:
        """Where a part lies as svg, png, json (specification), csv, xlsx or json-stat."""

    def embed_address(self, part: str) -> str:
        """Where it is shown how another site can frame the picture; "" where none can."""
        return ""

    def picture(self, part: str) -> Picture:
        drawn = self.drawings().get(part, lambda: None)()
        if drawn is None:
            raise NoSuchPart(
                _("The page “%(page)s” has no picture “%(part)s”.") % {"page": self.title, "part": part}
            )
        return drawn

    def table_of(self, part: str) -> ExportTable:
        filled = self.tables().get(part, lambda: None)()
        if filled is None:
            raise NoSuchPart(
                _("The page “%(page)s” has no table “%(part)s”.") % {"page": self.title, "part": part}
            )
        return filled

    def buttons(self, part: str) -> list[Button]:
        """The ways to take a part along."""
        forms = [("CSV", "csv"), ("XLSX", "xlsx"), ("JSON-stat", "json-stat")]
        if part in self.drawings():
            forms += [("SVG", "svg"), ("PNG", "png")]
        return [Button(label, self.part_address(part, form)) for label, form in forms]
