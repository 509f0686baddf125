"""Writing derived indicators: look at a formula, keep a draft, publish it. Published definitions never change.

Written (what a person typed) ──look_at──▶ Looked (parts, unit, or sentences on what is wrong)
                               ──save_draft──▶ DerivedVersion “draft” ──publish──▶ “published”, the former “replaced”
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from clusterpolisee.evidence import derived_words
from clusterpolisee.evidence.derived_plans import part_of
from clusterpolisee.evidence.models import DerivedIndicator, DerivedPart, DerivedVersion, Indicator
from clusterpolisee.evidence.obstacles import Obstacle
from clusterpolisee.shell.accounts.models import User
from clusterpolisee.shell.accounts.permissions import require
from clusterpolisee.shell.history.recorder import record
from clusterpolisee.shell.languages import pick
from regional_analytics import formulas
from regional_analytics.formulas import FormulaError

_CODE = re.compile(r"[a-z][a-z0-9_]{1,59}")
State = DerivedVersion.State
# Words of formulas and of addresses.
_TAKEN = {*formulas.FUNCTIONS, *formulas.NORMALISATIONS, "highest", "lowest", "new", "check", "derived"}


@dataclass(frozen=True)
class Written:
    """A definition as a person gives it."""

    formula: str
    labels: Mapping[str, str]
    short_labels: Mapping[str, str] = field(default_factory=dict)
    explanation: Mapping[str, str] = field(default_factory=dict)
    unit_labels: Mapping[str, str] = field(default_factory=dict)
    decimals: int = 1
    direction: int = 0
    weights: Mapping[str, float] = field(default_factory=dict)
    weights_name: str = ""
    weights_version: str = ""
    minimum_parts: int | None = None


@dataclass(frozen=True)
class Looked:
    """What the platform makes of a definition. `mistakes` are sentences; without any it can be published."""

    parts: tuple[DerivedPart, ...] = ()
    part_names: tuple[str, ...] = ()
    unit: str = ""
    is_composite: bool = False
    mistakes: tuple[str, ...] = ()
    place: tuple[int, int] | None = None


class CannotBeDefined(Obstacle):
    """The definition cannot be kept or published as it is; the sentence says why."""


def look_at(written: Written, *, code: str = "") -> Looked:
    """Check a definition without keeping it; `code` is its own, so that it cannot name itself."""
    try:
        formula = formulas.parse(written.formula)
        units = _units(code)
        weights = {name: float(weight) for name, weight in written.weights.items()}
        checked = formulas.check(formula, units, weights=weights, minimum=None)
        if checked.composite is not None:
            formulas.check(formula, units, weights=weights, minimum=written.minimum_parts)
        parts = tuple(_parts(formula))
        _refuse_circles(code, formula)
    except FormulaError as error:
        at_home = error.details.get("code", code) == code
        sentence = derived_words.error_in_words(error)
        return Looked(mistakes=(sentence,), place=error.position if at_home else None)
    mistakes = []
    if written.minimum_parts is not None and checked.composite is None:
        mistakes.append(_("Only a composite can do with a part of its parts: leave the least number empty."))
    if weights and not (written.weights_name and written.weights_version):
        mistakes.append(
            _("Weights are a choice: give them a name and a version, so that they can be spoken of.")
        )
    return Looked(
        parts=parts,
        part_names=checked.parts,
        unit=derived_words.unit_in_words(checked.unit),
        is_composite=checked.composite is not None,
        mistakes=tuple(mistakes),
    )


@transaction.atomic
def start_derived(*, actor: User, code: str, written: Written, now: datetime) -> DerivedVersion:
    """A new derived indicator with its first draft."""
    require(actor, "evidence.define")
    if not _CODE.fullmatch(code):
        raise CannotBeDefined(
            _(
                "A code has small Latin letters, digits and _, begins with a letter and has at most 60 characters."
            )
        )
    if DerivedIndicator.objects.filter(code=code).exists() or Indicator.objects.filter(code=code).exists():
        raise CannotBeDefined(_("There is an indicator “%(code)s” already.") % {"code": code})
    if code in _TAKEN:
        raise CannotBeDefined(
            _("“%(code)s” means something else here: choose another code.") % {"code": code}
        )
    derived = DerivedIndicator.objects.create(code=code, owner=actor, created_at=now)
    record(actor, "started", derived, at=now, code=code)
    return save_draft(actor=actor, derived=derived, written=written, now=now)


@transaction.atomic
def save_draft(*, actor: User, derived: DerivedIndicator, written: Written, now: datetime) -> DerivedVersion:
    """Keep what was written, right or not; a published definition stays as it is beside it."""
    require(actor, "evidence.define", derived)
    derived = DerivedIndicator.objects.select_for_update(of=("self",)).get(pk=derived.pk)
    draft = derived.versions.filter(state=State.DRAFT).first()
    if draft is None:
        last = derived.versions.aggregate(last=Max("number"))["last"] or 0
        draft = DerivedVersion(derived=derived, number=last + 1)
    for name, value in asdict(written).items():
        setattr(draft, name, value)
    draft.written_by, draft.written_at = actor, now
    draft.save()
    _keep_parts(draft, look_at(written, code=derived.code).parts)
    record(actor, "drafted", derived, at=now, number=draft.number, formula=written.formula)
    return draft


@transaction.atomic
def publish_derived(*, actor: User, derived: DerivedIndicator, now: datetime) -> DerivedVersion:
    """Bring the draft into use. The version before it is kept: citations were made with it."""
    require(actor, "evidence.define", derived)
    derived = DerivedIndicator.objects.select_for_update(of=("self",)).get(pk=derived.pk)
    draft = derived.versions.filter(state=State.DRAFT).first()
    if draft is None:
        raise CannotBeDefined(_("“%(code)s” has no draft to publish.") % {"code": derived.code})
    looked = look_at(written_of(draft), code=derived.code)
    if looked.mistakes:
        raise CannotBeDefined(" ".join(looked.mistakes))
    if not any(draft.labels.values()):
        raise CannotBeDefined(_("Give the indicator a name before you publish it."))
    _hold(looked.parts)
    _keep_parts(draft, looked.parts)
    if derived.current is not None:
        derived.current.state = State.REPLACED
        derived.current.save(update_fields=["state"])
    draft.state, draft.published_by, draft.published_at = State.PUBLISHED, actor, now
    draft.save(update_fields=["state", "published_by", "published_at"])
    derived.current = draft
    derived.save(update_fields=["current"])
    record(actor, "published", derived, at=now, number=draft.number, formula=draft.formula)
    return draft


@transaction.atomic
def discard_draft(*, actor: User, derived: DerivedIndicator, now: datetime) -> None:
    """Put the draft aside; it stays in the history of the indicator."""
    require(actor, "evidence.define", derived)
    draft = derived.versions.filter(state=State.DRAFT).first()
    if draft is None:
        raise CannotBeDefined(_("“%(code)s” has no draft.") % {"code": derived.code})
    draft.state = State.DISCARDED
    draft.save(update_fields=["state"])
    record(actor, "discarded", derived, at=now, number=draft.number)


@transaction.atomic
def withdraw_derived(*, actor: User, derived: DerivedIndicator, now: datetime) -> DerivedVersion:
    """Take a derived indicator out of use. Its versions and what was cited from it stay; it can be published anew."""
    require(actor, "evidence.define", derived)
    derived = DerivedIndicator.objects.select_for_update(of=("self",)).get(pk=derived.pk)
    version = derived.current
    if version is None:
        raise CannotBeDefined(_("“%(code)s” is not published.") % {"code": derived.code})
    users = DerivedPart.objects.filter(derived=derived, version__state=State.PUBLISHED)
    codes = sorted(set(users.values_list("version__derived__code", flat=True)))
    if codes:
        raise CannotBeDefined(
            _("“%(code)s” is a part of %(others)s: withdraw or rewrite that first.")
            % {"code": derived.code, "others": ", ".join(f"“{code}”" for code in codes)}
        )
    version.state = State.WITHDRAWN
    version.save(update_fields=["state"])
    derived.current = None
    derived.save(update_fields=["current"])
    record(actor, "withdrew", derived, at=now, number=version.number)
    return version


@transaction.atomic
def show_on_region_pages(
    *, actor: User, derived: DerivedIndicator, shown: bool, now: datetime
) -> DerivedIndicator:
    """Put a derived indicator among the key indicators of regions and comparisons, or take it off."""
    require(actor, "evidence.define", derived)
    derived = DerivedIndicator.objects.select_for_update(of=("self",)).get(pk=derived.pk)
    if derived.is_key != shown:
        derived.is_key = shown
        derived.save(update_fields=["is_key"])
        record(actor, "put-on-region-pages" if shown else "took-off-region-pages", derived, at=now)
    return derived


def written_of(version: DerivedVersion) -> Written:
    """A stored definition as it was written."""
    return Written(**{name: getattr(version, name) for name in Written.__dataclass_fields__})


def known_names(code: str = "") -> dict[str, Indicator | DerivedIndicator]:
    """Every name a formula may use, but its own."""
    found: dict[str, Indicator | DerivedIndicator] = {
        one.code: one for one in Indicator.objects.select_related("dataset")
    }
    derived = DerivedIndicator.objects.select_related("current").filter(current__isnull=False)
    return found | {one.code: one for one in derived if one.code != code}


def _units(code: str) -> dict[str, str | None]:
    """Units in the reader's language: the same unit is spelt the same there."""
    found: dict[str, str | None] = {}
    for name, one in known_names(code).items():
        if isinstance(one, Indicator):
            labels = one.unit_labels or one.dataset.unit_labels
        else:
            labels = one.current.unit_labels if one.current else {}
        found[name] = pick(labels) or None
    return found | ({code: None} if code else {})


def _parts(formula: formulas.Formula) -> list[DerivedPart]:
    parts = []
    for order, name in enumerate(formula.names):
        found = part_of(name.code)
        is_derived = isinstance(found, DerivedIndicator)
        if found is None:  # itself: the circle is refused next
            continue
        parts.append(
            DerivedPart(
                order=order,
                key=name.key,
                indicator=None if is_derived else found,
                derived=found if is_derived else None,
                activity=name.activity,
            )
        )
    return parts


def _refuse_circles(code: str, formula: formulas.Formula) -> None:
    """Raises FormulaError where the formula leads back to itself through what is published."""
    published = DerivedVersion.objects.filter(state=State.PUBLISHED).select_related("derived")
    others = {one.derived.code: formulas.parse(one.formula) for one in published}
    formulas.evaluation_order({**others, code or "…": formula})


def _hold(parts: tuple[DerivedPart, ...]) -> None:
    """Nobody withdraws a part while what needs it is published."""
    inner = [part.derived_id for part in parts if part.derived_id is not None]
    held = DerivedIndicator.objects.select_for_update(of=("self",)).filter(pk__in=inner)
    gone = [one.code for one in held if one.current_id is None]
    if gone:
        raise CannotBeDefined(_("There is no indicator “%(code)s”.") % {"code": gone[0]})


def _keep_parts(draft: DerivedVersion, parts: tuple[DerivedPart, ...]) -> None:
    draft.parts.all().delete()
    for part in parts:
        part.version, part.pk = draft, None
        part.save(force_insert=True)
