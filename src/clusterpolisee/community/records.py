"""What is stated of a cluster, as values (`ClusterFacts`) and as flat words (column → text)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from clusterpolisee.community.models import Cluster
from clusterpolisee.regions.models import Region

# Groups of facts that share a source and a date. The first speaks for every other that says nothing itself.
STATEMENTS = ("organisation", "manager", "members", "stage", "activities")
BY_LANGUAGE = {"name": "names", "services": "services", "description": "descriptions"}
ALWAYS = ("bg", "en")
PLAIN = (
    "external_id",
    "address",
    "founded",
    "website",
    "email",
    "phone",
    "manager_name",
    "manager_contact",
    "manager_consent",
    "members_total",
    "members_companies",
    "members_smes",
    "members_research",
    "members_public",
    "members_on",
    "stage",
    "label",
    "label_until",
)
# What people may withdraw is not kept in a history that cannot forget.
PERSONAL = ("manager_name", "manager_contact")


@dataclass(frozen=True)
class ClusterFacts:
    """What a person states of a cluster; checked, codes exist."""

    names: Mapping[str, str]
    region: Region
    plain: Mapping[str, Any]
    activities: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    services: Mapping[str, str] = field(default_factory=dict)
    descriptions: Mapping[str, str] = field(default_factory=dict)
    statements: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def facts_of(cluster: Cluster) -> ClusterFacts:
    """What is stored of a cluster; its activities and categories should be at hand."""
    return ClusterFacts(
        names=cluster.names,
        region=cluster.region,
        plain={name: getattr(cluster, name) for name in PLAIN},
        activities=tuple(sorted(one.code for one in cluster.activities.all())),
        categories=tuple(sorted(one.code for one in cluster.categories.all())),
        services=cluster.services,
        descriptions=cluster.descriptions,
        statements=cluster.statements,
    )


def words_of(facts: ClusterFacts) -> dict[str, str]:
    """Column → text, in the order a file has them; languages that somebody wrote in are all there."""
    plain = {name: _text(facts.plain.get(name)) for name in PLAIN}
    words = {"external_id": plain.pop("external_id")}
    words |= _by_language("name", facts.names)
    words["region"] = facts.region.code
    words |= plain
    words["activities"] = ", ".join(sorted(facts.activities))
    words["categories"] = ", ".join(sorted(facts.categories))
    words |= _by_language("services", facts.services)
    words |= _by_language("description", facts.descriptions)
    for group in STATEMENTS:
        said = facts.statements.get(group, {})
        words[f"{group}_source"] = said.get("source", "")
        words[f"{group}_date"] = said.get("date", "")
    return words


def snapshot_of(cluster: Cluster, facts: ClusterFacts) -> dict[str, str]:
    """What the history keeps: everything but what belongs to a person."""
    words = {column: text for column, text in words_of(facts).items() if column not in PERSONAL}
    return {"state": cluster.state, **words}


def languages_of(facts: ClusterFacts) -> tuple[str, ...]:
    """Bulgarian, English, and every other language in which something is said."""
    used = set(facts.names) | set(facts.services) | set(facts.descriptions)
    return (*ALWAYS, *sorted(used - set(ALWAYS)))


def _by_language(column: str, said: Mapping[str, str]) -> dict[str, str]:
    languages = [*ALWAYS, *sorted(set(said) - set(ALWAYS))]
    return {f"{column}_{language}": said.get(language, "") for language in languages}


def _text(value: Any) -> str:
    if value is None or value is False:
        return ""
    if value is True:
        return "yes"
    return value.isoformat() if isinstance(value, date) else str(value)
