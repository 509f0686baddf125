"""The ways to put options in order: each with its name in the address, its weights from the library, and why one would take it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from regional_analytics import measures

LISTED = 10


@dataclass(frozen=True)
class Choice:
    """scheme: weights by name and version; None for the path, which is walked step by step (its own scheme is `path`)."""

    key: str
    name: Any
    meaning: Any
    scheme: measures.OptionScheme | None
    path: measures.PathScheme | None = None

    @property
    def version(self) -> str:
        return (self.scheme or self.path or measures.PARSIMONIOUS).version

    @property
    def weights(self) -> dict[str, float]:
        """What counts, and how much of 1; empty for the path."""
        return self.scheme.weights if self.scheme else {}


CHOICES = (
    Choice(
        "low-hanging",
        _("Within reach"),
        _("First what is nearest to what the region has: results sooner, and less that is new."),
        replace(measures.LOW_HANGING_FRUIT, most_options=LISTED),
    ),
    Choice(
        "balanced",
        _("Balanced"),
        _(
            "Neither only what is easy nor only what is bold: nearness, complexity and what it opens weigh much alike."
        ),
        replace(measures.BALANCED, most_options=LISTED),
    ),
    Choice(
        "long-jumps",
        _("Long jumps"),
        _(
            "First what is more complex than the region today and opens much, though it lies farther off: bolder, and more can fail."
        ),
        replace(measures.LONG_JUMPS, most_options=LISTED),
    ),
    Choice(
        "few-steps",
        _("Few steps"),
        _(
            "One after the other, what raises the complexity of the region most for its distance, until the region stands among the next quarter: few steps, and wide ones."
        ),
        None,
        replace(measures.PARSIMONIOUS, most_steps=LISTED),
    ),
)


def choice_of(asked: str) -> Choice:
    """The choice with this name; what is none is taken for the first."""
    return next((one for one in CHOICES if one.key == asked), CHOICES[0])


def criterion_name(key: str) -> Any:
    return {
        "relatedness": _("nearness"),
        "complexity": _("complexity"),
        "gain": _("what it opens"),
        "growth": _("growth elsewhere"),
        "size": _("size"),
    }[key]
