"""Rows that could not be used: all of them, in the order of the file, and none a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from django.urls import reverse

from clusterpolisee.config.command import main
from clusterpolisee.evidence import store, unusable
from clusterpolisee.evidence.unusable import Noted, Unusable
from factories.evidence import JOBS, analyst, bring, table
from regional_analytics import sources

pytestmark = pytest.mark.django_db
BAD = "".join(f"BG34,C10,{2000 + number % 20},many{number},\n" for number in range(3000))


def rows_in(text: str) -> list[list[str]]:
    return list(csv.reader(line for line in io.StringIO(text, newline="") if not line.startswith("#")))[1:]


def download(client, language: str = "en") -> str:
    client.force_login(analyst())  # files of a version that waits are not everybody's
    address = reverse("evidence:data_rejected", args=["jobs", 1]).replace("/en/", f"/{language}/")
    return b"".join(client.get(address).streaming_content).decode()


def test_every_row_is_listed_and_counted_not_the_first_twenty(client) -> None:
    table()
    outcome = bring(JOBS + BAD + "XX99,C10,2015,5,\nBG31,C10,2015\n")
    assert outcome.report.rejected == 3002
    rows = rows_in(download(client))
    assert [int(row[0]) for row in rows] == list(range(10, 3012))
    assert (rows[0][5], rows[2999][5], rows[3000][1]) == ("many0", "many2999", "XX99")
    assert "“many2999” is not a number" in rows[2999][7] and "fewer cells" in rows[3001][7]


def test_rows_heard_of_before_the_way_of_writing_numbers_was_known_count_once() -> None:
    """The file is read with a point first and read anew with a comma; the row that is bad in both is heard twice."""
    table()
    text = (
        "region;activity;year;value;flag\n" + "BG31;C10;2014;much;\nBG31;C10;2015;1,5;\nBG32;C10;2015;2,25;\n"
    )
    outcome = bring(text)
    assert (outcome.report.rejected, outcome.report.with_value) == (1, 2)


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
        ("@SUM(1)", "'@SUM(1)"),
        ("+4O", "'+4O"),
        ("-much", "'-much"),
    ],
)
def test_no_cell_starts_a_formula_and_the_file_says_what_the_apostrophe_is(
    client, cell: str, kept: str
) -> None:
    table()
    version = bring(JOBS + f"BG34,C10,2015,{cell},\n").version
    text = download(client)
    assert rows_in(text)[0][5] == kept
    assert text.startswith("# title: Rows of jobs.csv that could not be used\r\n# note: An apostrophe (')")
    on_disk = store.rejected_path(version).read_text()
    assert rows_in(on_disk)[0][5] == kept  # whoever opens the file beside the version is as safe


def test_the_download_speaks_the_language_of_the_page(client) -> None:
    table()
    bring(JOBS + "BG34,C10,2015,much,\n")
    text = download(client, "bg")
    assert text.startswith("# title: Редове от jobs.csv")
    assert "не е число" in rows_in(text)[0][7]


def test_a_file_of_an_older_version_is_defused_when_it_is_downloaded(client) -> None:
    table()
    version = bring(JOBS + "XX99,C10,2015,5,\n").version
    header = ",".join(unusable.SCHEMA)
    store.rejected_path(version).write_text(f"{header}\n10,=cmd(),C10,,2015,5.0,,unknown region\n")
    rows = rows_in(download(client))
    assert rows == [["10", "'=cmd()", "C10", "", "2015", "5.0", "", "unknown region"]]


def test_many_rows_lie_on_disk_and_come_back_in_the_order_of_their_lines() -> None:
    noted = Noted()
    for line in range(20_000, 0, -1):
        noted.note(sources.Problem("not-a-number", line, "value", "x" * 60))
    assert noted._file._rolled  # more than a megabyte
    assert [row[0] for row in noted.rows()] == list(range(1, 20_001))
    assert Unusable(unreadable=noted).first(2)[1]["line"] == 2
    noted.forget()
    assert (noted.count, list(noted.rows())) == (0, [])


def test_the_command_line_says_where_they_lie(tmp_path, capsys) -> None:
    table()
    path = tmp_path / "jobs.csv"
    path.write_text(JOBS + "BG34,C10,2015,much,\n")
    main(["data", "import", str(path)])
    said = capsys.readouterr().out
    where = next(line for line in said.splitlines() if line.endswith("/rejected.csv"))
    assert where.startswith("The rows that could not be used, with line and reason: ")
    assert "10,,,,,much" in Path(where.partition(": ")[2]).read_text()
