"""Deciding on versions: accept, reject, go back, go forward; who may, and what is remembered."""

from __future__ import annotations

import pytest

from clusterpolisee.evidence import queries, sockets, store
from clusterpolisee.evidence.actions import accept_version, describe_table, reject_version, roll_back
from clusterpolisee.evidence.catalogue import CatalogueError
from clusterpolisee.evidence.models import Dataset, DatasetVersion, VersionIsImmutable
from clusterpolisee.evidence.obstacles import DeedNotPossible, NothingToGoBackTo
from clusterpolisee.evidence.stamps import evidence_stamp
from clusterpolisee.shell.accounts.permissions import NotAllowed
from clusterpolisee.shell.accounts.roles import Role
from clusterpolisee.shell.history.queries import events_of
from factories.evidence import JOBS, LATER, NOW, analyst, bring, changed, person, table

pytestmark = pytest.mark.django_db


def three_versions() -> Dataset:
    """Versions 1, 2 and 3, accepted one after the other; BG31 has 110, 111 and 112 jobs in 2015."""
    jobs = table()
    for number in (110, 111, 112):
        assert bring(changed(JOBS, "BG31,C10,2015,110,", f"BG31,C10,2015,{number},")).kind == "accepted"
    return jobs


def states(jobs: Dataset) -> dict[int, str]:
    return dict(jobs.versions.values_list("number", "state"))


def jobs_now() -> float:
    """What a page would show for BG31 in 2015."""
    version = queries.current_version("jobs")
    return store.observations(version, regions=["BG31"], years=[2015])["value"].item()


def back(jobs: Dataset) -> DatasetVersion:
    return roll_back(actor=analyst(), dataset=jobs, now=LATER)


def test_accepting_a_newer_version_keeps_the_older_one() -> None:
    jobs = three_versions()
    assert states(jobs) == {1: "replaced", 2: "replaced", 3: "accepted"}
    assert jobs_now() == 112
    first = queries.dataset_version("jobs", 1)
    assert store.observations(first, regions=["BG31"], years=[2015])["value"].item() == 110


def test_rolling_back_goes_to_the_version_before_and_again_further_back() -> None:
    jobs = three_versions()
    assert (back(jobs).number, jobs_now()) == (2, 111)
    assert (back(jobs).number, jobs_now()) == (1, 110)
    assert states(jobs) == {1: "accepted", 2: "rolled_back", 3: "rolled_back"}
    with pytest.raises(NothingToGoBackTo, match="jobs cannot be rolled back"):
        back(jobs)


def test_after_a_roll_back_accepting_goes_forward_again() -> None:
    jobs = three_versions()
    back(jobs)
    back(jobs)
    accept_version(actor=analyst(), version=queries.dataset_version("jobs", 3), now=LATER)
    assert (states(jobs), jobs_now()) == ({1: "replaced", 2: "rolled_back", 3: "accepted"}, 112)
    assert back(jobs).number == 1  # the one that was in use before, not the one with the number before


def test_a_held_version_waits_until_somebody_accepts_it() -> None:
    jobs = table()
    version = bring(JOBS, hold=True).version
    assert (version.state, queries.current_version("jobs")) == ("staged", None)
    assert queries.waiting_version(jobs) == version
    accept_version(actor=analyst(), version=version, now=LATER)
    assert (queries.current_version("jobs"), version.accepted_at) == (version, LATER)
    assert queries.waiting_version(jobs) is None


def test_a_rejected_version_is_kept_and_can_be_accepted_after_all() -> None:
    jobs = table()
    version = bring(JOBS, hold=True).version
    reject_version(actor=analyst(), version=version, now=LATER)
    assert states(jobs) == {1: "rejected"}
    assert store.observations(version).height == 8
    accept_version(actor=analyst(), version=version, now=LATER)
    assert states(jobs) == {1: "accepted"}


@pytest.mark.parametrize("deed", [accept_version, reject_version])
def test_what_is_in_use_can_be_neither_accepted_nor_rejected(deed) -> None:
    table()
    version = bring(JOBS).version
    with pytest.raises(DeedNotPossible, match="in use"):
        deed(actor=analyst(), version=version, now=LATER)


def test_a_version_that_was_replaced_comes_back_by_rolling_back_only() -> None:
    three_versions()
    with pytest.raises(DeedNotPossible, match="Version 1 of jobs"):
        accept_version(actor=analyst(), version=queries.dataset_version("jobs", 1), now=LATER)


def test_two_people_who_decide_at_once_cannot_both_decide() -> None:
    table()
    version = bring(JOBS, hold=True).version
    stale = queries.dataset_version("jobs", 1)
    accept_version(actor=analyst(), version=version, now=LATER)
    with pytest.raises(DeedNotPossible):
        reject_version(actor=analyst(), version=stale, now=LATER)


def test_what_a_version_says_can_never_be_changed() -> None:
    table()
    version = bring(JOBS).version
    version.rows = 7
    with pytest.raises(VersionIsImmutable, match="rows"):
        version.save(update_fields=["rows"])
    with pytest.raises(VersionIsImmutable):
        version.save()


def test_only_an_analyst_decides() -> None:
    jobs = table()
    version = bring(JOBS, hold=True).version
    member = person(Role.MEMBER)
    for refused in (
        lambda: accept_version(actor=member, version=version, now=NOW),
        lambda: reject_version(actor=member, version=version, now=NOW),
        lambda: roll_back(actor=member, dataset=jobs, now=NOW),
        lambda: describe_table(actor=member, text="", now=NOW),
    ):
        with pytest.raises(NotAllowed, match="analyst"):
            refused()
    assert states(jobs) == {1: "staged"}


def test_an_administrator_may_what_an_analyst_may() -> None:
    table()
    version = bring(JOBS, hold=True).version
    accept_version(actor=person(Role.ADMINISTRATOR), version=version, now=NOW)
    assert version.state == "accepted"


def test_every_deed_is_remembered_with_its_person_and_its_moment() -> None:
    jobs = three_versions()
    back(jobs)
    event = events_of(queries.dataset_version("jobs", 3)).first()
    assert (event.verb, event.actor, event.at) == ("rolled-back", analyst(), LATER)
    assert event.details == {"table": "jobs", "number": 3, "to": 2, "why": ""}


def test_the_stamp_of_the_data_changes_with_every_change_of_what_is_in_use(django_assert_num_queries) -> None:
    jobs = table()
    stamps = [evidence_stamp()]
    bring(JOBS)
    stamps.append(evidence_stamp())
    bring(changed(JOBS, ",110,", ",111,"))
    stamps.append(evidence_stamp())
    assert len(set(stamps)) == 3
    back(jobs)
    with django_assert_num_queries(1):
        assert evidence_stamp() == stamps[1]


def test_a_version_that_waits_changes_no_stamp() -> None:
    table()
    before = evidence_stamp()
    bring(JOBS, hold=True)
    assert evidence_stamp() == before


def test_upper_floors_hear_of_every_version_that_comes_into_use(
    monkeypatch, django_capture_on_commit_callbacks
) -> None:
    heard: list[tuple[str, int]] = []
    monkeypatch.setattr(
        sockets, "LISTENERS", [lambda version: heard.append((version.dataset.code, version.number))]
    )
    jobs = table()
    with django_capture_on_commit_callbacks(execute=True):
        bring(JOBS)
        bring(changed(JOBS, ",110,", ",111,"))
        bring(changed(JOBS, ",110,", ",112,"), hold=True)
        back(jobs)
    assert heard == [("jobs", 1), ("jobs", 2), ("jobs", 1)]


# Tables of one's own


OWN = """
[[dataset]]
code = "rs_jobs"
labels.en = "Registered employment in Serbia"
labels.sr = "Регистрована запосленост"
publisher = "Statistical Office of the Republic of Serbia"
licence = "CC BY 4.0"
nuts_vintage = 2024
kind = "stock"

[[dataset.indicator]]
code = "rs_registered"
labels.en = "Registered employees"
"""


def test_a_table_of_ones_own_is_described_and_then_brought() -> None:
    described = describe_table(actor=analyst(), text=OWN, now=NOW)
    assert [one.code for one in described] == ["rs_jobs"]
    assert (
        queries.indicator("rs_registered").dataset.publisher == "Statistical Office of the Republic of Serbia"
    )
    outcome = bring("region,year,value\nRS21,2023,512000\n", dataset="rs_jobs")
    assert (outcome.kind, outcome.version.dataset.code) == ("accepted", "rs_jobs")


def test_describing_again_changes_the_words_and_keeps_the_versions() -> None:
    describe_table(actor=analyst(), text=OWN, now=NOW)
    bring("region,year,value\nRS21,2023,512000\n", dataset="rs_jobs")
    describe_table(
        actor=analyst(), text=OWN.replace("Registered employment", "Employment by register"), now=LATER
    )
    jobs = queries.dataset("rs_jobs")
    assert (jobs.labels["en"], jobs.current.number) == ("Employment by register in Serbia", 1)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('kind = "stock"', 'kind = "stuck"', "kind"),
        ('code = "rs_jobs"', 'code = "rs jobs"', "rs jobs"),
        ("nuts_vintage = 2024", 'colour = "red"\nnuts_vintage = 2024', "colour"),
        ("nuts_vintage = 2024", "", "nuts_vintage"),
        ("[[dataset]]", "[[dataset]", "TOML"),
        ("[[dataset]]", "[[table]]", r"\[\[dataset\]\]"),
    ],
)
def test_a_mistaken_description_is_refused_and_says_where(old: str, new: str, sentence: str) -> None:
    text = (
        OWN.replace(old, new)
        if old != "[[dataset]]"
        else OWN.replace(old, new).replace("[[dataset.", "[[table.")
    )
    with pytest.raises(CatalogueError, match=sentence):
        describe_table(actor=analyst(), text=text, now=NOW)
    assert not Dataset.objects.exists()
