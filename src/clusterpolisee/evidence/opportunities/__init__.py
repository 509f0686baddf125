"""What a region could become good at: activities it is known not to have, by how near, how complex and how promising they are.

    engine.space ─▶ weighing (named schemes, kept by space) ─▶ facts ─▶ sentences, exports, pictures.opportunities ─▶ page
                    engine.space of an earlier year ─▶ hindsight ────────▲

An *option* is an activity with a location quotient that is published and below 1. What is not published is no option and is
told apart. *Near*: the part of what is related to an activity that the region has. A *choice* is a named way to put
options in order; it stands in the address.
"""
