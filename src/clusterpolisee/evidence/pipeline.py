"""From a reading to observations the store can keep: check codes, take each cell once, look at the figures.

Nothing is stored here and nothing is lost: rows that cannot be used come back with line and reason.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field

import polars as pl
from django.utils.translation import gettext as _

from clusterpolisee.evidence import checks, store, unusable
from clusterpolisee.evidence.fitting import Fitted
from clusterpolisee.evidence.models import Dataset
from clusterpolisee.evidence.obstacles import TableDoesNotFit
from clusterpolisee.evidence.report import INFO, STOP, WARNING, Finding, ImportReport, first_lines
from clusterpolisee.evidence.unusable import Noted, Unusable
from regional_analytics import sources
from regional_analytics.codes import nace, nuts

VANISHED_PERCENT = 20.0  # more than this gone, and a file is taken for a part of its table
UNREADABLE_PERCENT = 5.0


@dataclass
class Prepared:
    """What an import would store, and what it found out on the way."""

    frame: pl.DataFrame
    rejected: Unusable
    report: ImportReport
    observations_sha256: str


@dataclass
class _Work:
    """The observations on their way, with what has been noticed so far."""

    table: Dataset
    frame: pl.DataFrame
    findings: list[Finding] = field(default_factory=list)
    rejected: list[pl.DataFrame] = field(default_factory=list)

    def reject(self, rows: pl.DataFrame, reason: str) -> None:
        if rows.height:
            columns = [
                _without_point(name) if name == "value" else pl.col(name).cast(pl.String)
                for name in unusable.SCHEMA
                if name not in ("line", "reason")
            ]
            self.rejected.append(
                rows.select("line", *columns, reason=pl.lit(reason)).select(
                    [pl.col(name).cast(dtype) for name, dtype in unusable.SCHEMA.items()]
                )
            )


def _without_point(name: str) -> pl.Expr:
    """Whole numbers as people write them: 7, not 7.0."""
    number = pl.col(name)
    is_whole = (number == number.floor()) & (number.abs() < 1e15)
    whole = number.cast(pl.Int64, strict=False).cast(pl.String)
    return pl.when(is_whole).then(whole).otherwise(number.cast(pl.String)).alias(name)


def prepare(
    fitted: Fitted,
    table: Dataset,
    *,
    file_name: str,
    file_size: int,
    sha256: str,
    vintage: int | None,
    year: int,
    unreadable: Noted,
) -> Prepared:
    """Everything an import does before it stores. vintage: of NUTS, as asked for; year: this year.

    unreadable: the rows the reader could not use.
    """
    work = _Work(table, fitted.frame, list(fitted.findings))
    _take_what_was_unreadable(work, fitted.problems, fitted.frame.height)
    _check_years(work, year)
    _spell(work, "region", _spelt_region)
    if table.activity_scheme == "nace_r2":
        _spell(work, "activity", _spelt_activity)
    declared = _assign_vintages(work, vintage)
    if table.activity_scheme == "nace_r2":
        _check_activities(work)
    _take_each_cell_once(work)
    if not work.frame.height:
        raise TableDoesNotFit(_("No row of the file can be used; nothing is left to import."))
    thresholds = _thresholds(table)
    work.findings += checks.look_at_figures(
        work.frame, thresholds, declared=declared, placeless=_placeless(work.frame)
    )
    report = ImportReport(
        dataset=table.code,
        file_name=file_name,
        file_size=file_size,
        raw_sha256=sha256,
        format=fitted.format,
        nuts_declared=declared,
    )
    _compare_with_current(work, report, thresholds)
    refused = pl.concat(work.rejected) if work.rejected else pl.DataFrame(schema=unusable.SCHEMA)
    rejected = Unusable(refused, unreadable)
    _count(report, work, rejected)
    return Prepared(
        frame=work.frame.drop("line"),
        rejected=rejected,
        report=report,
        observations_sha256=store.observations_sha256(work.frame),
    )


# Rows ----------------------------------------------------------------------------------------------------


def _take_what_was_unreadable(work: _Work, problems: tuple[sources.Problem, ...], read: int) -> None:
    """The reader's problems, kind by kind, with the first of each."""
    bad = sum(problem.count for problem in problems)
    severity = STOP if bad > UNREADABLE_PERCENT / 100 * (bad + read) else WARNING
    by_kind: dict[str, list[sources.Problem]] = {}
    for problem in problems:
        by_kind.setdefault(problem.kind, []).append(problem)
    for kind, found in by_kind.items():
        values = list(dict.fromkeys(one.value for one in found if one.value))[:5]
        count = sum(one.count for one in found)
        lines = first_lines(one.line for one in found)
        work.findings.append(Finding(kind, severity, count, lines, {"values": values}))


def _check_years(work: _Work, year: int) -> None:
    wrong = work.frame.filter(~pl.col("year").is_between(1900, year + 1))
    if not wrong.height:
        return
    codes = sorted(str(one) for one in wrong["year"].unique())
    work.findings.append(
        Finding("implausible_years", STOP, wrong.height, first_lines(wrong["line"]), {"codes": codes[:10]})
    )
    work.reject(wrong, "implausible year")
    work.frame = work.frame.filter(pl.col("year").is_between(1900, year + 1))


def _spell(work: _Work, column: str, spelt: Callable[[str], str]) -> None:
    """Codes as Eurostat spells them, however the file does: bg31 is BG31, 14.1 is C141."""
    codes = work.frame[column].unique().cast(pl.String).to_list()
    spelling = {code: spelt(code) for code in codes}
    if all(code == new for code, new in spelling.items()):
        return
    words = pl.Enum(sorted(set(spelling.values())))
    work.frame = work.frame.with_columns(
        pl.col(column).cast(pl.String).replace_strict(spelling, return_dtype=pl.String).cast(words)
    )


def _spelt_region(code: str) -> str:
    """What is no code stays as it is written, so that it can be found in the file."""
    spelling = nuts.normalise(code)
    return spelling if nuts.exists(spelling) or _is_no_place(spelling) else code


def _spelt_activity(code: str) -> str:
    return code if nace.is_aggregate(code) or not nace.exists(code) else nace.parse(code).code


def _assign_vintages(work: _Work, asked: int | None) -> int:
    """Give every row the NUTS vintage its code belongs to; reject codes of no vintage. Returns the file's own."""
    codes = work.frame["region"].unique().cast(pl.String).to_list()
    places = [code for code in codes if not _is_no_place(code)]
    unknown = [code for code in places if not nuts.exists(code)]
    known = [code for code in places if nuts.exists(code)]
    declared = vintage_of_file(known, expected=work.table.nuts_vintage, asked=asked)
    _reject_codes(work, "region", unknown, "unknown_regions")
    by_code = {code: vintage_of_code(code, declared) for code in known}
    vintages = {code: by_code.get(code, declared) for code in codes}
    region = pl.col("region")
    work.frame = work.frame.with_columns(
        nuts=region.cast(pl.String).replace_strict(vintages, return_dtype=pl.Int16, default=declared)
    )
    if asked is None and declared != work.table.nuts_vintage:
        params = {"vintage": declared, "declared": work.table.nuts_vintage}
        work.findings.append(Finding("vintage_recognised", INFO, len(known), params=params))
    _name_other_vintages(work, declared)
    extra = work.frame.filter(
        pl.col("value").is_not_null()
        & region.cast(pl.String).is_in([c for c in codes if nuts.is_extra_regio(c)])
    )
    if extra.height:
        found = sorted(extra["region"].unique().cast(pl.String).to_list())
        work.findings.append(Finding("extra_regio", INFO, extra.height, params={"codes": found[:20]}))
    return declared


def vintage_of_file(codes: Collection[str], *, expected: int, asked: int | None) -> int:
    """The vintage a file is coded in: asked for, or expected if it has every code, or the newest that has.

    Where none has every code, the file mixes vintages: then the newest one that any of its codes needs, and
    never an older one than the catalogue expects.
    """
    if asked is not None:
        if asked not in nuts.VINTAGES:
            raise TableDoesNotFit(_unknown_vintage(asked))
        return asked
    complete = [vintage for vintage in nuts.VINTAGES if all(nuts.exists(code, vintage) for code in codes)]
    if expected in complete or not codes:
        return expected
    if complete:
        return complete[-1]
    return max(expected, *(nuts.vintages_of(code)[0] for code in codes))


def _unknown_vintage(asked: int) -> str:
    known = ", ".join(map(str, nuts.VINTAGES))
    return _("There is no NUTS %(asked)s; the vintages are %(known)s.") % {"asked": asked, "known": known}


def vintage_of_code(code: str, declared: int) -> int:
    """The file's vintage if it has the code, else the newest before it that has, else the oldest after it."""
    having = nuts.vintages_of(code)
    if declared in having:
        return declared
    earlier = [vintage for vintage in having if vintage < declared]
    return earlier[-1] if earlier else having[0]


def _name_other_vintages(work: _Work, declared: int) -> None:
    others = work.frame.filter(pl.col("nuts") != declared)
    for (vintage,), rows in sorted(others.group_by("nuts"), key=lambda group: group[0]):
        codes = sorted(rows["region"].unique().cast(pl.String).to_list())
        params = {"vintage": vintage, "declared": declared, "codes": _shortened(codes)}
        work.findings.append(
            Finding("other_vintage", WARNING, rows.height, first_lines(rows["line"].sort().head(100)), params)
        )


def _check_activities(work: _Work) -> None:
    codes = work.frame["activity"].unique().cast(pl.String).to_list()
    _reject_codes(work, "activity", [code for code in codes if not nace.exists(code)], "unknown_activities")


def _reject_codes(work: _Work, column: str, codes: list[str], kind: str) -> None:
    """Rows with codes that do not exist; if they hold figures, somebody must look before the version is used."""
    if not codes:
        return
    chosen = pl.col(column).cast(pl.String).is_in(codes)
    rows = work.frame.filter(chosen)
    severity = STOP if rows["value"].count() else WARNING
    params = {"codes": _shortened(sorted(codes))}
    work.findings.append(
        Finding(kind, severity, rows.height, first_lines(rows["line"].sort().head(100)), params)
    )
    work.reject(rows, {"region": "unknown region", "activity": "unknown activity"}[column])
    work.frame = work.frame.filter(~chosen)


def _take_each_cell_once(work: _Work) -> None:
    cell = list(checks.CELL)
    work.frame = work.frame.sort(*cell, "line")
    once = checks.deduplicate(work.frame)
    work.frame = once.frame
    work.findings += once.findings
    work.reject(once.conflicting, "stands more than once with different figures")


# Figures -------------------------------------------------------------------------------------------------


def _compare_with_current(work: _Work, report: ImportReport, thresholds: checks.Thresholds) -> None:
    current = work.table.current
    if current is None:
        report.new = work.frame.height
        return
    before = pl.scan_parquet(store.root() / current.folder / store.OBSERVATIONS, glob=False)
    found = checks.compare(
        work.frame,
        before,
        version=current.number,
        thresholds=thresholds,
        vanished_percent=VANISHED_PERCENT,
    )
    report.compared_with = current.number
    report.new, report.revised = found.new, found.revised
    report.vanished, report.unchanged = found.vanished, found.unchanged
    report.revisions = found.revisions
    work.findings += found.findings


def _count(report: ImportReport, work: _Work, rejected: Unusable) -> None:
    frame = work.frame
    report.rows = frame.height
    report.with_value = frame["value"].count()
    report.zeros = int((frame["value"] == 0).sum())
    report.states = {str(state): count for state, count in frame["state"].value_counts().iter_rows()}
    flags = sorted(frame["flag"].value_counts().iter_rows())
    report.flags = {flag: count for flag, count in flags if flag}
    report.years = sorted(frame["year"].unique().to_list())
    report.regions = frame["region"].n_unique()
    report.activities = frame["activity"].n_unique()
    report.nuts_rows = dict(sorted(frame["nuts"].value_counts().iter_rows()))
    report.rejected = rejected.count
    severity = {STOP: 0, WARNING: 1, INFO: 2}
    report.findings = sorted(work.findings, key=lambda finding: severity[finding.severity])


def _thresholds(table: Dataset) -> checks.Thresholds:
    return checks.Thresholds(
        kind=table.kind,
        plausible_min=table.plausible_min,
        plausible_max=table.plausible_max,
        suspicious_factor=table.suspicious_factor,
        suspicious_from=table.suspicious_from,
        sum_tolerance_percent=table.sum_tolerance_percent,
        sums=table.sums,
        has_activities=bool(table.activity_scheme),
    )


def _placeless(frame: pl.DataFrame) -> list[str]:
    return [code for code in frame["region"].unique().cast(pl.String).to_list() if _is_no_place(code)]


def _is_no_place(code: str) -> bool:
    return nuts.is_aggregate(code) or nuts.is_extra_regio(code)


def _shortened(codes: list[str]) -> list[str]:
    return codes if len(codes) <= 20 else [*codes[:20], "…"]
