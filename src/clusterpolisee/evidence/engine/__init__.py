"""The evidence engine: what regions are good at, could become good at, who is like them, with whom to team up.

    store → structure.specialisation ─▶ space.ActivitySpace ─▶ opportunities, partners, the industry space
            indicators ───────────────▶ similar regions

A space is made of one table in one year: who has what, how activities are related, how complex they are. Versions are
immutable, so what is made of them is kept under their hashes (keeping.py) and made anew after an import by a job.
"""
