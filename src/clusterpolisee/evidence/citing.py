"""Freezing figures: the one verb of citations."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from clusterpolisee.evidence.figure_cards import in_every_language, parts_record
from clusterpolisee.evidence.figures import Figure, FigureRef, resolve
from clusterpolisee.evidence.models import Citation, CitedSource, DerivedVersion
from clusterpolisee.shell.accounts.models import User
from clusterpolisee.shell.accounts.permissions import require
from clusterpolisee.shell.history.recorder import record


@transaction.atomic
def cite_figure(*, actor: User, ref: FigureRef, cited_at: datetime | None = None) -> Citation:
    """Freeze one figure with its version and formula, so that later data cannot change what was argued.

    Citing the same unchanged figure again gives back the citation the person already has.
    """
    require(actor, "evidence.cite")
    figure = resolve(ref)
    if existing := _already_cited(actor, figure):
        return existing
    frozen = in_every_language(ref, [code for code, _name in settings.LANGUAGES])
    # What a figure is of can be edited later: a derived indicator, a category. The citation keeps all of it.
    keeps_all = figure.category is not None or isinstance(figure.indicator, DerivedVersion)
    details = dict(figure.details) if keeps_all else {}
    citation = Citation.objects.create(
        reference=ref.as_record(),
        measure=ref.measure,
        measure_version=figure.formula_version,
        region=ref.region,
        nuts=ref.nuts,
        activity=ref.activity,
        year=ref.year,
        value=figure.value,
        state=figure.state,
        flag=figure.flag,
        unit=figure.unit,
        decimals=figure.decimals,
        parts=parts_record(figure),
        coverage=figure.coverage,
        statements=frozen.statements,
        definition=figure.indicator if isinstance(figure.indicator, DerivedVersion) else None,
        details={**details, "by_language": frozen.words},
        version=figure.version,
        cited_by=actor,
        cited_at=cited_at or timezone.now(),
    )
    for order, version in enumerate(figure.further_versions):
        CitedSource.objects.create(citation=citation, version=version, order=order)
    record(actor, "cited", citation, figure=ref.as_record())
    return citation


def _already_cited(actor: User, figure: Figure) -> Citation | None:
    """The person's own citation of this figure as it is today: formula, versions of every table, revision of a category."""
    mine = Citation.objects.filter(
        cited_by=actor,
        version=figure.version,
        reference=figure.ref.as_record(),
        measure_version=figure.formula_version,
    ).prefetch_related("further_sources__version")
    return next(
        (one for one in mine if one.versions == list(figure.versions) and one.category == figure.category),
        None,
    )
