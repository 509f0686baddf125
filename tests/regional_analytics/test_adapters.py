"""Adapters without the libraries they speak for: who is next to whom, what is refused, what is said of what is missing."""

from __future__ import annotations

import doctest
import importlib
import inspect
import os
import random
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import regional_analytics
from factories.neighbourhoods import checkerboard, lattice
from regional_analytics import Notes
from regional_analytics.adapters import borrowed, link_validation, neighbours, regionalisation, spatial
from regional_analytics.adapters.borrowed import NotInstalled, left_no_trace
from regional_analytics.adapters.neighbours import NotJoined, UnknownCell, neighbour_matrix
from regional_analytics.measures import NotAPresence, NotFinite, NotNeighbours, RefusedInput, WrongShape

MODULES = (borrowed, link_validation, neighbours, regionalisation, spatial)
COMPUTED = (
    spatial.morans_i,
    spatial.local_morans_i,
    spatial.getis_ord,
    spatial.local_getis_ord,
    spatial.join_counts,
    regionalisation.join_regions,
    regionalisation.max_p,
    link_validation.inferred_advantage,
    link_validation.validated_links,
)
SQUARES = lattice(2, 3)
FIGURE = np.array([1.0, 2.0, 3.0, 4.0, 5.0, 7.0])
TABLE = np.arange(12.0).reshape(4, 3) + 1
CALLS: dict[str, Callable[[], Any]] = {
    "esda.moran": lambda: spatial.morans_i(FIGURE, SQUARES, seed=1),
    "esda.getisord": lambda: spatial.getis_ord(FIGURE, SQUARES, seed=1),
    "esda.join_counts": lambda: spatial.join_counts(checkerboard(2, 3), SQUARES, seed=1),
    "libpysal.weights": lambda: neighbours.as_pysal(SQUARES),
    "spopt.region.skater": lambda: regionalisation.join_regions(FIGURE, SQUARES, 2, seed=1),
    "spopt.region": lambda: regionalisation.max_p(FIGURE, SQUARES, np.ones(6), 2, seed=1),
    "bicm": lambda: link_validation.inferred_advantage(TABLE),
}


@pytest.mark.parametrize("module", CALLS)
def test_a_missing_library_is_named_with_the_extra_that_brings_it(
    module: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = module.split(".")[0]
    for name in {module, package}:
        monkeypatch.setitem(sys.modules, name, None)
    extra = "validation" if package == "bicm" else "space"
    with pytest.raises(
        NotInstalled, match=rf'{package}, which is not installed.*"clusterpolisee\[{extra}\]"'
    ):
        CALLS[module]()


def test_extras_bring_what_the_adapters_borrow() -> None:
    extras = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text())["project"][
        "optional-dependencies"
    ]
    assert {name.split("~")[0].split(">")[0] for name in extras["space"]} == {"esda", "libpysal", "spopt"}
    assert [name.split("~")[0] for name in extras["validation"]] == ["bicm"]


def test_the_library_imports_no_adapter_and_an_adapter_no_library() -> None:
    listing = (
        "import sys, regional_analytics; print(*[m for m in sys.modules if 'analytics.adapters' in m]);"
        "from regional_analytics.adapters import spatial, regionalisation, link_validation;"
        "print(*{m.split('.')[0] for m in sys.modules} & {'esda', 'libpysal', 'spopt', 'bicm', 'pandas', 'numba'})"
    )
    done = subprocess.run(
        [sys.executable, "-c", listing],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(Path(regional_analytics.__file__).parents[1])},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == []


def test_what_a_library_draws_prints_and_changes_leaves_no_trace(capsys: pytest.CaptureFixture[str]) -> None:
    np.random.seed(5)
    random.seed(5)
    untouched = np.random.random(), random.random()
    np.random.seed(5)
    random.seed(5)
    with left_no_trace(7):
        print("Solver converged.")
        first = np.random.random(), random.random()
    with left_no_trace(7):
        assert (np.random.random(), random.random()) == first
    assert (np.random.random(), random.random()) == untouched
    assert capsys.readouterr().out == ""
    with pytest.raises(RefusedInput, match="-1 is no seed"), left_no_trace(-1):
        pass


# Who is next to whom ---------------------------------------------------------------------------------------


def test_lists_become_a_matrix_in_the_order_of_the_regions() -> None:
    lists = {"C": ["A"], "A": ["B", "C"]}
    assert neighbour_matrix(lists, ["A", "B", "C"]).tolist() == [[0, 1, 1], [0, 0, 0], [1, 0, 0]]
    assert neighbour_matrix({}, ["A"]).tolist() == [[0]]


def test_lists_that_cannot_be_are_refused_by_name() -> None:
    with pytest.raises(RefusedInput, match="name regions there are not, at BG99; XX"):
        neighbour_matrix({"BG31": ["XX", "BG32"], "BG99": []}, ["BG31", "BG32"])
    with pytest.raises(NotNeighbours, match="no neighbour of itself, at BG31"):
        neighbour_matrix({"BG31": ["BG31"]}, ["BG31"])
    with pytest.raises(RefusedInput, match="named twice"):
        neighbour_matrix({}, ["A", "A"])


@pytest.mark.parametrize(
    ("weights", "error"),
    [
        (SQUARES[:2], WrongShape),
        (-SQUARES, NotNeighbours),
        (SQUARES + np.eye(6), NotNeighbours),
        (np.ma.masked_equal(SQUARES, 1), NotNeighbours),
        (SQUARES * 0, NotNeighbours),
        (SQUARES * np.nan, NotFinite),
    ],
)
def test_weights_that_cannot_be_are_refused(weights: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        spatial.morans_i(FIGURE, weights, seed=1)


# Figures ---------------------------------------------------------------------------------------------------

BROKEN = [
    (np.ma.masked_equal(FIGURE, 3), UnknownCell, "unknown, at region 2"),
    (FIGURE * 0 + 4, RefusedInput, "same everywhere"),
    (FIGURE * np.nan, NotFinite, "not a finite number"),
    (np.ma.masked_greater(FIGURE, 0), UnknownCell, "unknown"),
    (FIGURE[:, None], RefusedInput, "One figure for each region"),
]


@pytest.mark.parametrize(("figure", "error", "words"), BROKEN)
@pytest.mark.parametrize(
    "measure", [spatial.morans_i, spatial.local_morans_i, spatial.getis_ord, spatial.local_getis_ord]
)
def test_figures_that_cannot_be_compared_in_space_are_refused(
    measure: Any, figure: Any, error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        measure(figure, SQUARES, seed=1)


def test_one_region_or_all_unknown_are_too_few() -> None:
    with pytest.raises(RefusedInput, match="Only 1 regions are known"):
        spatial.morans_i([1.0], [[0.0]], seed=1)
    with pytest.raises(RefusedInput, match="Only 0 regions are known"):
        spatial.morans_i(np.ma.masked_all(6), SQUARES, seed=1, unknown="leave_out")


def test_names_and_numbers_there_are_not_are_refused() -> None:
    for call, words in (
        (lambda: spatial.morans_i(FIGURE, SQUARES, seed=1, scaling="columns"), "no scaling"),  # type: ignore[arg-type]
        (lambda: spatial.morans_i(FIGURE, SQUARES, seed=1, permutations=0), "0 permutations"),
        (lambda: spatial.morans_i(FIGURE, SQUARES, seed=1, unknown="zero"), "cannot be treated"),  # type: ignore[arg-type]
        (lambda: spatial.getis_ord(FIGURE - 3, SQUARES, seed=1), "negative.*region 0; region 1"),
        (lambda: spatial.join_counts(FIGURE, SQUARES, seed=1), "0 or 1"),
        (lambda: regionalisation.join_regions(FIGURE, SQUARES, 2, seed=1, method="lucky"), "no method"),  # type: ignore[arg-type]
        (lambda: regionalisation.join_regions(FIGURE, SQUARES, 7, seed=1), "into 7"),
        (lambda: regionalisation.join_regions(FIGURE, SQUARES, 1, seed=1), "into 1"),
        (lambda: regionalisation.max_p(FIGURE, SQUARES, np.ones(6), 9, seed=1), "All together have 6"),
        (lambda: link_validation.validated_links(TABLE > 5, level=1.0), "A level of 1"),
        (lambda: link_validation.validated_links(TABLE > 5, layer="years"), "no layer"),  # type: ignore[arg-type]
        (lambda: link_validation.validated_links(TABLE > 99), "no two activities"),
        (lambda: link_validation.inferred_advantage(TABLE[:1]), "leaves chance no room"),
    ):
        with pytest.raises(RefusedInput, match=words):
            call()
    with pytest.raises(NotAPresence):
        link_validation.validated_links(TABLE)


def test_a_presence_that_all_or_none_have_is_refused() -> None:
    with pytest.raises(RefusedInput, match="same everywhere"):
        spatial.join_counts(np.ones(6), SQUARES, seed=1)
    alone = SQUARES.copy()
    alone[0] = alone[:, 0] = 0
    with pytest.raises(RefusedInput, match="All regions with neighbours have it, or none"):
        spatial.join_counts(np.eye(6)[0], alone, seed=1)
    with pytest.raises(NotNeighbours, match="both ways"):
        spatial.join_counts(checkerboard(2, 3), np.triu(SQUARES), seed=1)


def test_a_map_in_parts_is_refused_by_name() -> None:
    island = SQUARES.copy()
    island[5] = island[:, 5] = 0
    with pytest.raises(NotJoined, match=r"Nothing joins these.*at region 5"):
        regionalisation.join_regions(FIGURE, island, 2, seed=1)
    with pytest.raises(NotNeighbours, match="both ways, at region 0, neighbour 1"):
        regionalisation.join_regions(FIGURE, np.triu(SQUARES), 2, seed=1)
    left_out = np.ma.masked_equal(FIGURE, 2)
    corner = SQUARES.copy()
    corner[0, 3] = corner[3, 0] = 0
    with pytest.raises(NotJoined, match="at region 0"):  # without region 1 nothing leads to region 0
        regionalisation.join_regions(left_out, corner, 2, seed=1, unknown="leave_out")


def test_unknown_cells_are_refused_with_their_places() -> None:
    with pytest.raises(UnknownCell, match="region 0, activity 1"):
        link_validation.inferred_advantage(np.ma.masked_equal(TABLE, 2))
    with pytest.raises(UnknownCell, match="region 0, activity 1"):
        link_validation.validated_links(np.ma.MaskedArray(TABLE > 5, mask=TABLE == 2))
    with pytest.raises(RefusedInput, match="A size is unknown"):
        regionalisation.max_p(FIGURE, SQUARES, np.ma.masked_equal(np.arange(6.0), 2), 2, seed=1)


def test_what_is_left_out_is_noted_by_place() -> None:
    notes = Notes()
    placed = neighbours.read_placed(np.ma.masked_equal(FIGURE, 3), SQUARES, "The figure", "leave_out", notes)
    assert [note.positions for note in notes.of_kind("left_out")] == [((2,),)]
    assert placed.weights.shape == (5, 5)
    assert placed.spread(np.ones(5)).tolist() == [1, 1, None, 1, 1, 1]


# What is said of them --------------------------------------------------------------------------------------


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_examples_of_a_module_are_true(module: Any) -> None:
    assert doctest.testmod(importlib.import_module(module.__name__)).failed == 0


@pytest.mark.parametrize("function", COMPUTED, ids=lambda function: function.__name__)
def test_an_adapter_explains_itself_and_stands_on_its_page(function: Any) -> None:
    text = inspect.getdoc(function) or ""
    page = (Path(__file__).parents[2] / "docs" / "methods" / "adapters.md").read_text(encoding="utf-8")
    for word in ("Returns", "Raises", "Source:"):
        assert word in text, word
    assert re.search("(Computed|solved) by (esda|spopt|bicm)", text), "whose computation it is"
    assert "least" in text or " = " in text, "its formula"
    assert f"`{function.__name__}" in page
