"""The origin of figures, as exports and pages tell it."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings

from clusterpolisee.evidence.models import DatasetVersion
from clusterpolisee.shell.exports.tables import Origin


def origin_of(version: DatasetVersion, *, formula: str = "", address: str = "") -> Origin:
    """One dataset version as the source of figures; the address is made absolute so that it survives on paper."""
    dataset = version.dataset
    return Origin(
        source=dataset.attribution or dataset.publisher,
        table=dataset.code,
        table_url=dataset.address,
        dataset_version=version.number,
        nuts_vintage=version.nuts_declared,
        retrieved_on=version.retrieved_on,
        licence=version.licence or dataset.licence,
        licence_url=dataset.licence_url,
        formula=formula,
        address=f"{settings.SITE_ADDRESS}{address}" if address.startswith("/") else address,
    )


def versions_of(origins: Iterable[Origin]) -> list[DatasetVersion]:
    """The versions that origins name, each once, in their order."""
    named = dict.fromkeys((origin.table, origin.dataset_version) for origin in origins)
    found = DatasetVersion.objects.filter(dataset__code__in=[table for table, _number in named])
    by_name = {(one.dataset.code, one.number): one for one in found.select_related("dataset")}
    return [by_name[name] for name in named]


def origins_of(versions: Iterable[DatasetVersion], *, address: str = "") -> list[Origin]:
    return [origin_of(version, address=address) for version in versions]
