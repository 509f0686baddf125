"""Kinds of jobs, plugged in by the apps that do the work, and the words they speak.

    @kind("evidence.fetch", permission="evidence.fetch", title=_("Fetching a table"), words=WORDS)
    def fetch(running: Running, table: str) -> Result: ...

The function runs in a worker. What it says of itself is a key of its words: {"receiving": _("%(count)s parts …")}.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusterpolisee.shell.languages import format_number

Words = Mapping[str, "str | Promise"]


class UnknownKind(LookupError):
    """No app has plugged this kind in."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"No kind of job is called “{name}”: plug it in with clusterpolisee.shell.jobs.kinds.kind."
        )


@dataclass(frozen=True)
class Result:
    """How a job ended well: a message by key with its words, and where the result is (address without language)."""

    message: str = ""
    words: Mapping[str, Any] = field(default_factory=dict)
    url: str = ""


class Spoken(Exception):
    """An error that reads as a sentence in any language: `key` names it among the words, `words` fill it in."""

    key: str = ""
    words: Mapping[str, Any] = {}


@dataclass(frozen=True)
class Kind:
    name: str
    title: str | Promise
    permission: str
    function: Callable[..., Result]


KINDS: dict[str, Kind] = {}
_WORDS: dict[str, str | Promise] = {
    "lost": gettext_lazy(
        "The work was interrupted: its program ended in the middle. Go on, and it takes up where it was."
    ),
    "stopped": gettext_lazy("What was finished is kept. Go on, and it takes up where it was."),
    "unforeseen": gettext_lazy(
        "Something went wrong that nobody foresaw (%(name)s). The operator finds more in the log of the server."
    ),
    "said": "%(text)s",
    "not-allowed": gettext_lazy("Who started this has no right to it any more."),
    "unknown-kind": gettext_lazy("This version of the platform does not know such work any more (%(name)s)."),
}


def kind(
    name: str, *, title: str | Promise, permission: str, words: Words | None = None
) -> Callable[[Callable[..., Result]], Callable[..., Result]]:
    """Plug a kind of job in."""

    def plug(function: Callable[..., Result]) -> Callable[..., Result]:
        KINDS[name] = Kind(name, title, permission, function)
        speak(words or {})
        return function

    return plug


def speak(words: Words) -> None:
    """Make words known; keys are shared by all kinds, so begin them with the app's name."""
    _WORDS.update(words)


def known(name: str) -> Kind:
    if name not in KINDS:
        raise UnknownKind(name)
    return KINDS[name]


def title_of(name: str) -> str:
    return str(KINDS[name].title) if name in KINDS else name


def sentence(key: str, words: Mapping[str, Any]) -> str:
    """What a key says in the reader's language; numbers among the words are written as the language writes them."""
    if not key:
        return ""
    if key not in _WORDS:
        return _("(There are no words for “%(key)s”.)") % {"key": key}
    written = {name: _written(value) for name, value in words.items()}
    return str(_WORDS[key]) % written


def _written(value: Any) -> Any:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return format_number(value) if is_number else value
