"""Clusters from and into CSV files: what is new, what is doubled, what is faulty, and what a spreadsheet could do."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from clusterpolisee.community import actions, queries
from clusterpolisee.community.exports import to_csv
from clusterpolisee.community.models import Cluster, ClusterFile
from clusterpolisee.community.plans import CHANGED, FAULTY, NEW, UNCHANGED, UnreadableFile
from clusterpolisee.community.queries import Filters
from clusterpolisee.community.reading import read_plan, read_text
from clusterpolisee.config.command import main
from clusterpolisee.shell.accounts.permissions import NotAllowed
from clusterpolisee.shell.accounts.queries import operator
from clusterpolisee.shell.history.revisions import revisions_of

HEADER = "external_id,name_en,region,organisation_source,organisation_date"
GOOD = "x-1,Stone Example,BG42,Own list,2026-01-01"


def file_of(*rows: str, header: str = HEADER) -> str:
    return "\r\n".join((header, *rows)) + "\r\n"


def exported() -> bytes:
    return to_csv(queries.clusters(operator(), Filters()).prefetch_related("activities"))


def apply(text: str) -> actions.Outcome:
    plan = read_plan(text)
    return actions.import_clusters(actor=operator(), plan=plan, seen=plan.seen)


def test_a_new_row_becomes_a_draft_unless_it_says_published():
    apply(
        file_of(GOOD + ",", "x-2,Sand Example,BG42,Own list,2026-01-01,published", header=HEADER + ",state")
    )
    assert [Cluster.objects.get(external_id=key).state for key in ("x-1", "x-2")] == ["draft", "published"]


def test_good_rows_are_kept_beside_bad_ones_with_line_column_and_sentence():
    plan = read_plan(file_of(GOOD, "x-2,Nowhere,BG99,Own list,2026-01-01", "x-3,,BG42,Own list,2026-01-01"))
    assert [row.kind for row in plan.rows] == [NEW, FAULTY, FAULTY]
    assert [(fault.line, fault.column) for fault in plan.faults] == [(3, "region"), (4, "name_bg")]
    assert "no region “BG99”" in plan.faults[0].sentence
    outcome = actions.import_clusters(actor=operator(), plan=plan, seen={})
    assert (outcome.created, len(outcome.refused)) == (1, 2)
    assert Cluster.objects.filter(external_id__startswith="x-").count() == 1


def test_lines_are_those_an_editor_shows_even_after_cells_of_several_lines():
    rows = ('x-1,"Two\nlines",BG42,Own list,2026-01-01', "x-2,B,BG99,Own list,2026-01-01")
    assert read_plan(file_of(*rows)).faults[0].line == 4


def test_the_same_file_again_changes_nothing():
    apply(file_of(GOOD))
    count = Cluster.objects.count()
    outcome = apply(file_of(GOOD))
    assert (outcome.created, outcome.changed, outcome.unchanged) == (0, 0, 1)
    assert Cluster.objects.count() == count


def test_a_row_finds_its_cluster_by_the_identifier_under_a_new_name():
    apply(file_of(GOOD))
    plan = read_plan(file_of("x-1,Stone and Sand Example,BG42,Own list,2026-01-01"))
    assert [(one.field, one.before, one.after) for one in plan.rows[0].differences] == [
        ("name_en", "Stone Example", "Stone and Sand Example")
    ]


def test_a_row_without_identifier_finds_its_cluster_by_name_and_region_in_any_spelling():
    apply(file_of(GOOD))
    plan = read_plan(file_of(",STONE example,bg42,Own list,2026-02-02"))
    assert plan.rows[0].kind == CHANGED and plan.rows[0].cluster.external_id == "x-1"


def test_the_same_name_under_another_identifier_is_asked_about():
    apply(file_of(GOOD))
    plan = read_plan(file_of("y-9,Stone Example,BG42,Own list,2026-01-01"))
    assert plan.faults[0].column == "external_id" and "another identifier" in plan.faults[0].sentence


def test_two_rows_on_one_organisation_are_not_both_taken():
    plan = read_plan(file_of(GOOD, ",stone EXAMPLE,BG42,Own list,2026-01-01"))
    assert plan.faults[0].sentence == "Line 2 speaks of the same organisation."


def test_names_that_differ_in_a_number_are_two_organisations():
    rows = [f"x-{n},Business Park {n},BG42,Own list,2026-01-01" for n in (1, 11, 111)]
    assert apply(file_of(*rows)).created == 3
    assert read_plan(file_of(*rows)).counts[UNCHANGED] == 3


def test_an_empty_cell_changes_nothing():
    apply(file_of("x-1,Stone Example,BG42,Own list,2026-01-01,Hisarya", header=HEADER + ",address"))
    apply(file_of("x-1,Stone Example,BG42,Own list,2026-01-01,", header=HEADER + ",address"))
    assert Cluster.objects.get(external_id="x-1").address == "Hisarya"


def test_whether_a_known_cluster_is_published_is_not_decided_by_a_file():
    apply(file_of(GOOD))
    plan = read_plan(file_of(GOOD + ",published", header=HEADER + ",state"))
    assert "decided on its page" in plan.faults[0].sentence


def test_columns_nobody_knows_are_named():
    assert read_plan(file_of(GOOD + ",1", header=HEADER + ",turnover")).unknown_columns == ("turnover",)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "The file is empty"),
        (HEADER, "has no rows"),
        ("name_en,turnover\nA,1", "must name the columns"),
        (file_of(GOOD, header=HEADER + ",region"), "“region” stands twice"),
        (file_of('x-1,"open,BG42,Own list,2026-01-01'), "Line 2 cannot be read"),
        (file_of(*[GOOD] * 5001), "more than 5,000 rows"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(text, sentence):
    with pytest.raises(UnreadableFile, match=sentence):
        read_plan(text)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("Клъстер".encode("cp1251"), "not written in UTF-8"),
        (b"PK\0\0", "no CSV file"),
        (b"x" * (2 * 1024 * 1024 + 1), "larger than 2 MB"),
    ],
)
def test_bytes_that_are_no_text_say_what_to_do(content, sentence):
    with pytest.raises(UnreadableFile, match=sentence):
        read_text(content)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_files_of_every_spreadsheet_are_read(separator, encoding):
    text = file_of("x-1,Клъстер пример,BG42,Own list,31.01.2026").replace(",", separator)
    assert apply(read_text(text.encode(encoding))).created == 1
    stored = Cluster.objects.get(external_id="x-1")
    assert stored.statements["organisation"]["date"] == "2026-01-31"


def test_a_file_goes_out_and_comes_back_unchanged():
    before = Cluster.objects.count()
    plan = read_plan(read_text(exported()))
    assert plan.counts == {NEW: 0, CHANGED: 0, UNCHANGED: before, FAULTY: 0}
    assert plan.unknown_columns == ()


def test_a_file_goes_out_and_comes_back_into_an_empty_house_as_it_was():
    first = exported()
    Cluster.objects.all().delete()
    apply(read_text(first))
    assert exported() == first


FORMULAS = [
    "=1+1",
    "+359 2 123",
    "-5",
    "@SUM(A1)",
    '=HYPERLINK("http://x.example","y")',
    "a; =1",
    "'=1",
    " =2",
]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_is_stored_as_text_leaves_harmless_and_comes_back_as_text(text):
    out = io.StringIO()
    csv.writer(out).writerows([[*HEADER.split(","), "address"], [*GOOD.split(","), text]])
    apply(out.getvalue())
    stored = Cluster.objects.get(external_id="x-1").address
    rows = list(csv.DictReader(io.StringIO(exported().decode("utf-8-sig"))))
    cell = next(row["address"] for row in rows if row["external_id"].endswith("x-1"))
    assert not cell.lstrip(' "').startswith(("=", "+", "-", "@"))
    assert read_plan(read_text(exported())).counts[CHANGED] == 0
    assert Cluster.objects.get(external_id="x-1").address == stored


def test_a_visitor_takes_along_published_clusters_only(client, draft):
    answer = client.get("/en/clusters/export.csv")
    assert "attachment" in answer["Content-Disposition"]
    assert b"Example Textile" in answer.content and b"Wine of the Plain" not in answer.content


def test_only_analysts_import(people):
    for who in ("visitor", "proposer"):
        with pytest.raises(NotAllowed):
            actions.import_clusters(actor=people[who], plan=read_plan(file_of(GOOD)), seen={})


# In the browser


def upload(client, text: str, name: str = "list.csv"):
    handed_in = io.BytesIO(text.encode())
    handed_in.name = name
    return client.post("/en/clusters/import/", {"file": handed_in})


def test_an_analyst_looks_before_she_writes(people, signed_in):
    analyst = signed_in(people["analyst"])
    answer = upload(analyst, file_of(GOOD, "x-2,Nowhere,BG99,Own list,2026-01-01"))
    page = analyst.get(answer["Location"]).content.decode()
    assert "1 new, 0 changed, 0 unchanged, 1 with faults. Nothing is written yet." in page
    assert "Stone Example" in page and "BG99" in page
    assert not Cluster.objects.filter(external_id="x-1").exists()
    analyst.post(answer["Location"])
    assert Cluster.objects.filter(external_id="x-1").exists()
    assert (
        "Applied: 1 new, 0 changed, 0 unchanged, 1 left out."
        in analyst.get(answer["Location"]).content.decode()
    )
    rest = list(
        csv.reader(io.StringIO(analyst.get(answer["Location"] + "faults.csv").content.decode("utf-8-sig")))
    )
    assert rest[1][0] == "3" and "BG99" in rest[1] and len(rest) == 2


def test_the_rows_left_out_can_be_mended_and_come_again(people, signed_in):
    analyst = signed_in(people["analyst"])
    address = upload(analyst, file_of("x-2,Somewhere,BG99,Own list,2026-01-01"))["Location"]
    rest = analyst.get(address + "faults.csv").content.decode("utf-8-sig").replace(",BG99,", ",BG42,")
    assert apply(read_text(rest.encode())).created == 1


def test_a_file_is_applied_once_and_then_forgotten(people, signed_in):
    analyst = signed_in(people["analyst"])
    address = upload(analyst, file_of(GOOD + ",secret@example.org", header=HEADER + ",email"))["Location"]
    analyst.post(address)
    kept = ClusterFile.objects.get()
    assert "secret@" not in kept.text
    analyst.post(address)
    assert Cluster.objects.filter(external_id="x-1").count() == 1


def test_a_cluster_that_changed_after_the_preview_is_left_alone(people, signed_in, facts):
    apply(file_of(GOOD))
    analyst = signed_in(people["analyst"])
    address = upload(analyst, file_of("x-1,Stone Example,BG42,Newer list,2026-05-05"))["Location"]
    stored = Cluster.objects.get(external_id="x-1")
    said = facts(name="Stone Example", region="BG42", external_id="x-1", founded=1990)
    actions.edit_cluster(actor=people["analyst"], cluster=stored, facts=said, base_revision=stored.revision)
    analyst.post(address)
    stored.refresh_from_db()
    assert stored.founded == 1990 and stored.statements["organisation"]["source"] == "Its statute"
    assert b"after the preview" in analyst.get(address + "faults.csv").content


@pytest.mark.parametrize("who", ["visitor", "proposer"])
def test_the_pages_of_an_import_are_for_analysts(people, signed_in, client, who):
    analyst = signed_in(people["analyst"])
    address = upload(analyst, file_of(GOOD))["Location"]
    other = client if who == "visitor" else signed_in(people[who])
    for page in ("/en/clusters/import/", address, address + "faults.csv"):
        assert other.get(page).status_code in (302, 403)
    assert other.post(address).status_code in (302, 403)


def test_a_file_that_cannot_be_read_is_told_beside_the_field(people, signed_in):
    page = upload(signed_in(people["analyst"]), "nonsense").content.decode()
    assert "has no rows" in page or "must name the columns" in page


# On the command line


def test_a_dry_run_tells_everything_and_writes_nothing(tmp_path: Path, capsys):
    path = tmp_path / "list.csv"
    path.write_text(file_of(GOOD, "x-2,Nowhere,BG99,Own list,2026-01-01"))
    assert main(["clusters", "import", str(path), "--dry-run"]) == 1
    said = capsys.readouterr()
    assert "1 new, 0 changed, 0 unchanged, 1 with faults." in said.out and "Line 3, region" in said.err
    assert not Cluster.objects.filter(external_id="x-1").exists()


def test_the_command_line_writes_under_the_name_it_is_given(tmp_path: Path, capsys, analyst):
    path = tmp_path / "list.csv"
    path.write_text(file_of(GOOD))
    assert main(["clusters", "import", str(path), "--as", "ana@example.org"]) == 0
    assert revisions_of(Cluster.objects.get(external_id="x-1"))[0].actor_label == "Ana"
    out = tmp_path / "out.csv"
    assert main(["clusters", "export", str(out)]) == 0
    assert b"Stone Example" in out.read_bytes()


@pytest.mark.parametrize("who", ["mila@example.org", "nobody@example.org"])
def test_the_command_line_refuses_who_may_not(tmp_path: Path, capsys, member, who):
    path = tmp_path / "list.csv"
    path.write_text(file_of(GOOD))
    assert main(["clusters", "import", str(path), "--as", who]) == 2
    assert capsys.readouterr().err.strip()


def test_a_file_that_is_not_there_is_one_sentence(capsys):
    assert main(["clusters", "import", "nowhere.csv"]) == 2
    assert "nowhere.csv cannot be read" in capsys.readouterr().err
