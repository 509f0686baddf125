"""What the measures on the space of activities mean: partners, the map, coherence."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from clusterpolisee.evidence.explanation import Explanation

OF_THE_SPACE = (
    Explanation(
        key="complementary-partners",
        version=1,
        name=_("Partners who complement each other"),
        meaning=_(
            "Which regions have the activities that help what a region could start, and that it lacks itself."
        ),
        formula="Σa o[r, a] Σb φ[a, b] M[s, b] (1 − M[r, b]) / Σb φ[a, b] ÷ Σa o[r, a]",
        reading=_(
            "A region has 40 % of all that is related to its options; a partner that adds 30 % has, of what is missing, "
            "so much that together they have 70 %. What the partner would get is the same for its own options."
        ),
        caveats=(
            _(
                "Two activities are related when regions that have the one mostly have the other too. That says nothing of why."
            ),
            _("Having related activities is no wish to share them: the list says whom to ask first."),
            _(
                "Large, diverse regions have something for everybody. “Both gain” takes the smaller of the two gains, or their geometric mean."
            ),
            _(
                "Unpublished activities count neither as had nor as lacked; with few published ones a region looks poorer than it is."
            ),
            _(
                "With “near regions first” half of a score is left at 300 km between the middles of the regions. There is no right distance."
            ),
        ),
        source="Balland & Boschma (2021), Regional Studies 55(6); the mean over options, what is given back and nearness are ours",
    ),
    Explanation(
        key="industry-space",
        version=1,
        name=_("Industry space"),
        meaning=_(
            "A map of activities: near each other and linked where the same regions have both, so that a region can see what lies near to what it does."
        ),
        formula="φ[p, q] = Σr M[r, p] M[r, q] / max(Σr M[r, p], Σr M[r, q]);  tree with the largest Σφ + the strongest others, 4 links an activity",
        reading=_(
            "A proximity of 0.5: of the regions that have the more common of two activities, half have the other too."
        ),
        caveats=(
            _(
                "The picture is an illustration. Distances on paper only nearly follow the network, and the network leaves out most relations."
            ),
            _(
                "“Has” is a location quotient of at least 1. Unpublished cells count as absent where proximity is counted."
            ),
            _("All regions share one map; it changes only with the table."),
            _(
                "Corners are groups of sections of NACE: manufacturing in two parts (food, textiles, wood, paper, furniture; materials, metal, machines, vehicles), the rest in three."
            ),
        ),
        source="Hidalgo, Klinger, Barabási & Hausmann (2007), Science 317(5837); layout: Gansner, Koren & North (2005)",
    ),
    Explanation(
        key="coherence",
        version=1,
        name=_("Coherence"),
        meaning=_("How related the activities that a region has are to each other, on average."),
        formula="COH[r] = mean over i of Σj≠i φ[i, j] M[r, j] / Σj≠i M[r, j], i among the activities of r",
        reading=_(
            "0.4 means that two activities of the region have a proximity of 0.4 on average: of the regions that have the more common one, four in ten have the other too."
        ),
        caveats=(
            _(
                "More is not better: related activities make it easier to go on, and harder to stand a crisis that hits all of them."
            ),
            _("Large regions with many activities are mostly less coherent."),
            _("Every activity counts alike, however many people work in it; unpublished ones are left out."),
        ),
        source="Teece, Rumelt, Dosi & Winter (1994), J. Economic Behavior & Organization 23(1); Nesta & Saviotti (2005), The Journal of Industrial Economics 53(1)",
    ),
)
