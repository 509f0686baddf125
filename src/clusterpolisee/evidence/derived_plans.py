"""How derived indicators are computed today: from a stored definition to a plan over the dataset versions in use.

    DerivedVersion ──plan_of──▶ Plan (formula, and for each name the folder it is read from)

A plan holds everything the figures depend on and nothing else, so that it is the key they are kept by: a new dataset
version or a new definition is another plan.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext as _

from clusterpolisee.evidence import queries
from clusterpolisee.evidence.models import (
    Dataset,
    DatasetVersion,
    DerivedIndicator,
    DerivedPart,
    DerivedVersion,
    Indicator,
)
from clusterpolisee.evidence.structure.series import Folder
from regional_analytics import formulas
from regional_analytics.formulas import Comparable

State = DerivedVersion.State


class NotComputable(LookupError):
    """A part of the definition has no figures here; `table` names the table that is missing, if it is one."""

    def __init__(self, *, table: str = "", indicator: str = "") -> None:
        self.table = table
        told = (
            _("The table %(code)s has not been loaded yet. An analyst can import it.") % {"code": table}
            if table
            else _("Its part “%(code)s” was withdrawn. An analyst can write it anew.") % {"code": indicator}
        )
        super().__init__(told)


@dataclass(frozen=True)
class Reading:
    """One series of one dataset version."""

    folder: Folder
    series: str
    activity: str
    multiplier: float
    comparable: Comparable


@dataclass(frozen=True)
class Plan:
    """A formula with everything it reads."""

    formula: str
    weights: tuple[tuple[str, float], ...]
    minimum: int | None
    parts: tuple[tuple[str, Reading | Plan], ...]

    @property
    def comparable(self) -> Comparable:
        return _comparable(self)


@lru_cache(maxsize=256)
def _comparable(plan: Plan) -> Comparable:
    parts = {key: source.comparable for key, source in plan.parts}
    return formulas.comparable(formulas.parse(plan.formula), parts)


def comparable_of(indicator: Indicator) -> Comparable:
    """What figures of an indicator that is read from a table can be compared for."""
    return formulas.A_RATE if indicator.compares_levels else formulas.A_COUNT


@dataclass(frozen=True)
class Defined:
    """A definition with its parts at hand."""

    version: DerivedVersion
    parts: tuple[DerivedPart, ...]

    def reads(self, table: Dataset) -> bool:
        """Whether a part of it stands in this table."""
        return any(
            part.indicator is not None and part.indicator.dataset_id == table.pk for part in self.parts
        )


_OF_PARTS = ("version__derived", "version__published_by", "indicator__dataset__current", "derived")


def published() -> dict[str, Defined]:
    """Every published definition with its parts, by its code (one query)."""
    return _gathered(DerivedPart.objects.filter(version__state=State.PUBLISHED).select_related(*_OF_PARTS))


def defined(code: str) -> Defined | None:
    """The published definition with this code, and its parts."""
    found = DerivedPart.objects.filter(version__state=State.PUBLISHED, version__derived__code=code)
    gathered = _gathered(found.select_related(*_OF_PARTS, "derived__current__derived"))
    return gathered.get(code)


def _gathered(parts: Iterable[DerivedPart]) -> dict[str, Defined]:
    found: dict[str, tuple[DerivedVersion, list[DerivedPart]]] = {}
    for part in parts:
        version, own = found.setdefault(part.version.derived.code, (part.version, []))
        part.version = version
        own.append(part)
    for _version, own in found.values():
        own.sort(key=lambda part: part.order)
        for part in own:
            if part.derived is not None and part.derived.code in found:
                part.derived.current = found[part.derived.code][0]
    return {code: Defined(version, tuple(own)) for code, (version, own) in sorted(found.items())}


def part_of(code: str) -> Indicator | DerivedIndicator | None:
    """What a name in a formula stands for: an indicator of a table, or a derived one that is published."""
    found = queries.indicator(code)
    if found is not None:
        return found
    return DerivedIndicator.objects.select_related("current").filter(code=code, current__isnull=False).first()


def plan_of(definition: DerivedVersion) -> tuple[Plan, tuple[DatasetVersion, ...]]:
    """How a stored definition is computed today, and the dataset versions that takes, each once.

    Raises NotComputable where a table behind it has not been loaded.
    """
    parts = definition.parts.select_related("indicator__dataset__current", "derived__current")
    return plan_over(definition, tuple(parts))


def plan_over(
    definition: DerivedVersion, parts: Iterable[DerivedPart], known: dict[str, Defined] | None = None
) -> tuple[Plan, tuple[DatasetVersion, ...]]:
    """The same with its parts at hand, of a draft too; known: definitions that need not be asked for again."""
    versions: dict[int, DatasetVersion] = {}
    plan = Plan(
        formula=definition.formula,
        weights=tuple(sorted((name, float(weight)) for name, weight in definition.weights.items())),
        minimum=definition.minimum_parts,
        parts=tuple((part.key, _source(part, versions, known or {})) for part in parts),
    )
    return plan, tuple(versions.values())


def _source(
    part: DerivedPart, versions: dict[int, DatasetVersion], known: dict[str, Defined]
) -> Reading | Plan:
    if part.derived is not None:
        return _nested(part.derived, versions, known)
    assert part.indicator is not None
    table = part.indicator.dataset
    if table.current is None:
        raise NotComputable(table=table.code)
    table.current.dataset = table
    versions.setdefault(table.current.pk, table.current)
    return Reading(
        Folder(table.current),
        part.indicator.series,
        part.activity or part.indicator.activity,
        table.multiplier,
        comparable_of(part.indicator),
    )


def _nested(inner: DerivedIndicator, versions: dict[int, DatasetVersion], known: dict[str, Defined]) -> Plan:
    at_hand = known.get(inner.code)
    if at_hand is not None:
        plan, further = plan_over(at_hand.version, at_hand.parts, known)
    elif inner.current is not None:
        plan, further = plan_of(inner.current)
    else:
        raise NotComputable(indicator=inner.code)
    versions.update({version.pk: version for version in further})
    return plan
