"""The parts of a page that can be taken along: pictures and tables, each under an address of its own.

A page names its parts, draws their pictures, fills their tables and knows their addresses; views and templates only
ask. So a page, a picture file and a table file never say different things.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from clusterpolisee.evidence.pictures.grammar import Picture
from clusterpolisee.shell.exports.tables import ExportTable


class NoSuchPart(LookupError):
    """The page has no such picture or table."""


@dataclass(frozen=True)
class Button:
    """A download: its format as people call it, and its address; or a page that says how to take the part along."""

    label: str | Promise
    address: str
    is_file: bool = True


class PageWithParts(ABC):
    """What every page with pictures and tables can do."""

    @property
    def language(self) -> str:
        return get_language() or "en"

    @property
    @abstractmethod
    def title(self) -> str:
        """What the page is about, for sentences and file names."""

    @property
    @abstractmethod
    def address(self) -> str:
        """Where the page lies, with what was asked of it."""

    @property
    @abstractmethod
    def place(self) -> tuple[str, ...]:
        """Its kind, and which one it is where there are several: ("indicator", "population")."""

    @property
    def narrowed_to(self) -> str:
        """Which of its regions were asked for, in words; empty where all were."""
        return ""

    @abstractmethod
    def drawings(self) -> Mapping[str, Callable[[], Picture | None]]:
        """Part → how its picture is drawn; None from it means that there is nothing to draw."""

    @abstractmethod
    def tables(self) -> Mapping[str, Callable[[], ExportTable | None]]:
        """Part → how its table is filled."""

    @abstractmethod
    def part_address(self, part: str, form: str) -> str:
        """Where a part lies as svg, png, json (specification), csv, xlsx or json-stat."""

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
        found = [Button(label, self.part_address(part, form)) for label, form in forms]
        if part in self.drawings():
            found.append(Button(_("On another site"), self.embed_address(part, "_how"), is_file=False))
        return found

    def address_at(self, part: str) -> str:
        """The page again, at this part."""
        return f"{self.address}#{part}"

    def embed_address(self, part: str, form: str = "") -> str:
        """Where a picture lies for other sites: as a page to be framed, as SVG (_svg), or how to do it (_how)."""
        kind, *which = self.place
        path = reverse(f"evidence:embed_{kind}{form}", args=[*which, part])
        query = self.part_address(part, "svg").partition("?")[2]
        return f"{path}?{query}" if query else path
