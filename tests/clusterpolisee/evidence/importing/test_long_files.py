"""Long files: read, checked and stored by a worker. Whoever waits may go away; whatever breaks can be done again."""

from __future__ import annotations

import gzip

import pytest
from django.urls import reverse
from django.utils import timezone

from clusterpolisee.evidence import queries, store
from clusterpolisee.evidence.importing import actions, background, kept_readings, readout, working
from clusterpolisee.evidence.importing.telling import in_silence
from clusterpolisee.evidence.models import Dataset, DatasetVersion, State, Upload
from clusterpolisee.shell.jobs import running
from clusterpolisee.shell.jobs.kinds import sentence
from clusterpolisee.shell.jobs.models import Job
from clusterpolisee.shell.jobs.models import State as JobState
from clusterpolisee.shell.jobs.worker import work
from factories.background import calm as calm
from factories.evidence import JOBS, NOW, analyst, bring, changed, table
from factories.imports import MAPPED, at, begin
from factories.workbooks import JOBS_ROWS, workbook

pytestmark = pytest.mark.django_db
SOURCE = {"deed": "check", "licence": "CC BY 4.0", "retrieved_on": "2026-11-20"}


@pytest.fixture
def ana(client, settings):
    """Everything above nothing is long for her."""
    settings.IMPORT_LONG_MB = 0
    client.force_login(analyst())
    return client


def page(client, address: str) -> str:
    return client.get(address, follow=True).content.decode()


def said(job: Job | None) -> str:
    assert job is not None
    return sentence(job.error, job.error_words) or sentence(job.message, job.message_words)


def mapped(client, content: bytes | str, name: str = "jobs.csv") -> Upload:
    """A long file whose columns are said, with a worker that comes whenever it is asked for."""
    upload = begin(client, content, name)
    work(batch=True)
    client.post(at(upload, "table"), {"dataset": "jobs"})
    work(batch=True)
    if upload.format == "xlsx":
        client.post(at(upload, "sheet"), {"sheet": 0})
        work(batch=True)
    client.post(at(upload, "sheet"), {"first": 1, "last": 1})
    client.post(at(upload, "columns"), MAPPED)
    work(batch=True)
    upload.refresh_from_db()
    return upload


def checked(client, upload: Upload) -> Upload:
    client.post(at(upload, "check"), SOURCE)
    work(batch=True)
    upload.refresh_from_db()
    return upload


@pytest.mark.parametrize(
    ("content", "name"), [(JOBS, "jobs.csv"), (workbook({"Data": JOBS_ROWS}), "jobs.xlsx")]
)
def test_a_long_file_goes_all_the_way_and_says_what_a_short_one_says(ana, settings, content, name) -> None:
    table()
    upload = checked(ana, mapped(ana, content, name))
    ana.post(at(upload, "check"), {"deed": "bring"})
    work(batch=True)
    fragment = ana.get(at(upload, "work"), headers={"HX-Request": "true"}).content.decode()
    assert 'href="/en/data/jobs/1/"' in fragment  # whoever watched is led on
    assert ana.get(at(upload, "work"))["Location"] == "/en/data/jobs/1/"
    version = DatasetVersion.objects.get()
    assert version.state == State.STAGED and Upload.objects.get().state == Upload.State.BROUGHT
    job = Job.objects.latest("pk")
    assert (said(job), job.result_url) == ("The file is version 1 of jobs now.", "/data/jobs/1/")
    long, report = store.observations(version), version.report
    version.delete()
    settings.IMPORT_LONG_MB = 8
    short = begin(ana, content, f"again-{name}")
    assert not short.is_long
    ana.post(at(short, "table"), {"dataset": "jobs"})
    if short.format == "xlsx":
        ana.post(at(short, "sheet"), {"sheet": 0})
    ana.post(at(short, "sheet"), {"first": 1, "last": 1})
    ana.post(at(short, "columns"), MAPPED)
    ana.post(at(short, "check"), SOURCE)
    ana.post(at(short, "check"), {"deed": "bring"})
    version = DatasetVersion.objects.get()
    assert store.observations(version).equals(long)
    assert {**version.report, "file_name": ""} == {**report, "file_name": ""}


def test_no_page_reads_a_long_file_before_a_worker_has(ana) -> None:
    table()
    upload = begin(ana, JOBS)
    ana.post(at(upload, "table"), {"dataset": "jobs"})
    assert ana.get(at(upload, "sheet"))["Location"] == at(upload, "work")
    text = page(ana, at(upload, "sheet"))
    assert "Reading a long file" in text and "It is next." in text and "Look again" in text
    assert ana.get(upload.get_absolute_url())["Location"] == at(upload, "work")
    work(batch=True)
    assert "The file is read. Go on with the next step." in page(ana, at(upload, "work"))
    assert "Line 1 is taken for the header" in page(ana, at(upload, "sheet"))


def test_what_is_shown_while_a_worker_reads_is_a_bar_and_words(ana) -> None:
    table()
    upload = begin(ana, JOBS)
    ana.post(at(upload, "table"), {"dataset": "jobs"})
    job = queries.work_on(upload)
    assert job is not None
    Job.objects.filter(pk=job.pk).update(
        state=JobState.RUNNING, message="evidence.import-rows", done=4, of=9, heartbeat_at=timezone.now(), worker="other:1"
    )  # fmt: skip
    text = page(ana, at(upload, "work"))
    assert "Reading the rows. Counted in lines." in text
    assert '<progress value="4" max="9"' in text and "4 of 9" in text
    fragment = ana.get(at(upload, "work"), headers={"HX-Request": "true"}).content.decode()
    assert fragment.startswith('<div data-state="running">') and "<html" not in fragment


def test_a_worker_says_lines_while_it_reads_and_steps_while_it_checks(ana, monkeypatch) -> None:
    table()
    heard: list[tuple] = []
    say = running.Running.say

    def listening(self, message, *, done=None, of=None, **words) -> None:
        heard.append((message.rpartition("-")[2], done, of))
        say(self, message, done=done, of=of, **words)

    monkeypatch.setattr(running.Running, "say", listening)
    monkeypatch.setattr(working, "SAID_AFTER", 4)
    checked(ana, mapped(ana, JOBS))
    assert [one for one in heard if one[0] == "rows"] == [("rows", 1, 10), ("rows", 5, 10), ("rows", 9, 10)]
    assert heard[-2:] == [("applying", 0, 2), ("checking", 1, 2)]


def test_what_stands_in_the_way_is_said_with_its_place_and_can_be_corrected(ana) -> None:
    table()
    upload = mapped(ana, 'region,activity,year,value,flag\nBG31,C10,2014,"1,234",\n')
    job = queries.work_on(upload)
    assert job is not None and job.state == JobState.FAILED
    text = page(ana, at(upload, "work"))
    assert "1,234" in said(job) and "1,234" in text and "correct that in the steps above" in text
    assert ana.get(at(upload, "columns")).status_code == 200
    ana.post(at(upload, "columns"), {**MAPPED, "decimal": ","})
    work(batch=True)
    assert "Every region and every activity" in page(ana, at(upload, "codes"))


def test_a_table_of_too_many_cells_is_refused_with_the_limit_and_the_way_around_it(ana, settings) -> None:
    settings.IMPORT_LIMIT_CELLS = 40  # eight rows and a header, five columns wide, have 45
    table()
    upload = begin(ana, JOBS, "jobs.csv")
    work(batch=True)
    job = queries.work_on(upload)
    assert job is not None and job.state == JobState.FAILED
    assert "more than 40 cells" in said(job) and "clusterpolisee data import" in page(ana, at(upload, "work"))


def test_rows_that_grow_wider_further_down_keep_every_cell(ana, monkeypatch) -> None:
    monkeypatch.setattr(working, "ROWS_AT_ONCE", 2)
    monkeypatch.setattr(working, "ROWS_PER_PART", 4)
    lines = ["Jobs", "in thousands", "region;year;value", "BG31;2014;5", "BG31;2015;6;e", "BG32;2015;7"]
    upload = begin(ana, "\n".join(lines), "jobs.csv")
    work(batch=True)
    made = readout.working_table(upload)
    assert (made.width, made.rows, len(list((made.folder / "parts").iterdir()))) == (4, 6, 2)
    assert [";".join(cells).rstrip(";") for _line, cells in made.first(10)] == lines


def test_a_worker_killed_in_the_middle_leaves_the_file_whole_and_the_step_to_be_repeated(
    ana, monkeypatch
) -> None:
    table()
    upload = begin(ana, JOBS)
    ana.post(at(upload, "table"), {"dataset": "jobs"})

    def killed(*_args, **_options):
        raise SystemExit  # nothing after it is written down, as after a kill

    with monkeypatch.context() as patch:
        patch.setattr(working, "give_name", killed)
        with pytest.raises(SystemExit):
            running.run(queries.work_on(upload).pk)
    job = queries.work_on(upload)
    Job.objects.filter(pk=job.pk).update(heartbeat_at=NOW, worker="elsewhere:1")
    assert "It takes up where it was" in page(ana, at(upload, "work")) or "interrupted" in page(
        ana, at(upload, "work")
    )
    assert store.has_raw(upload.sha256)
    response = ana.post(reverse("jobs:resume", args=[job.pk]), {"back": at(upload, "work")})
    assert response["Location"] == at(upload, "work")
    work(batch=True)
    assert said(queries.work_on(upload)) == "The file is read. Go on with the next step."
    assert Job.objects.count() == 1


def test_storing_broken_off_after_the_version_came_to_be_does_not_store_it_twice(ana, monkeypatch) -> None:
    table()
    upload = checked(ana, mapped(ana, JOBS))
    ana.post(at(upload, "check"), {"deed": "bring"})
    ana.post(at(upload, "check"), {"deed": "bring"})  # pressed twice
    assert Job.objects.filter(kind=background.BRING).count() == 1
    job = queries.work_on(upload)

    def killed(*_args, **_options):
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(actions, "record", killed)
        with pytest.raises(SystemExit):
            running.run(job.pk)
    assert DatasetVersion.objects.count() == 1
    for state in (Upload.State.DRAFT, Upload.State.BROUGHT):
        Upload.objects.update(state=state)
        Job.objects.filter(pk=job.pk).update(state=JobState.QUEUED, worker="")
        running.run(job.pk)
        job.refresh_from_db()
        assert said(job) == "The file is version 1 of jobs now."
    assert DatasetVersion.objects.count() == 1 and Upload.objects.get().version.number == 1


def test_what_was_swept_is_read_again_when_somebody_asks(ana) -> None:
    table()
    upload = mapped(ana, JOBS)
    working.sweep(set())
    text = page(ana, at(upload, "codes"))
    assert "What had been read of it is not there any more" in text
    ana.post(at(upload, "work"))
    work(batch=True)
    assert "Every region and every activity" in page(ana, at(upload, "codes"))


def test_storing_asks_for_a_check_of_the_file_as_it_stands(ana) -> None:
    table()
    upload = checked(ana, mapped(ana, JOBS))
    bring(changed(JOBS, "BG31,C10,2015,110,", "BG31,C10,2015,111,"))
    response = ana.post(at(upload, "check"), {"deed": "bring"}, follow=True)
    assert "Check the file once more" in response.content.decode()
    assert not Job.objects.filter(kind=background.BRING).exists()


def test_a_file_thrown_away_stops_the_work_on_it(ana) -> None:
    table()
    upload = begin(ana, JOBS)
    ana.post(at(upload, "table"), {"dataset": "jobs"})
    ana.post(at(upload, "discard"))
    assert [job.state for job in Job.objects.all()] == [JobState.CANCELLED]


def test_the_way_back_from_a_job_leads_to_this_site_only(ana) -> None:
    upload = begin(ana, JOBS)
    table()
    ana.post(at(upload, "table"), {"dataset": "jobs"})
    job = Job.objects.get()
    response = ana.post(reverse("jobs:stop", args=[job.pk]), {"back": "//elsewhere.example/"})
    assert response["Location"] == reverse("jobs:job", args=[job.pk])


def test_the_effect_of_a_conversion_is_shown_for_the_newest_year_of_a_long_file(ana) -> None:
    """Voreio Aigaio was EL41 in NUTS 2013, GR41 in 2006: here two regions of Croatia that were cut in 2021."""
    Dataset.objects.filter(pk=table().pk).update(nuts_vintage=2021)
    rows = "".join(f"HR04,C10,{year},{value},\n" for year, value in ((2014, 100), (2015, 200)))
    upload = mapped(ana, "region,activity,year,value,flag\n" + rows)
    text = page(ana, at(upload, "vintage"))
    assert "this is said of its newest year, 2015" in text and "HR04" in text


def test_a_packed_csv_is_judged_by_what_it_unpacks_to(client, settings) -> None:
    client.force_login(analyst())
    settings.IMPORT_LONG_MB = 1
    head, row = "region,activity,year,value,flag\n", "BG31,C10,2014,100,\n"
    packed = gzip.compress((head + row * 60_000).encode())
    assert len(packed) < 1 << 20
    assert begin(client, packed, "jobs.csv.gz").is_long
    assert not begin(client, head + row * 10).is_long


def test_a_kept_reading_is_what_was_read(ana) -> None:
    table()
    upload = mapped(ana, JOBS + "BG34,C10,2015,much,\n")
    kept = kept_readings.kept(upload.sha256, readout.reading_key(upload))
    assert kept is not None
    fresh = readout._read(upload, in_silence)
    assert kept.reading.observations.equals(fresh.reading.observations)
    assert kept.reading.problems == fresh.reading.problems
    assert list(kept.unreadable.rows()) == list(fresh.unreadable.rows()) != []


def test_the_bar_of_steps_stands_at_the_check_while_a_file_is_checked(ana) -> None:
    table()
    upload = mapped(ana, JOBS)
    ana.post(at(upload, "check"), SOURCE)
    text = page(ana, at(upload, "work"))
    assert "Checking a long file" in text
    current = text[text.index('aria-current="step"') :][:80]
    assert "Check and bring" in current


def test_a_file_that_cannot_be_read_does_not_say_that_the_work_goes_on(ana) -> None:
    table()
    upload = begin(ana, JOBS + '\n"never closed' + "x" * 200_000)
    assert "and the work goes on" in page(ana, at(upload, "work"))
    ana.post(at(upload, "table"), {"dataset": "jobs"})
    work(batch=True)
    for text in (
        page(ana, at(upload, "work")),
        ana.get(
            at(upload, "work"), headers={"HX-Request": "true"}
        ).content.decode(),  # what a script puts there
    ):
        assert "and the work goes on" not in text
        assert "bring another file" in text and "Try again" in text
