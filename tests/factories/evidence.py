"""Small tables, files and people for tests of evidence."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from clusterpolisee.evidence.actions import Outcome, Source, import_file
from clusterpolisee.evidence.models import Dataset
from clusterpolisee.evidence.report import Finding
from clusterpolisee.shell.accounts.models import RoleAssignment, User
from clusterpolisee.shell.accounts.roles import Role

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
LATER = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)

# Three regions of Bulgaria in two years; the country is their sum.
JOBS = """region,activity,year,value,flag
BG,C10,2014,600,
BG,C10,2015,660,
BG31,C10,2014,100,
BG31,C10,2015,110,
BG32,C10,2014,200,
BG32,C10,2015,220,
BG33,C10,2014,300,
BG33,C10,2015,330,
"""


def person(*roles: Role, email: str = "vesela@vidin.example", name: str = "Vesela") -> User:
    """Somebody with an account and these roles; without a password, since hashing one takes time."""
    user = User.objects.create_user(email, name=name)
    for role in roles:
        RoleAssignment.objects.create(user=user, role=role)
    return user


def analyst() -> User:
    found = User.objects.filter(email="analyst@vidin.example").first()
    return found or person(Role.ANALYST, email="analyst@vidin.example", name="Ana")


def table(code: str = "jobs", **fields: Any) -> Dataset:
    """A table of counts by activity in NUTS 2013; any field can be given."""
    given = {
        "labels": {"en": "Jobs by activity", "bg": "Работни места по дейности"},
        "publisher": "Statistical office",
        "licence": "CC BY 4.0",
        "nuts_vintage": 2013,
        "activity_scheme": "nace_r2",
        "kind": Dataset.Kind.STOCK,
        "plausible_min": 0,
        "plausible_max": 1_000_000,
        "suspicious_factor": 5,
        "suspicious_from": 10,
        **fields,
    }
    return Dataset.objects.create(code=code, **given)


def bring(content: str | bytes, **options: Any) -> Outcome:
    """Import a file as an analyst would, into the table `jobs` unless another is named."""
    given = {"dataset": "jobs", "now": NOW, **options}
    name = given.pop("name", "jobs.csv")
    return import_file(
        actor=given.pop("actor", None) or analyst(),
        file=content.encode() if isinstance(content, str) else content,
        source=Source(name=name, retrieved_on=date(2026, 11, 20), url="https://statistics.example/jobs"),
        **given,
    )


def changed(text: str, old: str, new: str) -> str:
    """The file with one line replaced; the line must be there."""
    assert old in text, old
    return text.replace(old, new)


def finding(outcome: Outcome, kind: str) -> Finding:
    """The finding of one kind in the report of an import; there must be one."""
    assert outcome.report is not None
    return next(one for one in outcome.report.findings if one.kind == kind)
