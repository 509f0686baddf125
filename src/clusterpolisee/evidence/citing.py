"""Freezing figures: the one verb of citations."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from clusterpolisee.evidence.explanations import EXPLANATIONS
from clusterpolisee.evidence.figure_cards import parts_record, statements
from clusterpolisee.evidence.figures import FigureRef, resolve
from clusterpolisee.evidence.models import Citation
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
    mine = Citation.objects.filter(cited_by=actor, version=figure.version, reference=ref.as_record())
    if existing := mine.filter(measure_version=EXPLANATIONS[ref.measure].version).first():
        return existing
    citation = Citation.objects.create(
        reference=ref.as_record(),
        measure=ref.measure,
        measure_version=EXPLANATIONS[ref.measure].version,
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
        statements=statements(figure, [code for code, _name in settings.LANGUAGES]),
        version=figure.version,
        cited_by=actor,
        cited_at=cited_at or timezone.now(),
    )
    record(actor, "cited", citation, figure=ref.as_record())
    return citation
