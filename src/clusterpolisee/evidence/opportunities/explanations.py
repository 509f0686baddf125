"""What the measures behind opportunities mean; plugged into EXPLANATIONS."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from clusterpolisee.evidence.explanations import Explanation

_ALL = (
    Explanation(
        key="relatedness-density",
        version=1,
        name=_("Nearness (relatedness density)"),
        meaning=_("How much of what is related to an activity a region has already."),
        formula="ω[r, p] = Σq M[r, q] φ[q, p] / Σq φ[q, p];  φ[q, p] = C[q, p] / max(u[q], u[p])",
        reading=_(
            "Two activities are related where regions that have the one often have the other. 45 % means that the region has 45 % of what is related, each activity counted by how closely it is."
        ),
        caveats=(
            _("A region has an activity where its location quotient is at least 1."),
            _(
                "What is not published counts as absent, so that the figure is a lower bound; the upper one stands beside it."
            ),
            _("Related says that things are found together, not that one brings the other."),
            _(
                "Regions with many activities are near to everything: compare the options of one region with each other, and not regions by it."
            ),
        ),
        source="Hidalgo, Klinger, Barabási & Hausmann (2007), Science 317(5837)",
    ),
    Explanation(
        key="activity-complexity",
        version=1,
        name=_("Complexity of activities and regions"),
        meaning=_("A scale on which regions and activities stand that are found together."),
        formula="k = D⁻¹ M q,  q = U⁻¹ Mᵀ k / λ₂;  ECI = (k − mean) / sd;  corr(ECI, GDP per inhabitant) > 0",
        reading=_(
            "The complexity of a region is the mean of the complexity of what it has. High is what is found in regions with high income; the place among all activities says more than the number."
        ),
        caveats=(
            _(
                "The scale has no up and down of its own: GDP per inhabitant decides, in purchasing power. Read from diversity it would be upside down in Europe."
            ),
            _(
                "Among divisions of NACE it puts factories at one end and services of large cities at the other. That is what regions with high income have, and not a recipe for getting there."
            ),
            _("One scale leaves most of who has what unexplained; how much stands on the page."),
        ),
        source="Hidalgo & Hausmann (2009), PNAS 106(26); Mealy, Farmer & Teytelboym (2019), Science Advances 5(1)",
    ),
    Explanation(
        key="outlook-gain",
        version=1,
        name=_("What an activity would open"),
        meaning=_("How much complexity, now out of reach, an activity would bring nearer."),
        formula="COG[r, p] = (1 − M[r, p]) Σq (1 − M[r, q]) φ[q, p] PCI[q] / Σs φ[s, q]",
        reading=_(
            "Above 0: it lies beside complex activities that the region does not have. Below 0: what lies beside it is mostly less complex than the mean."
        ),
        caveats=(
            _("The activity itself is part of the sum."),
            _("It says what would come nearer, not what would come."),
        ),
        source="Hausmann, Hidalgo et al. (2014), The Atlas of Economic Complexity",
    ),
    Explanation(
        key="option-scheme",
        version=1,
        name=_("The order of options"),
        meaning=_(
            "Named ways to weigh nearness, complexity and what an option opens; each has a version and is written into every file."
        ),
        formula="score[r, a] = Σi w[i] s[i];  s = (#{below} + ½ #{equal}) / #{options of r};  Σ w = 1",
        reading=_(
            "Each criterion is the part of the region's own options that are worse, from 0 to 1. The terms add up to the score."
        ),
        caveats=(
            _(
                "The weights are ours. Those who weigh differently get another list; on the page it stands how many ways agree."
            ),
            _(
                "“Few steps” is no sum: it takes what raises the complexity of the region most for its distance, again and again, until the region is past the next quarter of regions."
            ),
            _(
                "How far chance moves a quotient is reckoned by Wilson's intervals, as if ten people made one workplace."
            ),
            _(
                "Neither demand nor what people in the region know is in it. The list begins a talk with firms and does not end it."
            ),
        ),
        source="Balland, Boschma, Crespo & Rigby (2019), Regional Studies 53(9)",
    ),
    Explanation(
        key="list-stability",
        version=1,
        name=_("How firm lists and ranks are"),
        meaning=_(
            "The table is drawn a hundred times, with other divisions each time, and everything is worked out anew: how often an option stays on the list, between which places a region moves."
        ),
        formula="share = draws in which it is on the list / draws that judge it;  90 % of ranks",
        reading=_("From 80 % on a place on the list is firm, below 50 % it is not."),
        caveats=(
            _("Chance is all there is here. Another threshold or other weights move lists as well."),
            _("A hundred draws have noise of their own: a share of one half is good to ten points."),
        ),
        source="Efron (1979), Annals of Statistics 7(1)",
    ),
    Explanation(
        key="back-test",
        version=1,
        name=_("What such a list would have said"),
        meaning=_(
            "Lists made from an earlier year, held against what came: how many of those listed did, next to lists made by lot and lists of what is most widespread."
        ),
        formula="hit rate = Σr hits[r] / Σr listed[r];  lift = hit rate / base rate",
        reading=_("2 times means that twice as many came as from lists made by lot."),
        caveats=(
            _("It needs two years of the same divisions with the same borders."),
            _("What came true once need not come true again."),
            _("Activities that hover about a quotient of 1 come and go without anything having changed."),
        ),
        source="Hidalgo, Klinger, Barabási & Hausmann (2007), Science 317(5837); Efron (1979), Annals of Statistics 7(1)",
    ),
)
EXPLANATIONS = {one.key: one for one in _ALL}
