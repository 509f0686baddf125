"""How a derived indicator is made, as its page shows it: formula, parts, weights, versions, who published it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext as _

from clusterpolisee.evidence.derived import (
    absence_in_words,
    derived_indicator,
    name_of_part,
    names_of_parts,
    words_of,
)
from clusterpolisee.evidence.derived_plans import Defined, NotComputable, plan_over
from clusterpolisee.evidence.models import Dataset, DerivedIndicator, DerivedPart, DerivedVersion, Indicator
from clusterpolisee.shell.history.queries import events_of
from regional_analytics import formulas

State = DerivedVersion.State


@dataclass(frozen=True)
class PartLine:
    """One indicator a formula reads: its name, its page, and the table or the formula behind it."""

    name: str
    key: str
    address: str
    table: Dataset | None


@dataclass(frozen=True)
class Weight:
    """How much a part of a composite counts. percent: of all weights."""

    name: str
    weight: float
    percent: float


class DefinitionPage:
    """One definition, published or withdrawn, in the active language."""

    def __init__(self, found: Defined, *, withdrawn_at: datetime | None = None) -> None:
        self.found = found
        self.version = found.version
        self.withdrawn_at = withdrawn_at

    @classmethod
    def of(cls, found: Indicator | Defined) -> DefinitionPage | None:
        return cls(found) if isinstance(found, Defined) else None

    @property
    def derived(self) -> DerivedIndicator:
        return self.version.derived

    @cached_property
    def words(self) -> str:
        """Without tables and years: those stand beside the parts."""
        return words_of(self.found, with_tables=False)

    @property
    def parts(self) -> list[PartLine]:
        return [_line(part) for part in self.found.parts]

    @property
    def parts_count(self) -> int:
        """Of a composite its parts, else the indicators it reads."""
        return len(self._checked.parts)

    @property
    def is_composite(self) -> bool:
        return self._checked.composite is not None

    @cached_property
    def _checked(self) -> formulas.Checked:
        formula = formulas.parse(self.version.formula)
        return formulas.check(formula, {name.code: None for name in formula.names})

    @property
    def weights(self) -> list[Weight]:
        """Those that were chosen, else equal ones; none without a composite."""
        if not self.is_composite:
            return []
        names = names_of_parts(self.found)
        chosen = self.version.weights or dict.fromkeys(self._checked.parts, 1)
        whole = sum(chosen.values())
        return [
            Weight(names.get(name, name), weight, 100 * weight / whole) for name, weight in chosen.items()
        ]

    @property
    def weights_name(self) -> str:
        own = self.version.weights_name  # the names that the platform brings stand in the catalogue
        return " ".join(filter(None, [_(own) if own else "", self.version.weights_version]))

    @property
    def remark(self) -> str:
        """What its values cannot be compared for."""
        try:
            plan, _versions = plan_over(self.version, self.found.parts)
        except NotComputable:
            return ""
        if not plan.comparable.years:
            return _(
                "Its values are positions among the regions of one year: each year is scaled by itself, so no change over the years and no catching up is stated. The parts can be followed over time."
            )
        return ""

    @property
    def versions(self) -> list[DerivedVersion]:
        """Everything that readers could ever see, the newest first."""
        hidden = (State.DRAFT, State.DISCARDED)
        return list(self.derived.versions.exclude(state__in=hidden).select_related("published_by"))

    @property
    def sentence(self) -> str:
        return absence_in_words(self.derived.code)


def withdrawn_page(code: str) -> DefinitionPage | None:
    """The last definition of an indicator that was withdrawn; None where there never was one, or there is one."""
    derived = derived_indicator(code)
    last = derived.last_withdrawn if derived else None
    if derived is None or last is None:
        return None
    parts = last.parts.select_related("indicator__dataset__current", "derived__current__derived")
    event = events_of(derived).filter(verb="withdrew").first()
    return DefinitionPage(Defined(last, tuple(parts)), withdrawn_at=event.at if event else None)


def _line(part: DerivedPart) -> PartLine:
    table = part.indicator.dataset if part.indicator else None
    if table is not None and table.current is not None:
        table.current.dataset = table
    return PartLine(name_of_part(part), part.key, reverse("evidence:indicator", args=[part.code]), table)
