"""Bad input: a whole file is refused with a sentence, a bad row is set aside beside the good ones."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from regional_analytics import sources

FIXTURES = Path(__file__).parent / "source_fixtures"
ONE_CELL = b"geo,year,value\nBG31,2015,7.5\n"


def refusal(content: bytes, **options: object) -> sources.SourceError:
    with pytest.raises(sources.SourceError) as caught:
        sources.read(content, **options)  # type: ignore[arg-type]
    return caught.value


def zipped(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


# Whole files -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("content", [b"", b" \n\r\n", gzip.compress(b"", mtime=0), b"\xef\xbb\xbf"])
def test_empty_file_is_called_empty(content: bytes) -> None:
    assert isinstance(refusal(content), sources.EmptyFile)


def test_gzip_whose_end_is_missing_is_called_cut_off() -> None:
    error = refusal(gzip.compress((FIXTURES / "bulk_old_header.tsv").read_bytes())[:-12])
    assert isinstance(error, sources.TruncatedFile)
    assert "the end is missing" in str(error)


def test_gzip_with_a_damaged_byte_is_called_damaged() -> None:
    packed = bytearray(gzip.compress(ONE_CELL * 50))
    packed[-6] ^= 0xFF  # in the check sum
    assert isinstance(refusal(bytes(packed)), sources.TruncatedFile)


def test_zip_that_is_cut_off_is_called_damaged() -> None:
    assert isinstance(refusal(zipped({"table.csv": ONE_CELL})[:-30]), sources.TruncatedFile)


def test_json_that_is_cut_off_is_called_cut_off() -> None:
    assert isinstance(refusal((FIXTURES / "jsonstat_sparse.json").read_bytes()[:-40]), sources.TruncatedFile)


@pytest.mark.parametrize(
    ("encoding", "word", "guess"),
    [
        ("cp1251", "Северозападен район за планиране", "Windows-1251"),
        ("cp1253", "Ανατολική Μακεδονία και Θράκη", "Windows-1253"),
        ("cp1250", "Čakovec, Međimurska županija, Timiş", "Windows-1250"),
    ],
)
def test_wrong_encoding_is_located_and_guessed(encoding: str, word: str, guess: str) -> None:
    error = refusal(f"geo,note,year,value\nBG31,ok,2015,1\nBG32,{word},2015,2\n".encode(encoding))
    assert isinstance(error, sources.WrongEncoding)
    first = next(place for place, letter in enumerate(word) if ord(letter) > 127)
    # 20 bytes of header, 15 of the first row, 5 of “BG32,”
    assert error.params == {"position": 41 + first, "line": 3, "guess": guess}


def test_utf_16_without_its_mark_is_recognised() -> None:
    error = refusal(ONE_CELL.decode().encode("utf-16-le"))
    assert isinstance(error, sources.WrongEncoding)
    assert "UTF-16" in str(error)


def test_web_page_instead_of_data_is_quoted_by_its_title() -> None:
    error = refusal((FIXTURES / "web_page.html").read_bytes())
    assert isinstance(error, sources.WebPageInsteadOfData)
    assert "“Sorry, the service is down”" in str(error)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b'{"error":[{"status":400,"id":100,"label":"Dataset not found"}]}', "Dataset not found"),
        (
            b"<S:Fault><faultcode>100</faultcode><faultstring>No results found</faultstring></S:Fault>",
            "No results",
        ),
    ],
)
def test_message_of_the_service_is_repeated(content: bytes, expected: str) -> None:
    error = refusal(content)
    assert isinstance(error, sources.ErrorAnswer)
    assert expected in str(error)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (zipped({"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"<x/>"}), "an Excel workbook"),
        (zipped({"mimetype": b"x", "META-INF/manifest.xml": b"<x/>"}), "an OpenDocument file"),
        (b"PAR1\x15\x04", "a Parquet file"),
        (b'<mes:GenericData xmlns:mes="http://www.sdmx.org/resources/sdmxml">', "SDMX-ML (XML)"),
        (b'{"version":"2.0","class":"collection","link":{}}', "a JSON-stat collection"),
    ],
)
def test_format_that_is_known_but_not_read_is_named(content: bytes, expected: str) -> None:
    error = refusal(content)
    assert isinstance(error, sources.OtherFormat)
    assert error.params["format"] == expected


def test_json_stat_of_the_first_version_is_called_retired() -> None:
    old = b'{"made_up": {"value": [1], "dimension": {"id": ["geo"], "size": [1], "geo": {"category": {}}}}}'
    error = refusal(old)
    assert isinstance(error, sources.RetiredFormat)
    assert "JSON-stat 1" in str(error) and "JSON-stat 2.0" in str(error)


@pytest.mark.parametrize(
    "content", [b"\x00\x01\x02\x03" * 9, b"just a sentence", b"{}", b"[1, 2]", b"<note/>"]
)
def test_what_is_no_table_is_called_unreadable(content: bytes) -> None:
    assert isinstance(refusal(content, name="file.bin"), sources.UnreadableFile)


def test_zip_with_two_files_names_them() -> None:
    error = refusal(zipped({"one.csv": ONE_CELL, "two.csv": ONE_CELL}))
    assert isinstance(error, sources.SeveralFiles)
    assert "one.csv, two.csv" in str(error)


@pytest.mark.parametrize("pack", [gzip.compress, lambda content: zipped({"bomb.csv": content})])
def test_bomb_is_not_unpacked_past_its_bound(pack: object) -> None:
    packed = pack(ONE_CELL + b"BG31,2015,1\n" * 400_000)  # type: ignore[operator]  # 4.8 MB of 12 bytes, again and again
    limits = sources.Limits(max_ratio=20, free_bytes=1 << 20)
    error = refusal(packed, limits=limits)
    assert isinstance(error, sources.FileTooLarge)
    assert error.params == {"limit": 1 << 20, "packed": len(packed)}


def test_bomb_in_json_is_bounded_too() -> None:
    packed = gzip.compress(b'{"class": "dataset", "value": [' + b"1," * 2_000_000)
    assert isinstance(refusal(packed, limits=sources.Limits(max_bytes=1 << 20)), sources.FileTooLarge)


def test_cube_that_claims_more_cells_than_it_could_list_is_refused() -> None:
    codes = ", ".join(f'"{code}"' for code in range(1000))
    dimension = f'{{"category": {{"index": [{codes}]}}}}'
    text = (
        '{"version": "2.0", "class": "dataset", "id": ["geo", "time", "a"], "size": [1000, 1000, 1000], '
        f'"dimension": {{"geo": {dimension}, "time": {dimension}, "a": {dimension}}}, "value": {{}}}}'
    )
    error = refusal(text.encode())
    assert isinstance(error, sources.TooManyCells)
    assert error.params["cells"] == 10**9


def test_columns_that_are_there_are_listed_when_one_is_lacking() -> None:
    error = refusal(b"place,year,value\nBG31,2015,1\n")
    assert isinstance(error, sources.DimensionsUnclear)
    assert error.params["lacking"] == "regions"
    assert "place, year, value" in str(error)
    assert refusal(b"geo,value,unit\nBG31,1,THS\n").params["lacking"] == "years"
    assert refusal(b"geo,year,unit\nBG31,2015,THS\n").params["lacking"] == "values"
    assert refusal(b"unit,sex\\TIME_PERIOD\t2015\nTHS,F\t1\n").params["lacking"] == "regions"


def test_table_of_months_is_not_taken_for_one_of_years() -> None:
    error = refusal(b"freq,unit,geo\\TIME_PERIOD\t2015-01 \t2015-02 \nM,THS,BG31\t1 \t2 \n")
    assert isinstance(error, sources.DimensionsUnclear)
    assert error.params["lacking"] == "years"


def test_quotation_mark_that_is_never_closed_is_located() -> None:
    error = refusal(b'geo,note,year,value\nBG31,fine,2015,1\nBG32,"not closed,2015,2\nBG33,fine,2015,3\n')
    assert isinstance(error, sources.EndlessRow)
    assert error.params == {"line": 3}


def test_quotation_mark_in_a_heading_of_two_lines_is_no_obstacle() -> None:
    reading = sources.read(b'geo,"the\nyear",year,value\nBG31,x,2015,1\n')
    assert reading.observations.select("region", "value", "line").rows() == [("BG31", 1.0, 3)]
    assert refusal(b'geo,"year,value\nBG31,2015,1\n').params == {"line": 1}


# Rows and cells --------------------------------------------------------------------------------------------


def problems(reading: sources.Reading) -> list[tuple[str, int, str, str, int]]:
    return [(one.kind, one.line, one.column, one.value, one.count) for one in reading.problems]


def test_bad_rows_are_set_aside_and_the_good_ones_kept() -> None:
    reading = sources.read(
        b"geo,year,value,flag\n"
        b"BG31,2015,1,\n"
        b",2015,2,\n"
        b"BG32,2015-Q1,3,\n"
        b"BG32,2015M01,3,\n"
        b"BG33,2015,four,\n"
        b"BG34,2015,NaN,\n"
        b"BG34,2015,inf,\n"
        b"BG41,2015,7\n"
        b"BG42,2015,8,,9\n"
        b"BG43,2015,9,quite\n"
        b"BG44,2015.0,10,p\n"
    )
    assert reading.observations.select("region", "value", "line").rows() == [
        ("BG31", 1.0, 2),
        ("BG44", 10.0, 12),
    ]
    assert problems(reading) == [
        ("missing-region", 3, "geo", "", 1),
        ("bad-year", 4, "year", "2015-Q1", 1),
        ("bad-year", 5, "year", "2015M01", 1),
        ("not-a-number", 6, "value", "four", 1),
        ("not-finite", 7, "value", "NaN", 1),
        ("not-finite", 8, "value", "inf", 1),
        ("row-too-short", 9, "", "", 1),
        ("row-too-long", 10, "", "", 1),
        ("not-a-flag", 11, "flag", "quite", 1),
    ]
    assert str(reading.problems[1]) == (
        "Line 4, column year: “2015-Q1” is not a year. Only annual figures are read: write 2015."
    )


def test_bad_cell_of_a_wide_table_names_its_year_and_spares_its_neighbours() -> None:
    reading = sources.read(b"unit,geo\\time\t2015 \t2014 \t2014Q4 \nTHS,BG31\t1 \toops \t3 \nTHS,BG32\t4 \n")
    assert reading.observations.select("region", "year", "value").rows() == [("BG31", 2015, 1.0)]
    assert problems(reading) == [
        ("bad-year", 1, "time", "2014Q4", 1),
        ("not-a-number", 2, "2014", "oops", 1),
        ("row-too-short", 3, "", "", 1),
    ]


def test_many_problems_of_one_kind_are_listed_first_and_then_counted() -> None:
    text = "geo,year,value\n" + "BG31,2015,many\n" * 1000
    found = sources.read(text.encode()).problems
    assert len(found) == 20
    assert found[-1].count == 981
    assert sum(one.count for one in found) == 1000
    assert str(found[-1]).endswith("(980 more like it.)")


def test_cells_of_jsonstat_that_are_no_figures_are_set_aside() -> None:
    text = (FIXTURES / "jsonstat_sparse.json").read_text()
    text = text.replace('"0": 12.5, "1": 0', '"0": NaN, "1": "many", "9": 1')
    reading = sources.read(text.encode())
    assert reading.observations["value"].to_list() == [None, None, None, 8.25]
    assert problems(reading) == [
        ("not-finite", 1, "value", "NaN", 1),
        ("not-a-number", 2, "value", "many", 1),
        ("no-such-cell", 10, "value", "1", 1),
    ]


def test_duplicated_cells_are_listed_with_their_lines() -> None:
    reading = sources.read(b"geo,year,value\nBG31,2015,1\nBG32,2015,2\nBG31,2015,3\n")
    assert reading.observations.height == 3
    assert sources.duplicates(reading.observations).rows() == [("BG31", "", 2015, "", [2, 4])]


def test_negative_employment_can_be_asked_for() -> None:
    reading = sources.read(b"geo,year,value\nBG31,2015,1\nBG32,2015,-2\n")
    assert sources.negatives(reading.observations)["line"].to_list() == [3]


def test_wish_that_makes_no_sense_is_refused_at_once() -> None:
    with pytest.raises(ValueError, match="choose one of"):
        sources.read(ONE_CELL, format="excel")
    with pytest.raises(ValueError, match="decimal sign"):
        sources.read(ONE_CELL, decimal=";")


# Anything --------------------------------------------------------------------------------------------------

BEGINNINGS = st.sampled_from(
    [
        b"",
        b"geo,year,value\n",
        b"a,geo\\time\t2015 \n",
        b"\x1f\x8b\x08",
        b"PK\x03\x04",
        b"{",
        b"\xff\xfe",
        b"<",
        ONE_CELL,
    ]
)


@given(BEGINNINGS, st.binary(max_size=400))
@example(b"geo,year,value\n", b'BG31,2015,"')
@example(b"PK\x03\x04", b"PK\x05\x06" + bytes(18))
def test_any_bytes_are_read_or_refused_with_a_reason(beginning: bytes, rest: bytes) -> None:
    try:
        reading = sources.read(beginning + rest)
    except sources.SourceError as error:
        assert str(error)
    else:
        assert reading.observations["value"].is_nan().sum() == 0


@given(st.text(alphabet='BG31,;\t\n\r"0123456789.:-# ebcñя', max_size=300))
def test_any_rows_under_a_good_header_are_read_or_refused_with_a_reason(rows: str) -> None:
    try:
        sources.read(("geo,year,value\n" + rows).encode())
    except sources.SourceError as error:
        assert str(error)


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(max_size=5), lambda x: st.lists(x, max_size=3)
    )
)
def test_any_value_in_a_cube_is_read_or_refused_with_a_reason(value: object) -> None:
    import json

    cube = json.loads((FIXTURES / "jsonstat_sparse.json").read_text())
    for field in ("value", "status", "size", "id", "role"):
        try:
            sources.read(json.dumps(cube | {field: value}).encode())
        except sources.SourceError as error:
            assert str(error)
