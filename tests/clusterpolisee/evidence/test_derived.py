"""Derived indicators: written, published, computed from the versions in use, cited with the formula they had."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import polars as pl
import pytest
from django.utils.translation import override

from clusterpolisee.evidence import queries, store
from clusterpolisee.evidence.actions import Source, accept_version, import_file
from clusterpolisee.evidence.citing import cite_figure
from clusterpolisee.evidence.defining import (
    CannotBeDefined,
    Written,
    discard_draft,
    look_at,
    publish_derived,
    save_draft,
    start_derived,
)
from clusterpolisee.evidence.derived_plans import defined, plan_over
from clusterpolisee.evidence.derived_seeding import load_derived_indicators
from clusterpolisee.evidence.derived_tables import DerivedTable, table_of
from clusterpolisee.evidence.derived_words import _sentences
from clusterpolisee.evidence.figure_cards import card_of, compared_with_newest, frozen_card
from clusterpolisee.evidence.figures import FigureNotFound, FigureRef, resolve
from clusterpolisee.evidence.models import (
    Citation,
    DefinitionIsPublished,
    DerivedIndicator,
    DerivedVersion,
    State,
)
from clusterpolisee.shell.accounts.models import User
from clusterpolisee.shell.accounts.permissions import NotAllowed
from clusterpolisee.shell.accounts.queries import operator
from clusterpolisee.shell.accounts.roles import Role
from clusterpolisee.shell.history.queries import events_of
from factories.evidence import analyst, person
from regional_analytics.formulas import SENTENCES

pytestmark = pytest.mark.usefixtures("world")

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
OUTPUT = FigureRef("derived", "gdp_per_person_employed", "BG31", 2024, 2015)
CONDITIONS = FigureRef("derived", "conditions_for_innovation", "BG31", 2024, 2024)


def written(formula: str, **fields: object) -> Written:
    return Written(formula=formula, labels={"en": "Test", "bg": "Опит"}, **fields)  # type: ignore[arg-type]


def published(code: str, formula: str, **fields: object) -> DerivedVersion:
    draft = start_derived(actor=analyst(), code=code, written=written(formula, **fields), now=NOW)
    return publish_derived(actor=analyst(), derived=draft.derived, now=NOW)


def computed(code: str, year: int) -> tuple[DerivedTable, int]:
    """All regions of level 2, and the row of a year."""
    found = defined(code)
    assert found is not None
    table = table_of(plan_over(found.version, found.parts)[0], 2, 2024)
    return table, table.years.index(year)


def in_use(code: str) -> DerivedVersion:
    found = defined(code)
    assert found is not None
    return found.version


# Values -------------------------------------------------------------------------------------------------


def test_output_per_person_employed_worked_by_hand() -> None:
    """3,089.1 million euro by 280,400 people: 11,016.76 euro each."""
    figure = resolve(OUTPUT)
    assert figure.value == pytest.approx(3089.1e6 / 280_400)
    assert [(part.value, part.ref and part.ref.measure) for part in figure.parts] == [
        (3089.1, "observation"),
        (280_400.0, "observation"),
    ]
    assert [version.dataset.code for version in figure.versions] == ["nama_10r_2gdp", "lfst_r_lfe2en2"]


def test_every_part_on_the_card_has_its_own_source() -> None:
    card = card_of(resolve(OUTPUT))
    assert [line.origin for line in card.lines] == [
        "Eurostat nama_10r_2gdp, version 1",
        "Eurostat lfst_r_lfe2en2, version 1",
    ]
    assert card.title == "GDP per person employed · Severozapaden (BG31) · 2015"
    assert card.formula == "per(1000000 * gdp_million_eur, employment)"
    assert card.formula_words == "1,000,000 × GDP (nama_10r_2gdp, 2015) ÷ Employment (lfst_r_lfe2en2, 2015)"


def test_values_of_a_level_agree_with_the_tables_read_by_another_road() -> None:
    """The same quotient by a join of the two stored tables, without the library."""
    found, row = computed("gdp_per_inhabitant_eur", 2020)
    gdp, people = (
        store.observations(queries.current_version(code), series=[series], years=[2020])  # type: ignore[arg-type]
        .filter(pl.col("region").str.len_chars() == 4)
        .select("region", "value")
        for code, series in (("nama_10r_2gdp", "MIO_EUR"), ("demo_r_d2jan", "NR.T.TOTAL"))
    )
    joined = gdp.join(people, on="region", suffix="_people").drop_nulls()
    by_region = dict(zip(joined["region"], 1e6 * joined["value"] / joined["value_people"], strict=True))
    known = {code: found.value(row, at) for at, code in enumerate(found.regions)}
    shared = [code for code, value in known.items() if code in by_region and value is not None]
    assert len(shared) > 150
    for code in shared:
        assert known[code] == pytest.approx(by_region[code])


def test_a_composite_agrees_with_its_parts_by_hand_and_says_how_many_it_has() -> None:
    found, row = computed("conditions_for_innovation", 2015)
    assert found.result.parts == ("income", "skills", "research", "work")
    place = found.regions.index("BG31")
    lines = [part.value for part in resolve(replace(CONDITIONS, year=2015)).parts[4:]]
    known = [one for one in lines if one is not None]
    assert found.value(row, place) == pytest.approx(sum(known) / len(known))
    assert len(known) == found.result.parts_known[row, place]
    values = found.result.value.masked[row]
    assert 0 <= float(values.min()) <= float(values.max()) <= 100


def test_below_the_least_coverage_a_composite_is_empty_and_never_zero() -> None:
    found, row = computed("conditions_for_innovation", 2024)
    few = [at for at, known in enumerate(found.result.parts_known[row]) if 0 < known < 3]
    assert few and all(found.value(row, at) is None for at in few)
    assert {found.state(row, at) for at in few} == {"not_published"}
    figure = resolve(replace(CONDITIONS, region=found.regions[few[0]]))
    assert figure.value is None and "Too few of its parts are known." in figure.coverage


def test_no_growth_is_told_across_a_break_of_the_table() -> None:
    """The survey of BG31 breaks in 2010 and 2011: 2013 against 2010 is no fact, 2015 against 2012 is."""
    published("jobs_change", "change(employment, 3)")
    across = resolve(FigureRef("derived", "jobs_change", "BG31", 2024, 2013))
    assert (across.value, across.state) == (None, "not_applicable")
    assert "There is a break in series between the years it compares." in across.coverage
    within = resolve(FigureRef("derived", "jobs_change", "BG31", 2024, 2015))
    now, then = (part.value for part in within.parts)
    assert [part.name for part in within.parts] == ["Employment, 2015", "Employment, 2012"]
    assert within.value == pytest.approx(100 * (now - then) / then)  # type: ignore[operator]


def test_a_derived_indicator_can_be_made_of_another_one() -> None:
    published("half_the_output", "gdp_per_person_employed / 2")
    figure = resolve(replace(OUTPUT, indicator="half_the_output"))
    assert figure.value == pytest.approx(3089.1e6 / 280_400 / 2)
    assert figure.parts[0].ref == OUTPUT and len(figure.versions) == 2


def test_one_activity_can_be_named_in_a_formula() -> None:
    published("food_share", "share(persons_employed[C10], persons_employed[C14])")
    assert resolve(FigureRef("derived", "food_share", "BG31", 2024, 2015)).value is not None


def test_what_no_table_knows_is_a_sentence_and_not_a_number() -> None:
    for ref in (
        replace(OUTPUT, region="XX99"),
        replace(OUTPUT, year=1999),
        replace(OUTPUT, indicator="nothing"),
    ):
        with pytest.raises(FigureNotFound):
            resolve(ref)
    assert resolve(replace(OUTPUT, year=2023)).value is None  # employment ends in 2015 here


# Writing ------------------------------------------------------------------------------------------------


def test_a_draft_is_seen_by_no_reader_until_it_is_published() -> None:
    draft = start_derived(actor=analyst(), code="twice", written=written("2 * population"), now=NOW)
    assert defined("twice") is None
    with pytest.raises(FigureNotFound):
        resolve(replace(OUTPUT, indicator="twice", year=2020))
    publish_derived(actor=analyst(), derived=draft.derived, now=NOW)
    assert defined("twice") is not None
    verbs = [event.verb for event in events_of(draft.derived)]
    assert sorted(verbs) == ["drafted", "published", "started"]


def test_editing_a_published_one_makes_a_new_version_and_leaves_the_old_in_use() -> None:
    first = published("twice", "2 * population")
    second = save_draft(actor=analyst(), derived=first.derived, written=written("3 * population"), now=NOW)
    assert (second.number, in_use("twice").number) == (2, 1)
    publish_derived(actor=analyst(), derived=first.derived, now=NOW)
    assert in_use("twice").formula == "3 * population"
    assert DerivedVersion.objects.get(pk=first.pk).state == "replaced"


def test_a_published_definition_cannot_be_changed_behind_everybodys_back() -> None:
    version = published("twice", "2 * population")
    version.formula = "5 * population"
    with pytest.raises(DefinitionIsPublished):
        version.save()


def test_a_wrong_formula_can_be_kept_but_not_published() -> None:
    draft = start_derived(actor=analyst(), code="wrong", written=written("2 * populatoin"), now=NOW)
    with pytest.raises(CannotBeDefined, match=r"Character 5: .*Did you mean “population”"):
        publish_derived(actor=analyst(), derived=draft.derived, now=NOW)
    discard_draft(actor=analyst(), derived=draft.derived, now=NOW)
    assert draft.derived.versions.get().state == "discarded"


@pytest.mark.parametrize(
    ("formula", "fields", "sentence"),
    [
        ("population + gdp_million_eur", {}, "their units differ"),
        ("self_made * 2", {}, "self_made → self_made"),
        ("population / 0", {}, "divides by zero"),
        ("population * 2", {"minimum_parts": 1}, "Only a composite"),
        ("population * 2", {"weights": {"a": 1.0}}, "no composite"),
        (
            "composite(minmax, population, employment)",
            {"weights": {"population": 1.0, "employment": 2.0}},
            "a name and a version",
        ),
        ("composite(minmax, population, employment)", {"minimum_parts": 3}, "from 1 to 2"),
    ],
)
def test_what_is_wrong_with_a_definition_is_a_sentence(
    formula: str, fields: dict[str, object], sentence: str
) -> None:
    looked = look_at(written(formula, **fields), code="self_made")
    assert sentence in " ".join(looked.mistakes)


def test_a_circle_through_a_published_one_is_refused() -> None:
    first = published("one", "2 * population")
    published("two", "one + population")
    save_draft(actor=analyst(), derived=first.derived, written=written("two / 2"), now=NOW)
    with pytest.raises(CannotBeDefined, match=r"one → two → one|two → one → two"):
        publish_derived(actor=analyst(), derived=first.derived, now=NOW)


@pytest.mark.parametrize(
    "code", ["population", "gdp_per_person_employed", "minmax", "new", "Кирилица", "a-b", "x" * 61, ""]
)
def test_a_code_that_is_taken_or_badly_spelt_is_refused(code: str) -> None:
    with pytest.raises(CannotBeDefined):
        start_derived(actor=analyst(), code=code, written=written("2 * population"), now=NOW)


@pytest.mark.parametrize("roles", [(), (Role.MEMBER,)])
def test_only_analysts_define(roles: tuple[Role, ...]) -> None:
    somebody = person(*roles)
    found = DerivedIndicator.objects.get(code="gdp_per_person_employed")
    for deed in (
        lambda: start_derived(actor=somebody, code="twice", written=written("2 * population"), now=NOW),
        lambda: save_draft(actor=somebody, derived=found, written=written("2 * population"), now=NOW),
        lambda: publish_derived(actor=somebody, derived=found, now=NOW),
        lambda: discard_draft(actor=somebody, derived=found, now=NOW),
    ):
        with pytest.raises(NotAllowed):
            deed()
    assert not DerivedIndicator.objects.filter(code="twice").exists()


def test_seeding_again_leaves_what_somebody_rewrote() -> None:
    found = DerivedIndicator.objects.get(code="gdp_per_person_employed")
    save_draft(actor=analyst(), derived=found, written=written("gdp_million_eur / employment"), now=NOW)
    publish_derived(actor=analyst(), derived=found, now=NOW)
    assert load_derived_indicators(actor=operator(), now=NOW) == 0
    assert in_use(found.code).number == 2


def test_the_sentences_of_the_platform_are_those_of_the_library() -> None:
    assert _sentences() == SENTENCES


# Citing -------------------------------------------------------------------------------------------------


def test_a_citation_keeps_formula_parts_and_versions_when_the_formula_changes() -> None:
    reader = person(Role.MEMBER)
    cited = cite_figure(actor=reader, ref=OUTPUT, cited_at=NOW)
    found = DerivedIndicator.objects.get(code="gdp_per_person_employed")
    save_draft(actor=analyst(), derived=found, written=written("2 * gdp_million_eur / employment"), now=NOW)
    publish_derived(actor=analyst(), derived=found, now=NOW)
    kept = Citation.objects.get(pk=cited.pk)
    assert kept.value == pytest.approx(3089.1e6 / 280_400)
    assert kept.details["formula"] == "per(1000000 * gdp_million_eur, employment)"
    assert kept.definition is not None and kept.definition.number == 1 == kept.measure_version
    assert [version.dataset.code for version in kept.versions] == ["nama_10r_2gdp", "lfst_r_lfe2en2"]
    assert not compared_with_newest(kept).is_same
    again = cite_figure(actor=reader, ref=OUTPUT, cited_at=NOW)
    assert again.pk != kept.pk and again.measure_version == 2


def test_a_citation_made_in_one_language_is_read_whole_in_the_other() -> None:
    with override("bg"):
        cited = cite_figure(actor=person(Role.MEMBER), ref=OUTPUT, cited_at=NOW)
    card = frozen_card(cited)
    assert card.statement.endswith("11,017 euro per person") and card.lines[0].text == "3,089 million euro"
    with override("bg"):
        card = frozen_card(cited)
        assert card.statement.endswith("евро на заето лице") and card.lines[1].text.endswith("души")


def test_citing_again_gives_the_same_citation_until_any_of_its_tables_changes() -> None:
    reader = person(Role.MEMBER)
    first = cite_figure(actor=reader, ref=OUTPUT)
    assert cite_figure(actor=reader, ref=OUTPUT) == first
    bring_jobs(operator(), 290)
    second = cite_figure(actor=reader, ref=OUTPUT)
    assert second != first and second.version == first.version
    assert second.value == pytest.approx(3089.1e6 / 290_000)
    assert not compared_with_newest(first).is_same and compared_with_newest(second).is_same


def bring_jobs(actor: User, thousands: int) -> None:
    """A second version of the second table: the same region with other figures."""
    text = "region,activity,unit,age,year,value\n" + "".join(
        f"{code},TOTAL,THS,Y_GE15,{year},{value}\n"
        for code, value in (("BG31", thousands), ("BG", 3032))
        for year in range(2011, 2016)
    )
    source = Source(name="revised.csv", retrieved_on=NOW.date())
    found = import_file(actor=actor, file=text.encode(), source=source, dataset="lfst_r_lfe2en2", now=NOW)
    assert found.version is not None
    if found.version.state == State.STAGED:
        accept_version(actor=actor, version=found.version, now=NOW)
