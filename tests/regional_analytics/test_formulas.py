"""Formulas: what they say, what they refuse and where, and that they agree with hand, pandas and Python."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
import random

import numpy as np
import pytest

from regional_analytics import formulas
from regional_analytics.formulas import (
    SENTENCES,
    FormulaError,
    check,
    evaluate,
    grid,
    parse,
)

UNITS = {
    "jobs": "persons",
    "people": "persons",
    "gdp": "million euro",
    "rate": "%",
    "patents": None,
    "my-code": "persons",
}
NAN = float("nan")


def first_value(text: str) -> float:
    jobs = grid([[30.0]])
    return float(evaluate(parse(text), {"jobs": jobs}, [2015]).value.values[0, 0])


def refused(text: str, **options: object) -> FormulaError:
    with pytest.raises(FormulaError) as caught:
        check(parse(text), UNITS, **options)  # type: ignore[arg-type]
    return caught.value


# Reading ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2 + 3 * 4", 14),
        ("(2 + 3) * 4", 20),
        ("8 / 2 / 2", 2),
        ("8 − 2 − 1", 5),
        ("−2 × −3", 6),
        ("--2", 2),
        ("6 ÷ 3 · 2", 4),
        ("1e3 / 4", 250),
        ("-(2 + 1) * 2", -6),
    ],
)
def test_signs_bind_as_at_school(text: str, expected: float) -> None:
    assert first_value(f"{text} + 0 * jobs") == expected


def test_a_thousand_random_formulas_give_what_python_gives() -> None:
    """Python's own arithmetic as the second implementation; formulas are made of known figures only."""
    chance = random.Random(20261124)
    figures = {"a": grid([[3.0]]), "b": grid([[7.0]])}

    def made(depth: int) -> str:
        if depth == 0 or chance.random() < 0.2:
            return chance.choice(["a", "b", "2", "0.5", "10"])
        if chance.random() < 0.2:
            return f"-({made(depth - 1)})"
        return f"({made(depth - 1)}){chance.choice('+-*/')}{made(depth - 1)}"

    for _ in range(1000):
        text = f"a * 0 + {made(4)}"
        try:
            expected = eval(text, {"__builtins__": {}}, {"a": 3.0, "b": 7.0})
        except ZeroDivisionError:
            continue
        try:
            found = evaluate(parse(text), {key: figures[key] for key in "ab" if key in text}, [2015])
        except FormulaError as error:
            assert error.kind == "division_by_zero"
            continue
        assert found.value.values[0, 0] == pytest.approx(expected), text


def test_names_are_told_once_in_their_order_and_words_of_the_language_are_none() -> None:
    names = parse("composite(minmax, work=-rate, gdp) + rank(jobs, best=lowest) * rate").names
    assert [name.key for name in names] == ["rate", "gdp", "jobs"]


def test_a_code_with_a_hyphen_is_quoted_and_an_activity_stands_in_square_brackets() -> None:
    names = parse('"my-code"[B-E] / jobs[C14]').names
    assert [(name.code, name.activity, name.key) for name in names] == [
        ("my-code", "B-E", '"my-code"[B-E]'),
        ("jobs", "C14", "jobs[C14]"),
    ]


@pytest.mark.parametrize(
    ("text", "kind", "start"),
    [
        ("", "empty", 0),
        ("   ", "empty", 0),
        ("jobs +", "value_expected_at_end", 6),
        ("jobs + * 2", "value_expected", 7),
        ("jobs people", "operator_expected", 5),
        ("(jobs + 2", "bracket_not_closed", 0),
        ("jobs)", "bracket_not_opened", 4),
        ("1,5 * jobs", "comma_outside", 1),
        ("(1,5) * jobs", "comma_outside", 2),
        ("jobs ? 2", "unexpected_character", 5),
        ("jobs.__class__", "unexpected_character", 4),
        ("jobs ** 2", "value_expected", 6),
        ("'jobs'", "unexpected_character", 0),
        ('"jobs', "quote_not_closed", 0),
        ("jobs[]", "activity_expected", 4),
        ("1e999 * jobs", "number_too_large", 0),
        ("(" * 41 + "jobs" + ")" * 41, "too_deep", 40),
        ("-" * 200 + "jobs", "too_many_signs", 150),
        ("1+" * 600 + "jobs", "too_many_signs", 301),
        ("jobs" * 600, "too_long", 2000),
        ("lambda: 1", "unexpected_character", 6),
    ],
)
def test_what_cannot_be_read_is_refused_at_its_place(text: str, kind: str, start: int) -> None:
    with pytest.raises(FormulaError) as caught:
        parse(text)
    assert (caught.value.kind, caught.value.position[0]) == (kind, start)
    assert str(caught.value).startswith(f"Character {start + 1}: ")


def test_nothing_in_a_formula_reaches_python() -> None:
    for text in ("__import__(jobs)", "eval(jobs)", "open(jobs)", "exec(jobs)"):
        assert refused(text).kind == "unknown_function"
    assert refused("__builtins__").kind == "unknown_name"


# Checking -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kind", "place"),
    [
        ("jobz / people", "unknown_name_near", "jobz"),
        ("jobs / nothing_like_it", "unknown_name", "nothing_like_it"),
        ("mean(jobs)", "unknown_function", "mean"),
        ("share / 2", "function_without_brackets", "share"),
        ("2 + 3", "no_indicator", "2 + 3"),
        ("jobs / 0", "division_by_zero", "0"),
        ("jobs / (2 - 2)", "division_by_zero", "2 - 2"),
        ("ratio(jobs, 0)", "division_by_zero", "0"),
        ("share(jobs, 1 - 1)", "division_by_zero", "1 - 1"),
        ("per(jobs, 0, 1000)", "division_by_zero", "0"),
        ("jobs + gdp", "units_differ", "jobs + gdp"),
        ("2 * (jobs - rate)", "units_differ", "jobs - rate"),
        ("share(jobs, gdp)", "units_differ", "share(jobs, gdp)"),
        ("ratio(jobs)", "wrong_arguments", "ratio(jobs)"),
        ("per(jobs, people, people)", "plain_number_wanted", "people"),
        ("per(jobs, people, -1)", "plain_number_wanted", "-1"),
        ("index(jobs, 20)", "year_wanted", "20"),
        ("index(jobs, 2015.5)", "year_wanted", "2015.5"),
        ("change(jobs, 0)", "years_wanted", "0"),
        ("change(jobs, people)", "years_wanted", "people"),
        ("rank(jobs, people)", "wrong_arguments", "rank(jobs, people)"),
        ("rank(best=lowest, jobs)", "wrong_arguments", "rank(best=lowest, jobs)"),
        ("rank(jobs, best=fastest)", "word_wanted", "best=fastest"),
        ("rank(jobs, worst=lowest)", "unknown_option", "worst=lowest"),
        ("minmax(x=jobs)", "unknown_option", "x=jobs"),
        ("composite(best, jobs, rate)", "word_wanted", "best"),
        ("composite(jobs)", "wrong_arguments", "composite(jobs)"),
        ("composite(minmax, jobs / people, rate)", "part_without_name", "jobs / people"),
        ("composite(minmax, jobs, jobs)", "part_twice", "jobs"),
        (
            "composite(minmax, jobs, rate) + composite(minmax, gdp, rate)",
            "composite_twice",
            "composite(minmax, gdp, rate)",
        ),
        ("rank(composite(minmax, jobs, rate))", "composite_inside", "composite(minmax, jobs, rate)"),
        ("composite(as_is, jobs, rate)", "units_differ", "composite(as_is, jobs, rate)"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_the_very_words(text: str, kind: str, place: str) -> None:
    error = refused(text)
    start, end = error.position
    assert (error.kind, text[start:end]) == (kind, place)


def test_a_mistyped_name_is_answered_with_the_nearest_one() -> None:
    assert str(refused("peple / 2")) == "Character 1: There is no indicator “peple”. Did you mean “people”?"


@pytest.mark.parametrize(
    ("weights", "minimum", "kind"),
    [
        ({"jobs": 1}, None, "weight_missing"),
        ({"jobs": 1, "rate": 1, "gdp": 1}, None, "weight_unknown"),
        ({"jobs": 0, "rate": 1}, None, "weight_not_positive"),
        ({"jobs": NAN, "rate": 1}, None, "weight_not_positive"),
        ({}, 3, "minimum_out_of_range"),
        ({}, 0, "minimum_out_of_range"),
    ],
)
def test_weights_and_least_coverage_must_fit_the_parts(
    weights: dict[str, float], minimum: int | None, kind: str
) -> None:
    assert refused("composite(minmax, jobs, rate)", weights=weights, minimum=minimum).kind == kind


def test_weights_without_a_composite_mean_nothing() -> None:
    assert refused("jobs / people", weights={"jobs": 1}).kind == "weights_without_composite"


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("jobs / people", ""),
        ("gdp / people", "million euro per persons"),
        ("per(gdp, people, 1000)", "million euro per 1,000 persons"),
        ("jobs * gdp", "million euro · persons"),
        ("share(jobs, people)", "%"),
        ("change(gdp, 5)", "%"),
        ("difference(rate, 5)", "percentage points"),
        ("difference(gdp, 5)", "million euro"),
        ("100 - rate", "%"),
        ("index(jobs, 2015)", "index"),
        ("zscore(jobs)", "standard deviations"),
        ("composite(minmax, jobs, rate)", "points"),
        ("composite(as_is, jobs, people)", "persons"),
    ],
)
def test_the_unit_of_a_formula_follows_from_its_parts(text: str, unit: str) -> None:
    assert str(check(parse(text), UNITS).unit) == unit


def test_a_unit_nobody_knows_stays_unknown_and_holds_nothing_up() -> None:
    assert check(parse("patents / people"), UNITS).unit is None
    assert str(check(parse("patents + people"), UNITS).unit) == "persons"


def test_every_kind_of_error_can_be_said() -> None:
    details = dict.fromkeys(
        [
            "limit",
            "found",
            "name",
            "near",
            "functions",
            "usage",
            "option",
            "words",
            "left",
            "right",
            "minimum",
            "parts",
            "path",
        ],
        "X",
    )
    for kind in SENTENCES:
        assert "%(" not in FormulaError(kind, (0, 1), **details).sentence


def test_examples_of_the_package_are_true() -> None:
    found = [
        importlib.import_module(one.name)
        for one in pkgutil.walk_packages(formulas.__path__, f"{formulas.__name__}.")
    ]
    outcomes = [doctest.testmod(module, extraglobs={"np": np}) for module in found]
    assert sum(one.attempted for one in outcomes) >= 15
    assert sum(one.failed for one in outcomes) == 0
