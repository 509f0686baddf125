"""Partners of a region, over wine, corks and bottles: numbers that can be reckoned by hand."""

from __future__ import annotations

import pytest

from clusterpolisee.evidence.engine.options import options_of
from clusterpolisee.evidence.partners.asked import Asked, By, Where
from clusterpolisee.evidence.partners.facts import PartnersFacts
from factories.spaces import REGIONS, small_space
from regional_analytics import measures

pytestmark = pytest.mark.django_db  # boundaries are asked for, and there are none


def facts(code: str = "BG31", **asked: str) -> PartnersFacts:
    return PartnersFacts(small_space(), REGIONS.index(code), Asked.of(asked))


def codes(found: PartnersFacts) -> list[str]:
    return [one.code for one in found.ranked]


def test_options_are_what_opens_up_most_of_the_nearer_half_of_what_is_lacked() -> None:
    options = options_of(small_space())
    assert options[REGIONS.index("BG31")].tolist() == [False, True, True]  # both are as near: 1 of 5
    assert options[REGIONS.index("EL52")].tolist() == [True, False, False]
    assert options[REGIONS.index("HU23")].tolist() == [True, False, True]  # corks are unknown: no option


def test_the_option_that_opens_up_most_stands_first() -> None:
    assert facts().options == ("C16", "C23")


def test_bottles_are_three_of_the_four_that_help_corks() -> None:
    found = facts(**{"for": "C16"})
    assert found.options == ("C16",)
    assert found.own == pytest.approx(1 / 4)
    assert {one.code: one.gain for one in found.ranked} == {
        "EL52": pytest.approx(3 / 4),
        "RO31": pytest.approx(3 / 4),
    }
    assert [one.options_had for one in found.ranked] == [1, 0]


def test_what_a_partner_gets_back_is_reckoned_with_its_own_options() -> None:
    found = {one.code: one for one in facts(**{"for": "C16"}).ranked}
    assert found["EL52"].given_back == 0.0  # wants wine, and BG31 has nothing that helps wine
    assert found["RO31"].given_back == pytest.approx(1 / 4)  # wants corks, which wine helps by 1 of 4


@pytest.mark.parametrize(("by", "score"), [("minimum", 1 / 4), ("geometric_mean", (3 / 4 * 1 / 4) ** 0.5)])
def test_a_mutual_score_is_the_rule_of_the_library_by_its_name(by: str, score: float) -> None:
    found = facts(by=by, **{"for": "C16"})
    assert codes(found) == ["RO31"]  # EL52 would get nothing
    assert found.ranked[0].score == pytest.approx(score)
    assert By(by).reciprocity == by


def test_parts_add_up_to_the_gain_by_activity_and_by_option() -> None:
    found = facts()
    for partner in found.ranked:
        why = found.why(partner)
        assert sum(one.part for one in why.brings) == pytest.approx(partner.gain)
        assert sum(one.part for one in why.serves) == pytest.approx(partner.gain)
    assert codes(found) == ["EL52", "RO31"]
    assert [(one.activity, one.part) for one in found.reasons[1].brings] == [("C23", pytest.approx(3 / 8))]


def test_a_reason_names_only_what_is_related_to_its_option() -> None:
    found = facts()
    reason = found.reasons[0].reasons[0]
    assert (reason.option, reason.activities, reason.partner_has) == ("C16", ("C23",), True)
    assert reason.adds == pytest.approx(3 / 4)


@pytest.mark.parametrize(
    ("where", "found"),
    [
        ("abroad", {"EL52", "RO31"}),
        ("everywhere", {"EL52", "RO31"}),
        ("europe", {"EL52", "RO31"}),
        ("near", set()),
    ],
)
def test_who_may_be_named(where: str, found: set[str]) -> None:
    """Without boundaries nobody is near; BG42 has nothing that BG31 lacks."""
    assert set(codes(facts(where=where))) == found


def test_a_region_of_the_own_country_is_named_only_where_it_is_asked_for() -> None:
    space = small_space(has=[[1, 0, 0], [0, 0, 1], [0, 1, 1], [0, -1, 0], [0, 0, 1]])
    assert "BG42" not in codes(PartnersFacts(space, 0, Asked()))
    assert "BG42" in codes(PartnersFacts(space, 0, Asked(where=Where.EVERYWHERE)))


@pytest.mark.parametrize(("code", "activity"), [("BG31", "C11"), ("HU23", "C16"), ("BG31", "C99")])
def test_what_is_there_or_unknown_is_no_option(code: str, activity: str) -> None:
    found = facts(code, **{"for": activity})
    assert found.activity == ""
    assert found.refused == ("" if activity == "C99" else activity)
    assert found.options == facts(code).options


def test_a_region_that_lacks_nothing_has_no_partners() -> None:
    space = small_space(has=[[1, 1, 1], [1, 0, 0], [0, 1, 1], [0, -1, 0], [0, 0, 1]])
    found = PartnersFacts(space, 0, Asked())
    assert found.options == () and found.ranked == () and found.mutual is None


def test_what_is_no_answer_is_taken_for_the_first_one() -> None:
    hostile = {"for": "<b>'", "where": "mars", "by": "\0"}
    assert Asked.of(hostile) == Asked() and Asked.of(hostile).choices == {}
    assert Asked.of({"for": "j62"}).choices == {"for": "J62"}


def test_the_rules_of_reciprocity_are_those_of_the_library() -> None:
    space = small_space()
    for by in By:
        measures.complementary_partners(space.presence, space.proximity, reciprocity=by.reciprocity)


def test_what_the_region_can_offer_is_the_same_the_other_way_round() -> None:
    """Wine helps corks, which RO31 could start; nothing of BG31 helps wine, which EL52 could start."""
    offers = {why.partner.code: why.offer for why in facts(**{"for": "C16"}).reasons}
    offer = offers["RO31"]
    assert offer is not None and (offer.option, offer.activities) == ("C16", ("C11",))
    assert offer.adds == pytest.approx(1 / 4)
    assert offers["EL52"] is None
