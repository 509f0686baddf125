"""What each measure means, in words and symbols: the same text stands on figure cards and method pages."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from clusterpolisee.evidence.engine.explained import OF_THE_SPACE
from clusterpolisee.evidence.explanation import Explanation

_LOWER_BOUND = _(
    "Where a part is not published there is no value: the published parts are a lower bound, said as “at least” and counted nowhere."
)
_JUDGED_WEIGHTS = _(
    "The weights are judgements that analysts can change; a citation keeps those it was made with."
)


def _of_category(key: str, *, name: Any, meaning: Any, formula: str, reading: Any) -> Explanation:
    return Explanation(
        key=key,
        version=1,
        name=name,
        meaning=meaning,
        formula=formula,
        reading=reading,
        caveats=(_LOWER_BOUND, _JUDGED_WEIGHTS),
        source="",
        method="cluster-category",
        of_category=True,
    )


EXPLANATIONS: dict[str, Explanation] = {
    explanation.key: explanation
    for explanation in (
        Explanation(
            key="observation",
            version=1,
            name=_("Published figure"),
            meaning=_("The figure as the statistical office published it, only brought to a plain unit."),
            formula="x[r, t]",
            reading=_("Read it with its year, its unit and its flag."),
            caveats=(
                _(
                    "A figure with a flag is kept with the flag: b marks a break in series, e an estimate, u low reliability."
                ),
                _("A figure that was not published is not zero, and is never shown as zero."),
            ),
            source="",
        ),
        Explanation(
            key="share",
            version=1,
            name=_("Share in the region"),
            meaning=_("How much of the region's employment in enterprises an activity gives."),
            formula="E[r, a] / Σa E[r, a]",
            reading=_(
                "10 % means that one in ten of those employed in the region's enterprises works in this activity."
            ),
            caveats=(
                _(
                    "The whole is the sum of the published activities; unpublished ones are missing from it, so the share is at most as large as shown."
                ),
            ),
            source="",
        ),
        Explanation(
            key="location-quotient",
            version=1,
            name=_("Location quotient"),
            meaning=_(
                "How concentrated an activity is in the region, next to all reference countries together."
            ),
            formula="(E[r, a] / Σa E[r, a]) ÷ (Σc E[c, a] / Σc Σa E[c, a])",
            reading=_("1 is the average of the reference countries; 2 means twice the average share."),
            caveats=(
                _("Employment says where people work, not how much they produce or earn."),
                _(
                    "In a small region a single employer can make a high quotient; look at the jobs beside it."
                ),
                _(
                    "Unpublished cells are left out of region and reference totals; how many there are stands beside the table."
                ),
            ),
            source="Florence (1939); Isserman (1977), Journal of the American Institute of Planners 43(1)",
        ),
        Explanation(
            key="growth",
            version=1,
            name=_("Change over time"),
            meaning=_("The change between two years of one series without a break between them."),
            formula="100 · (x[r, t₂] − x[r, t₁]) / x[r, t₁]",
            reading=_("−4 % means that for each hundred at the start ninety-six are left at the end."),
            caveats=(
                _(
                    "No change is stated across a break in series: the longest unbroken span is used, and the page says which."
                ),
            ),
            source="",
        ),
        Explanation(
            key="stars",
            version=1,
            name=_("Cluster stars"),
            meaning=_(
                "Up to three stars in the manner of the European Cluster Observatory: for size, for specialisation and for focus."
            ),
            formula="★ E[r, a] ≥ P(1 − s)   ★ LQ[r, a] ≥ q   ★ E[r, a] / Σa E[r, a] ≥ P(1 − f)",
            reading=_("Three stars: large among the regions, specialised, and important at home."),
            caveats=(
                _(
                    "An approximation on NACE divisions: the Observatory worked with cluster categories built from four-digit industries."
                ),
                _("The thresholds are a named, versioned scheme; another scheme gives other stars."),
            ),
            source="European Cluster Observatory, methodology of cluster stars",
        ),
        Explanation(
            key="cluster-category",
            version=1,
            name=_("Cluster category"),
            meaning=_(
                "What a named group of activities employs in the region, and how large that is next to the countries of the table together."
            ),
            formula="E[r, c] = Σa w[a] · E[r, a]   LQ[r, c] = (E[r, c] / E[r, ·]) / (E[·, c] / E[·, ·])",
            reading=_(
                "Read it as the quotient of a single activity: 1 is the average. A weight below 1 says that only a part of an activity belongs to the category."
            ),
            caveats=(
                _(
                    "Where a part is not published there is no total: the known parts are a lower bound, shown as “at least”, without a place and without stars."
                ),
                _(
                    "An own grouping on NACE divisions, not the European Cluster Observatory's; the weights are judgements that analysts can change."
                ),
                _("Categories overlap, so they must not be added up."),
            ),
            source="Porter (2003), Regional Studies 37(6–7), for the idea of cluster categories",
        ),
        _of_category(
            "category-jobs",
            name=_("Jobs in the cluster category"),
            meaning=_(
                "What the activities of a cluster category employ in the region, each with its weight."
            ),
            formula="E[r, c] = Σa w[a] · E[r, a]",
            reading=_("A weight of 0.5 counts half of those employed in an activity."),
        ),
        _of_category(
            "category-share",
            name=_("Share of the cluster category"),
            meaning=_("How much of the region's employment in enterprises a cluster category gives."),
            formula="E[r, c] / Σa E[r, a];  E[r, c] = Σa w[a] · E[r, a]",
            reading=_(
                "10 % means that one in ten of those employed in the region's enterprises counts in it."
            ),
        ),
        _of_category(
            "category-quotient",
            name=_("Location quotient of the cluster category"),
            meaning=_(
                "How concentrated a cluster category is in the region, next to all reference countries together."
            ),
            formula="LQ[r, c] = (E[r, c] / E[r, ·]) / (E[·, c] / E[·, ·]);  E[r, c] = Σa w[a] · E[r, a]",
            reading=_("1 is the average of the reference countries; 2 means twice the average share."),
        ),
        _of_category(
            "category-stars",
            name=_("Cluster stars of the category"),
            meaning=_(
                "Up to three stars for a cluster category: for size, for specialisation and for focus."
            ),
            formula="★ E[r, c] ≥ P(1 − s)   ★ LQ[r, c] ≥ q   ★ E[r, c] / Σa E[r, a] ≥ P(1 − f)",
            reading=_("Three stars: large among the regions, specialised, and important at home."),
        ),
        _of_category(
            "category-sum",
            name=_("Jobs in the cluster category, countries together"),
            meaning=_(
                "What a cluster category employs in the countries of the table that publish all its parts in every year."
            ),
            formula="Σk E[k, c];  E[k, c] = Σa w[a] · E[k, a]",
            reading=_("The same countries are counted in every year, so that the years can be compared."),
        ),
        _of_category(
            "category-growth",
            name=_("Change of jobs in the cluster category"),
            meaning=_("The change between two years without a break between them in any part."),
            formula="100 · (E[c, t₂] − E[c, t₁]) / E[c, t₁];  E[c, t] = Σk Σa w[a] · E[k, a, t]",
            reading=_("−4 % means that for each hundred at the start ninety-six are left at the end."),
        ),
        Explanation(
            key="shift-share",
            version=1,
            name=_("Shift-share"),
            meaning=_(
                "Why employment changed: with the country, through the mix of activities, or through the region itself."
            ),
            formula="ΔE[r, a] = E·g + E·(g[a] − g) + E·(g[r, a] − g[a])",
            reading=_(
                "The three parts add up to the change. The last part is what the region did better or worse than the country in the same activities."
            ),
            caveats=(
                _(
                    "It describes and does not explain: a good regional part is a question to ask, not a cause."
                ),
                _(
                    "Computed on the activity groups of the Labour Force Survey over the longest span without a break."
                ),
            ),
            source="Dunn (1960), Papers of the Regional Science Association 6(1)",
        ),
        Explanation(
            key="rank",
            version=1,
            name=_("Position among regions"),
            meaning=_(
                "Where the region stands among all regions of the same level with a published figure in that year."
            ),
            formula="1 + #{ r′ : x[r′] > x[r] }",
            reading=_("First is the highest value; regions with the same value share the better place."),
            caveats=(
                _("Regions without a published figure are not ranked, so the number of regions is given."),
            ),
            source="",
        ),
        Explanation(
            key="median",
            version=1,
            name=_("Median of all regions"),
            meaning=_(
                "The value in the middle: half of the regions with a published figure have more, half have less."
            ),
            formula="x₍½₎",
            reading=_("Compare the region with it to see on which side of the middle it stands."),
            caveats=(_("Each region counts once, whatever its size."),),
            source="",
        ),
        Explanation(
            key="convergence",
            version=1,
            name=_("Convergence"),
            meaning=_(
                "Whether regions come nearer to each other: whether those behind grow faster (β), and whether the spread becomes smaller (σ)."
            ),
            formula="(1/T) ln(y[T] / y[0]) = a + b ln(y[0]);  CV[t] = σ[t] / μ[t]",
            reading=_(
                "b below zero: those behind grew faster. A spread of 40 % that becomes 30 %: the regions came nearer."
            ),
            caveats=(
                _("Only regions with a figure at both ends and no break between them are compared."),
                _(
                    "It is a statement about all regions together, not about any one of them, and does not say why."
                ),
                _(
                    "A start that was low by chance looks like catching up afterwards; a slope smaller than two standard errors is not called convergence."
                ),
            ),
            source="Barro & Sala-i-Martin (1992), Journal of Political Economy 100(2)",
        ),
        Explanation(
            key="place-for-all",
            version=1,
            name=_("A place for all regions"),
            meaning=_(
                "Two questions asked of every region at once: does it catch up, and do many of its jobs need knowledge?"
            ),
            formula="y[r, T] − y[r, 0] > line   E[r, k] / Σa E[r, a] ≥ P½(r)",
            reading=_(
                "A region that catches up with little knowledge at work may lean on cheap labour; one that falls behind with much may not turn what it knows into income. Either is a question to ask, not an answer."
            ),
            caveats=(
                _(
                    "Where the lines lie is decided by all regions together, so choosing a country moves nobody to another corner."
                ),
                _(
                    "A region that was ahead and gains more pulls away; it stands among those that catch up, and its figures say so."
                ),
                _(
                    "Where a part is not published, a region is placed only if what is published is above the line already. Otherwise it is named below with what there is at least."
                ),
                _(
                    "The middle is that of the regions all of whose parts are published; those whose parts are secret are often small."
                ),
                _("The rules have names and versions, which stand in every file."),
            ),
            source="",
        ),
        *OF_THE_SPACE,
        Explanation(
            key="similar-regions",
            version=1,
            name=_("Similar regions"),
            meaning=_(
                "Which regions are most like one region in what changes slowly, and how firmly that holds when other things count more."
            ),
            formula="D[r, s] = Σk w[k] · d[k, r, s] / d̄[k];  Σk w[k] = 1;  W ~ Dirichlet(w)",
            reading=_(
                "0 is alike in everything, 1 as unlike as two regions usually are. Rank 4 (2–11): in the middle of a thousand sets of "
                "weights it is the fourth, and in nine of ten of them between the second and the eleventh."
            ),
            caveats=(
                _(
                    "Likeness is judged on structure: people, education, town and country, what people work in. Performance stays out "
                    "of it, or only those who do as well would be found."
                ),
                _(
                    "What is not known of one of the two counts as usual, neither alike nor unlike; below half of the weight a pair is not compared."
                ),
                _(
                    "The weights are a choice. They have a name and a version, stand in every file, and can be changed."
                ),
                _(
                    "The ranges are about weights only, not about what was left out or how exact the figures are."
                ),
                _(
                    "A mix of activities differs by the part of the jobs that would have to be in another activity; wine and beer are no nearer than wine and steel."
                ),
            ),
            source="Navarro et al. (2014), JRC S3 Working Paper 03/2014; Lahdelma, Hokkanen & Salminen (1998), European Journal of Operational Research 106(1)",
        ),
        Explanation(
            key="peer-performance",
            version=1,
            name=_("Performance among similar regions"),
            meaning=_(
                "How a region does in what it can change, among those that are like it in what it cannot: its place, how far it is from the middle, and who leads."
            ),
            formula="±(x[r] − median of the group)",
            reading=_(
                "Place 3 of 9: two of the group do better. A plus before the distance from the middle is always better, also where the lowest is best."
            ),
            caveats=(
                _("Whoever is chosen as similar decides the place; look at how firm that choice is."),
                _("In a group of nine, a quarter rests on two or three regions."),
                _("Doing better than similar regions is no proof that a policy worked."),
            ),
            source="Navarro et al. (2014), JRC S3 Working Paper 03/2014",
        ),
        Explanation(
            key="derived",
            version=1,
            name=_("Derived indicator"),
            meaning=_("A figure made of other figures by a formula that an analyst wrote and published."),
            formula="f(x₁[r, t], x₂[r, t], …)",
            reading=_("Its card tells the formula in words and every part with its own source."),
            caveats=(
                _(
                    "A part that is not published leaves the figure empty, never zero; a composite says how many of its parts are known."
                ),
                _("Every change of the formula is a new version; what was cited keeps the old one."),
                _("No change is stated across a break in the series of any part."),
            ),
            source="OECD and JRC (2008), Handbook on Constructing Composite Indicators",
        ),
    )
}
