"""How deeds are told: the words of each verb, which the app that records it brings along.

    tell("evidence", {"imported": Words(gettext_lazy("imported a dataset"), details=…, is_about_data=True)})

A verb that nobody has given words to is told by itself: nothing that was done is left out of the list.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from clusterpolisee.shell.history.models import Event


def _nothing_more(details: Mapping[str, Any]) -> str:
    return ""


@dataclass(frozen=True)
class Words:
    """One kind of deed for readers. details: what the event's details add; link: where its thing can be looked at."""

    label: str | Promise
    details: Callable[[Mapping[str, Any]], str] = _nothing_more
    link: Callable[[Mapping[str, Any]], str] = _nothing_more
    is_about_data: bool = False


@dataclass(frozen=True)
class Thing:
    """What a deed was done to, as readers know it; with the page on which it can be looked at, if there is one."""

    name: str
    address: str = ""


_words: dict[tuple[str, str], Words] = {}
_things: dict[tuple[str, str], Callable[[list[str]], Mapping[str, Thing]]] = {}


def tell(app: str, words: Mapping[str, Words]) -> None:
    """Bring the words of an app's verbs. `app` is the one of the thing the deed is done to."""
    _words.update({(app, verb): said for verb, said in words.items()})


def name_things(app: str, kind: str, things_of: Callable[[list[str]], Mapping[str, Thing]]) -> None:
    """Bring the names of things by key. Who is asked about a page of events gets all its keys at once."""
    _things[app, kind] = things_of


def known_deeds(*, about_data_only: bool = False) -> list[tuple[str, str, Words]]:
    """App, verb and words of every deed that has words."""
    return [
        (app, verb, said) for (app, verb), said in _words.items() if said.is_about_data or not about_data_only
    ]


@dataclass(frozen=True)
class Told:
    """One event as a reader sees it."""

    event: Event
    deed: str
    thing: str
    details: str
    link: str

    @property
    def about(self) -> str:
        """The thing with its details, as one line."""
        return ": ".join(one for one in (self.thing, self.details) if one)


def told(events: list[Event]) -> list[Told]:
    """The events in words; one question per kind of thing, not per event."""
    things: dict[tuple[str, str, str], Thing] = {}
    for app, kind in {(event.app, event.kind) for event in events} & set(_things):
        keys = sorted({event.key for event in events if (event.app, event.kind) == (app, kind)})
        things |= {(app, kind, key): thing for key, thing in _things[app, kind](keys).items()}
    return [_told(event, things.get((event.app, event.kind, event.key), Thing(""))) for event in events]


def _told(event: Event, thing: Thing) -> Told:
    said = _words.get((event.app, event.verb))
    if said is None:
        plain = event.verb.replace("_", " ").replace("-", " ")
        return Told(event, plain, thing.name or f"{event.kind} {event.key}", "", thing.address)
    link = said.link(event.details) or thing.address
    return Told(event, str(said.label), thing.name, said.details(event.details), link)
