"""Which regions are like this one, why, how surely, and how it does among them.

weightings.toml says what is compared, in which dimensions, how much each counts, and what is looked at afterwards; all of it is named
and versioned. Likeness is judged by what changes slowly; performance stays out of it, and is compared inside the group.

    figures of indicators + weightings ─▶ table.LikenessTable ─▶ ranking.Ranking (one region) ─▶ facts.SimilarFacts
                                                                                     ─▶ sentences, exports, page

Vocabulary: a *variable* is a column of the table, a *mix* a distance of its own (jobs by activity), a *dimension* what a reader weighs;
*the group* is the nearest few, by the weights asked for.
"""
