"""Each step of bringing a file: by its owner only, with the role of an analyst, and as long as it is unfinished."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied

from clusterpolisee.evidence.importing import actions
from clusterpolisee.evidence.importing.mapping import Mapping
from clusterpolisee.evidence.importing.refusals import StepNotPossible
from clusterpolisee.evidence.models import Upload
from clusterpolisee.shell.accounts.roles import Role
from clusterpolisee.shell.history.queries import events_of
from factories.evidence import JOBS, NOW, analyst, person, table
from factories.workbooks import kept

pytestmark = pytest.mark.django_db
ROLES = ("region", "activity", "year", "value", "flag")
STEPS: dict[str, Callable[..., object]] = {
    "choose_table": lambda **who: actions.choose_table(table=who["upload"].dataset, now=NOW, **who),
    "choose_sheet": lambda **who: actions.choose_sheet(place=0, now=NOW, **who),
    "choose_header": lambda **who: actions.choose_header(first=1, last=1, now=NOW, **who),
    "map_columns": lambda **who: actions.map_columns(mapping=Mapping(1, 1, ROLES), now=NOW, **who),
    "decide_codes": lambda **who: actions.decide_codes(decisions={"region": {"x": ""}}, now=NOW, **who),
    "choose_vintage": lambda **who: actions.choose_vintage(do="keep", kind="stock", weight="area", now=NOW, **who),
    "describe_source": lambda **who: actions.describe_source(
        url="", note="", licence="CC0", why="", retrieved_on=date(2026, 11, 20), now=NOW, **who
    ),
    "check_upload": lambda **who: actions.check_upload(now=NOW, **who),
    "bring_upload": lambda **who: actions.bring_upload(now=NOW, **who),
    "discard_upload": lambda **who: actions.discard_upload(now=NOW, **who),
}  # fmt: skip


@pytest.fixture
def upload(tmp_path: Path) -> Upload:
    """A file that could be brought at once."""
    begun = actions.keep_upload(
        actor=analyst(), file=kept(tmp_path, JOBS.encode(), "jobs.csv"), name="jobs.csv", now=NOW
    )
    actions.choose_table(actor=analyst(), upload=begun, table=table(), now=NOW)
    actions.map_columns(actor=analyst(), upload=begun, mapping=Mapping(1, 1, ROLES), now=NOW)
    return actions.check_upload(actor=analyst(), upload=begun, now=NOW)


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("role", [Role.MEMBER, Role.ANALYST, Role.ADMINISTRATOR])
def test_nobody_but_the_owner_takes_a_step(upload: Upload, step: str, role: Role) -> None:
    with pytest.raises(PermissionDenied):
        STEPS[step](actor=person(role), upload=upload)


@pytest.mark.parametrize("step", STEPS)
def test_an_owner_who_lost_the_role_takes_no_step(upload: Upload, step: str) -> None:
    owner = analyst()
    owner.role_assignments.all().delete()
    with pytest.raises(PermissionDenied):
        STEPS[step](actor=analyst(), upload=upload)


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("state", [Upload.State.BROUGHT, Upload.State.DISCARDED])
def test_what_was_brought_or_thrown_away_changes_no_more(upload: Upload, step: str, state: str) -> None:
    upload.state = state
    upload.save()
    with pytest.raises(StepNotPossible, match="brought or thrown away already"):
        STEPS[step](actor=analyst(), upload=upload)


def test_history_remembers_the_beginning_and_the_end(upload: Upload) -> None:
    actions.bring_upload(actor=analyst(), upload=upload, now=NOW)
    assert [event.verb for event in events_of(upload)] == ["brought", "began-import"]
    assert upload.version.imported_by == analyst()


def test_a_table_is_put_into_the_catalogue_by_analysts_only() -> None:
    new = actions.NewTable("nights", "Nights", "NSI", "CC0", "stock", 2024)
    with pytest.raises(PermissionDenied):
        actions.create_table(actor=person(Role.MEMBER), new=new, now=NOW)
    assert actions.create_table(actor=analyst(), new=new, now=NOW).code == "nights"
