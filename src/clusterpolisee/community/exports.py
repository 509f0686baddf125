"""Clusters as a CSV file: the columns an import reads, so that a file can go out, be edited, and come back."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from clusterpolisee.community.models import Cluster
from clusterpolisee.community.plans import Plan, PlannedRow
from clusterpolisee.community.records import ClusterFacts, facts_of, languages_of, words_of
from clusterpolisee.shell.exports.tidy_csv import defused

# The inverse of defused(): takes away the apostrophe that stands before what could start a formula.
_DEFUSED = re.compile(r"(^|[,;|\t\r\n])([\s\"']*)'(?=[=+\-@＝＋－＠﹢﹣])")


def to_csv(clusters: Iterable[Cluster]) -> bytes:
    """One row a cluster; UTF-8 with a mark, so that spreadsheets read every alphabet."""
    rows = [(cluster, facts_of(cluster)) for cluster in clusters]
    header = columns([facts for _cluster, facts in rows])
    written = [
        [_cell(column, cluster, words) for column in header]
        for cluster, words in ((cluster, words_of(facts)) for cluster, facts in rows)
    ]
    return _file([header, *written]).encode("utf-8-sig")


def columns(stated: Sequence[ClusterFacts] = ()) -> list[str]:
    """The columns of a file that holds these, in their order: every language in which one of them says something."""
    languages = dict.fromkeys(language for facts in stated for language in languages_of(facts))
    wanted = list(dict.fromkeys(["bg", "en", *sorted(languages)]))
    some = dict.fromkeys(wanted, "")
    shape = words_of(ClusterFacts(some, _Nowhere(), {}, services=some, descriptions=some))  # type: ignore[arg-type]
    header = list(shape)
    header.insert(1, "state")
    return header


def rest_of(plan: Plan, rows: Iterable[PlannedRow], meanwhile: str) -> str:
    """The rows that were not taken, as they came, with their line and what was wrong: mended, they can come again."""
    lines = [["line", "fault", *plan.header]]
    for row in rows:
        said = "; ".join(f"{fault.column}: {fault.sentence}" for fault in row.faults) or meanwhile
        lines.append([str(row.line), defused(said), *(defused(undefused(cell)) for cell in row.cells)])
    return _file(lines)


def undefused(text: str) -> str:
    """Text as it was before an export made it harmless."""
    return _DEFUSED.sub(r"\1\2", text)


def _cell(column: str, cluster: Cluster, words: dict[str, str]) -> str:
    return cluster.state if column == "state" else defused(words.get(column, ""))


def _file(lines: Sequence[Sequence[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(lines)
    return out.getvalue()


class _Nowhere:
    code = ""
