"""Everything an import can notice has a sentence, in the plural a count asks for, with figures as the language writes."""

from __future__ import annotations

import inspect
from importlib import import_module

import pytest
from django.utils.translation import override

from clusterpolisee.evidence import checks, finding_words, fitting, pipeline, wording
from clusterpolisee.evidence.importing import conversion, kept_readings, unknown_codes
from clusterpolisee.evidence.report import Finding, ImportReport, Revision
from regional_analytics import sources
from regional_analytics.sources import errors

# The reader's own sentences stand beside its problems; their kinds are all the kinds there are.
READER_KINDS = set(import_module(sources.Problem.__module__)._SENTENCES)


def test_every_problem_the_reader_knows_has_a_sentence() -> None:
    assert set(READER_KINDS) <= set(finding_words.KINDS)


def test_every_obstacle_the_reader_knows_has_a_sentence_with_all_its_facts() -> None:
    kinds = [
        one
        for _name, one in inspect.getmembers(errors, inspect.isclass)
        if issubclass(one, errors.SourceError)
    ]
    for kind in kinds:
        if kind is errors.SourceError:
            continue
        facts = {name: f"<{name}>" for name in _facts(kind.sentence)}
        said = wording.obstacle(kind.slug, facts)
        assert all(f"<{name}>" in said for name in facts), kind


def _facts(sentence: str) -> set[str]:
    return {part.split("}")[0] for part in sentence.split("{")[1:]}


FINDERS = (checks, pipeline, fitting, conversion, kept_readings, unknown_codes)


def test_every_kind_of_finding_in_the_code_has_a_sentence() -> None:
    code = "".join(inspect.getsource(module) for module in FINDERS)
    named = {kind for kind in finding_words.KINDS if f'"{kind}"' in code}
    ours = set(finding_words.KINDS) - READER_KINDS - {"other"}
    assert named >= ours  # no sentence without its finding
    assert "Finding(" in code


def test_one_is_not_said_like_many() -> None:
    one = Finding("extra_regio", "info", 1, params={"codes": ["BGZZ"]})
    many = Finding("extra_regio", "info", 1200, params={"codes": ["BGZZ"]})
    with override("en"):
        assert one.sentence.startswith("1 value belongs")
        assert many.sentence.startswith("1,200 values belong")


@pytest.mark.parametrize(
    ("lines", "count", "said"),
    [
        ((7,), 1, "line 7"),
        ((2, 3, 4, 9), 4, "lines 2–4, 9"),
        (tuple(range(2, 22)), 500, "lines 2–21 and more"),
    ],
)
def test_neighbouring_lines_are_said_as_a_span(lines: tuple[int, ...], count: int, said: str) -> None:
    with override("en"):
        assert said in Finding("missing-region", "warning", count, lines).sentence


def test_a_finding_nobody_has_worded_is_still_told() -> None:
    with override("en"):
        assert "odd-thing" in Finding("odd-thing", "warning", 2, (3, 4)).sentence


def test_a_report_goes_from_the_general_to_the_particular() -> None:
    report = ImportReport(
        dataset="jobs",
        file_name="jobs.csv",
        file_size=100,
        raw_sha256="0" * 64,
        format="tidy-csv",
        rows=8,
        with_value=7,
        states={"reported": 6, "estimated": 1, "confidential": 1},
        years=[2014, 2015],
        regions=4,
        nuts_declared=2013,
        compared_with=2,
        revised=1,
        unchanged=7,
        revisions=[Revision("BG31", "C10", "", 2015, 110.0, None)],
        findings=[Finding("extra_regio", "info", 1, params={"codes": ["BGZZ"]})],
    )
    first, states, comparison, revisions, finding = report.sentences("en")
    assert first == "“jobs.csv” holds 8 cells of the table jobs, years 2014–2015, 4 regions in NUTS 2013."
    assert states.startswith(
        "7 have a figure (1 of them estimated, 0 of them zero); 0 are not published, 1 confidential"
    )
    assert comparison == "Compared with version 2: 0 new, 1 revised, 0 vanished, 7 unchanged."
    assert revisions == "The largest revisions: BG31 C10 2015: 110 → –."
    assert finding.startswith("1 value belongs")
    assert ImportReport.from_json(report.as_json()) == report
