"""`clusterpolisee data …` as somebody types it: what is printed, and how mistakes end."""

from __future__ import annotations

from pathlib import Path

import pytest

from clusterpolisee.config.command import main
from clusterpolisee.evidence import queries
from clusterpolisee.evidence.models import DatasetVersion
from clusterpolisee.shell.accounts.roles import Role
from factories.evidence import JOBS, changed, person, table

pytestmark = pytest.mark.django_db


@pytest.fixture
def jobs_file(tmp_path: Path) -> Path:
    table()
    path = tmp_path / "jobs.csv"
    path.write_text(JOBS)
    return path


def corrected(jobs_file: Path, jobs: int) -> Path:
    path = jobs_file.with_name(f"jobs-{jobs}.csv")
    path.write_text(changed(JOBS, "BG31,C10,2015,110,", f"BG31,C10,2015,{jobs},"))
    return path


def test_list_says_what_each_table_is_and_which_version_is_in_use(jobs_file: Path, capsys) -> None:
    main(["data", "import", str(jobs_file)])
    table("rates", labels={"en": "Rates"}, order=200)
    capsys.readouterr()
    assert main(["data", "list"]) == 0
    _head, jobs, rates = capsys.readouterr().out.splitlines()
    assert jobs.split() == ["jobs", "1", "2014–2015", "8", *today(), "Jobs", "by", "activity"]
    assert rates.split() == ["rates", "–", "–", "–", "–", "Rates"]


def today() -> list[str]:
    return DatasetVersion.objects.get().retrieved_on.strftime("%-d %b %Y").split()


def test_an_import_prints_its_report_and_how_it_ended(jobs_file: Path, capsys) -> None:
    assert main(["data", "import", str(jobs_file)]) == 0
    said = capsys.readouterr()
    assert "holds 8 cells of the table jobs" in said.out
    assert "Stored as version 1 of jobs, and in use." in said.out
    assert "Reading" in said.err  # progress goes beside, so that the report can be piped


def test_a_dry_run_stores_nothing(jobs_file: Path, capsys) -> None:
    assert main(["data", "import", str(jobs_file), "--dry-run"]) == 0
    assert "Nothing was stored: this was a dry run." in capsys.readouterr().out
    assert not DatasetVersion.objects.exists()


def test_a_file_that_waits_says_what_to_do_next(jobs_file: Path, capsys) -> None:
    assert main(["data", "import", str(jobs_file), "--hold"]) == 0
    assert "clusterpolisee data accept jobs" in capsys.readouterr().out
    assert main(["data", "list"]) == 0
    assert "(1 waiting)" in capsys.readouterr().out
    assert main(["data", "accept", "jobs"]) == 0
    assert capsys.readouterr().out == "Version 1 of jobs is in use.\n"
    assert queries.current_version("jobs").number == 1


def test_reject_and_then_accept_by_number(jobs_file: Path, capsys) -> None:
    main(["data", "import", str(jobs_file), "--hold"])
    assert main(["data", "reject", "jobs"]) == 0
    assert main(["data", "accept", "jobs"]) == 2
    assert capsys.readouterr().err.endswith("No version of jobs waits for a decision.\n")
    assert main(["data", "accept", "jobs", "--version", "1"]) == 0


def test_rollback_goes_back_and_history_tells(jobs_file: Path, capsys) -> None:
    main(["data", "import", str(jobs_file)])
    main(["data", "import", str(corrected(jobs_file, 111)), "--dataset", "jobs"])
    capsys.readouterr()
    assert main(["data", "rollback", "jobs"]) == 0
    assert capsys.readouterr().out == "Version 1 of jobs is in use again.\n"
    assert main(["data", "rollback", "jobs"]) == 2
    capsys.readouterr()
    assert main(["data", "history", "jobs"]) == 0
    _title, _head, second, first = capsys.readouterr().out.splitlines()
    assert ("rolled back" in second, "in use" in first) == (True, True)


def test_the_same_file_again_is_recognised(jobs_file: Path, capsys) -> None:
    main(["data", "import", str(jobs_file)])
    capsys.readouterr()
    assert main(["data", "import", str(jobs_file)]) == 0
    assert "it is version 1 of jobs (in use)" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["data", "import", "nowhere.csv"], "There is no file nowhere.csv."),
        (["data", "rollback", "jobz"], "The catalogue has no table “jobz”. It has: jobs."),
        (["data", "history", "jobz"], "The catalogue has no table “jobz”. It has: jobs."),
        (
            ["data", "rollback", "jobs"],
            "jobs cannot be rolled back: there is no version before the one in use.",
        ),
        (["data", "accept", "jobs", "--as", "x@y.example"], "No version of jobs waits for a decision."),
        (["data", "describe", "nowhere.toml"], "There is no file nowhere.toml."),
    ],
)
def test_a_mistake_ends_with_one_sentence_and_code_2(
    jobs_file: Path, capsys, arguments: list[str], sentence: str
) -> None:
    assert main(arguments) == 2
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", sentence + "\n")


def test_a_broken_file_ends_with_one_sentence_and_no_traceback(jobs_file: Path, capsys) -> None:
    broken = jobs_file.with_name("jobs-broken.csv.gz")
    broken.write_bytes(b"\x1f\x8b\x08\x00\x00\x00broken")
    assert main(["data", "import", str(broken), "--dataset", "jobs"]) == 2
    last_line = capsys.readouterr().err.splitlines()[-1]
    assert last_line.startswith("The file is cut off or damaged")


def test_a_file_that_does_not_say_its_table_asks_for_dataset(jobs_file: Path, capsys) -> None:
    unnamed = jobs_file.rename(jobs_file.with_name("figures.csv"))
    assert main(["data", "import", str(unnamed)]) == 2
    assert "Name it with --dataset" in capsys.readouterr().err


def test_acting_as_somebody_uses_their_rights(jobs_file: Path, capsys) -> None:
    person(Role.MEMBER, email="member@vidin.example")
    person(Role.ANALYST, email="ana@vidin.example")
    assert main(["data", "import", str(jobs_file), "--as", "member@vidin.example"]) == 2
    assert "This needs the role of an analyst." in capsys.readouterr().err
    assert main(["data", "import", str(jobs_file), "--as", "nobody@vidin.example"]) == 2
    assert "There is no account nobody@vidin.example." in capsys.readouterr().err
    assert main(["data", "import", str(jobs_file), "--as", "ana@vidin.example"]) == 0
    assert queries.current_version("jobs").imported_by.email == "ana@vidin.example"


def test_the_source_is_kept_as_it_was_given(jobs_file: Path) -> None:
    given = {
        "--source-url": "https://nsi.example/jobs",
        "--retrieved-on": "2026-11-03",
        "--note": "Sent by e-mail.",
    }
    main(["data", "import", str(jobs_file), *[word for pair in given.items() for word in pair]])
    version = queries.current_version("jobs")
    assert (version.source_url, str(version.retrieved_on), version.source_note) == tuple(given.values())


def test_the_decimal_sign_can_be_said(jobs_file: Path) -> None:
    jobs_file.write_text("region;activity;year;value\nBG31;C10;2014;1,234\n")
    assert main(["data", "import", str(jobs_file), "--decimal", "comma", "--dry-run"]) == 0


def test_check_starter_ends_with_code_1_when_the_tables_are_missing(tmp_path: Path, capsys) -> None:
    table("tgs00010", activity_scheme="", dimensions=[{"code": "isced11"}])
    assert main(["data", "check-starter", "--tables", str(tmp_path)]) == 1
    assert capsys.readouterr().out == "tgs00010: no file of this table was found.\n"


def test_an_unknown_command_shows_how_to_use_it(capsys) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["dance"])
    assert stopped.value.code == 2
    assert "invalid choice: 'dance'" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words", [["--help"], ["data", "--help"], ["data", "import", "--help"], ["serve", "--help"]]
)
def test_every_command_explains_itself(words: list[str], capsys) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(words)
    assert stopped.value.code == 0
    assert "usage: clusterpolisee" in capsys.readouterr().out
