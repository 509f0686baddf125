"""Each format becomes the same observations: files of a few cells, every one of which can be checked by eye."""

from __future__ import annotations

import doctest
import gzip
import importlib
import io
import pkgutil
import zipfile
from pathlib import Path
from types import ModuleType

import polars as pl
import pytest

from regional_analytics import sources
from regional_analytics.tables import OBSERVATION_SCHEMA

FIXTURES = Path(__file__).parent / "source_fixtures"


def rows(observations: pl.DataFrame) -> list[tuple[object, ...]]:
    return observations.rows()


def read(name: str) -> sources.Reading:
    return sources.read(FIXTURES / name, name=name)


def test_old_bulk_tsv_keeps_flags_and_tells_empty_cells_apart() -> None:
    reading = read("bulk_old_header.tsv")
    assert rows(reading.observations) == [
        ("BG31", "A", 2015, "THS.Y_GE15", 20.5, "reported", "", 2),
        ("BG31", "A", 2014, "THS.Y_GE15", 21.0, "reported", "b", 2),
        ("EL30", "A", 2015, "THS.Y_GE15", None, "not_published", "", 3),
        ("EL30", "A", 2014, "THS.Y_GE15", None, "confidential", "c", 3),
        ("BG31", "C", 2015, "THS.Y_GE15", None, "not_published", "bu", 4),
        ("BG31", "C", 2014, "THS.Y_GE15", 0.0, "reported", "", 4),
        ("EL30", "C", 2015, "THS.Y_GE15", 7.25, "estimated", "eu", 5),
        ("EL30", "C", 2014, "THS.Y_GE15", None, "not_applicable", "z", 5),
    ]
    assert (reading.format, reading.dimensions, reading.activity_dimension) == (
        "eurostat-tsv",
        ("unit", "age"),
        "nace_r2",
    )
    assert reading.problems == ()


def test_new_bulk_tsv_leaves_the_frequency_out_of_the_series() -> None:
    reading = read("bulk_new_header.tsv")
    assert rows(reading.observations) == [
        ("RO11", "A", 2014, "THS", 31.5, "reported", "p", 2),
        ("RO11", "A", 2015, "THS", 32.0, "reported", "", 2),
        ("RO12", "A", 2014, "THS", None, "confidential", "c", 3),
        ("RO12", "A", 2015, "THS", None, "not_published", "", 3),
    ]


def test_tsv_named_by_eurostat_says_which_table_it_is() -> None:
    content = (FIXTURES / "bulk_new_header.tsv").read_bytes()
    assert sources.read(content, name="estat_lfst_r_lfe2en2_en.tsv.gz").dataset_code == "lfst_r_lfe2en2"
    assert sources.read(content, name="employment_2015_raw.tsv").dataset_code is None


def test_sdmx_csv_1_knows_its_table_and_its_secrets() -> None:
    reading = read("sdmx_csv_1_0.csv")
    assert rows(reading.observations) == [
        ("BG31", "A", 2020, "THS", 12.5, "reported", "", 2),
        ("BG32", "A", 2020, "THS", 13.5, "estimated", "e", 3),
        ("BG31", "C", 2020, "THS", None, "confidential", "c", 4),
        ("BG32", "C", 2020, "THS", None, "not_published", "", 5),
    ]
    assert (reading.format, reading.dataset_code, reading.updated) == (
        "sdmx-csv-1",
        "made_up_table",
        "01/02/26 11:00:00",
    )


def test_sdmx_csv_1_with_labels_in_its_cells_gives_codes() -> None:
    reading = read("sdmx_csv_1_0_labels_in_cells.csv")
    assert rows(reading.observations) == [
        ("BG31", "C10-C12", 2020, "", 12.5, "reported", "b", 2),
        ("EL51", "C10-C12", 2020, "", 8.5, "reported", "", 3),
    ]
    assert reading.dataset_code == "made_up_table"


def test_sdmx_csv_2_passes_over_its_label_columns() -> None:
    reading = read("sdmx_csv_2_0_labels_both.csv")
    assert rows(reading.observations) == [
        ("BG31", "", 2020, "THS", 12.5, "reported", "", 2),
        ("BG32", "", 2020, "THS", 13.5, "estimated", "be", 3),
        ("BG33", "", 2020, "THS", None, "confidential", "c", 4),
    ]
    assert (reading.format, reading.dataset_code, reading.title, reading.dimensions) == (
        "sdmx-csv-2",
        "made_up",
        "Jobs, by region",
        ("unit",),
    )


def test_sdmx_csv_2_without_labels_is_read_as_well() -> None:
    reading = read("sdmx_csv_2_0_codes_only.csv")
    assert rows(reading.observations) == [("BG31", "", 2020, "THS", 12.5, "reported", "", 2)]
    assert reading.dimensions == ("unit",)


def test_jsonstat_cell_that_the_sparse_object_leaves_out_is_not_published() -> None:
    reading = read("jsonstat_sparse.json")
    assert rows(reading.observations) == [
        ("BG31", "A", 2020, "THS", 12.5, "reported", "", 1),
        ("EL51", "A", 2020, "THS", 0.0, "reported", "", 2),
        ("BG31", "C", 2020, "THS", None, "confidential", "c", 3),
        ("EL51", "C", 2020, "THS", 8.25, "estimated", "be", 4),
    ]
    assert (reading.dataset_code, reading.title, reading.updated) == (
        "made_up",
        "Made-up jobs",
        "2026-02-01T11:00:00+0100",
    )


@pytest.mark.parametrize(
    ("value", "status", "expected"),
    [
        ("[1, null]", '["p", "c"]', [(1.0, "reported", "p"), (None, "confidential", "c")]),
        ('{"1": 2}', '"e"', [(None, "not_published", "e"), (2.0, "estimated", "e")]),
        ("[]", "{}", [(None, "not_published", ""), (None, "not_published", "")]),
    ],
)
def test_jsonstat_values_and_status_may_be_lists_objects_or_one_text(
    value: str, status: str, expected: list[tuple[object, ...]]
) -> None:
    text = (
        '{"class": "dataset", "version": "2.0", "id": ["place", "when"], "size": [2, 1], '
        '"role": {"geo": ["place"], "time": ["when"]}, "dimension": {'
        '"place": {"category": {"index": ["BG31", "BG32"]}}, "when": {"category": {"index": ["2020"]}}}, '
        f'"value": {value}, "status": {status}}}'
    )
    assert sources.read(text.encode()).observations.select("value", "state", "flag").rows() == expected


def test_tidy_csv_with_bulgarian_headings_and_decimal_commas_is_understood() -> None:
    reading = read("tidy_decimal_comma.csv")
    assert rows(reading.observations) == [
        ("BG31", "A", 2020, "x", 1234.5, "reported", "", 4),
        ("BG31", "C", 2020, "x", 7.25, "reported", "b", 5),
        ("BG32", "C", 2020, "x", None, "not_published", "", 6),
        ("BG32", "A", 2020, "x", 280.4, "estimated", "e", 7),
    ]
    assert (reading.dataset_code, reading.title, reading.decimal) == ("made_up", "Нещо измислено", ",")
    assert reading.comments == ("table: made_up", "title: Нещо измислено")


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("heading", ["geo,year,value", "NUTS_ID,TIME,OBS_VALUE", "Code,Period,Values"])
def test_table_of_one_cell_is_read_whatever_its_separator_and_headings(separator: str, heading: str) -> None:
    text = f"{heading}\nBG31,2015,7.5\n".replace(",", separator)
    reading = sources.read(text.encode())
    assert rows(reading.observations) == [("BG31", "", 2015, "", 7.5, "reported", "", 2)]
    assert reading.observations.schema == OBSERVATION_SCHEMA


def test_columns_with_other_names_make_up_the_series_constant_or_not() -> None:
    reading = sources.read(b"unit,geo,sex,year,value\nTHS,BG31,F,2015,1\nTHS,BG31,M,2015,2\n")
    assert reading.dimensions == ("unit", "sex")
    assert reading.observations["series"].to_list() == ["THS.F", "THS.M"]


def test_columns_with_unusual_names_can_be_named() -> None:
    text = b"where,branch,year,value\nBG31,A,2015,1\n"
    reading = sources.read(text, region_column="where", activity_column="branch")
    assert rows(reading.observations) == [("BG31", "A", 2015, "", 1.0, "reported", "", 2)]
    assert (reading.activity_dimension, reading.dimensions) == ("branch", ())


def test_state_column_of_our_own_exports_is_understood() -> None:
    text = b"region,year,value,state,flag\nBG31,2015,,confidential,\nBG32,2015,3,estimated,b\nBG33,2015,4,reported,\n"
    assert sources.read(text).observations.select("state", "flag").rows() == [
        ("confidential", "c"),
        ("estimated", "be"),
        ("reported", ""),
    ]


def test_quoted_cells_may_hold_separators_quotes_and_newlines() -> None:
    text = b'geo,note,year,value\nBG31,"one, ""two""\nthree",2015,1\nBG32,plain,2015,"2"\n'
    assert sources.read(text).observations.select("series", "value", "line").rows() == [
        ('one, "two"\nthree', 1.0, 2),
        ("plain", 2.0, 4),
    ]


ONE_CELL = b"geo,year,value\nBG31,2015,7.5\n"


def zipped(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("_", "."), content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        ONE_CELL,
        memoryview(ONE_CELL),
        gzip.compress(ONE_CELL, mtime=0),
        memoryview(gzip.compress(ONE_CELL, mtime=0)),
        gzip.compress(ONE_CELL[:9], mtime=0) + gzip.compress(ONE_CELL[9:], mtime=0),
        gzip.compress(ONE_CELL, mtime=0) + bytes(512),
        zipped(table_csv=ONE_CELL),
        b"\xef\xbb\xbf" + ONE_CELL,
        ONE_CELL.decode().encode("utf-16"),
        ONE_CELL.replace(b"\n", b"\r\n"),
        ONE_CELL.replace(b"\n", b"\r"),
        ONE_CELL.rstrip(),
        ONE_CELL + b"\n\n",
        ONE_CELL + b",,\n,,\r\n",
    ],
    ids=[
        *(
            "plain",
            "view",
            "gzip",
            "view of gzip",
            "two gzip members",
            "gzip with padding",
            "zip",
            "UTF-8 mark",
        ),
        *("UTF-16", "CRLF", "CR", "no last newline", "blank lines", "blank rows"),
    ],
)
def test_wrapping_and_line_ends_make_no_difference(content: bytes | memoryview, tmp_path: Path) -> None:
    expected = [("BG31", "", 2015, "", 7.5, "reported", "", 2)]
    reading = sources.read(content)
    assert rows(reading.observations) == expected
    assert reading.problems == ()
    (tmp_path / "file").write_bytes(content)
    assert rows(sources.read(tmp_path / "file").observations) == expected


def test_table_longer_than_a_block_has_every_row_once_and_in_order() -> None:
    count = 60_000
    lines = [f"BG{row % 997:03d},{2000 + row % 20},{row}.25" for row in range(count)]
    found = sources.read(("geo,year,value\n" + "\n".join(lines)).encode()).observations
    assert found["value"].to_list() == [row + 0.25 for row in range(count)]
    assert found["line"].to_list() == list(range(2, count + 2))
    assert found["region"].to_list() == [f"BG{row % 997:03d}" for row in range(count)]


def test_long_codes_are_told_apart_though_they_begin_and_end_alike() -> None:
    codes = [f"A_VERY_LONG_CODE_{middle:05d}_OF_SOMETHING" for middle in range(3000)]
    text = "geo,what,year,value\n" + "".join(f"BG31,{code},2015,1\n" for code in codes * 2)
    assert sources.read(text.encode()).observations["series"].to_list() == codes * 2


def test_number_is_what_python_reads_in_its_digits() -> None:
    written = [
        "0",
        "-1",
        "0.1",
        "-0.25",
        "123456789012345",
        "0.000000000000001",
        "12345678901234567890",
        "1e3",
        ".5",
        "5.",
    ]
    text = "geo,year,value\n" + "".join(f"BG31,2015,{number}\n" for number in written)
    assert sources.read(text.encode()).observations["value"].to_list() == [
        float(number) for number in written
    ]


def test_reading_twice_gives_the_same(tmp_path: Path) -> None:
    content = (FIXTURES / "bulk_old_header.tsv").read_bytes()
    assert sources.read(content).observations.equals(sources.read(content).observations)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("bulk_old_header.tsv", "eurostat-tsv"),
        ("bulk_new_header.tsv", "eurostat-tsv"),
        ("sdmx_csv_1_0.csv", "sdmx-csv-1"),
        ("sdmx_csv_1_0_labels_in_cells.csv", "sdmx-csv-1"),
        ("sdmx_csv_2_0_labels_both.csv", "sdmx-csv-2"),
        ("jsonstat_sparse.json", "jsonstat-2"),
        ("tidy_decimal_comma.csv", "tidy-csv"),
    ],
)
def test_format_is_told_by_the_content_whatever_the_name(name: str, expected: str) -> None:
    assert sources.detect_format((FIXTURES / name).read_bytes(), "misleading.xlsx") == expected


MODULES = [
    importlib.import_module(found.name)
    for found in pkgutil.iter_modules(sources.__path__, "regional_analytics.sources.")
]


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__.rpartition(".")[2])
def test_examples_in_docstrings_are_true(module: ModuleType) -> None:
    assert doctest.testmod(module).failed == 0
