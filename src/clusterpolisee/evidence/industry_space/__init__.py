"""The industry space: activities as a network, what a region has in it, and what lies between.

Vocabulary: two activities are *related* when regions that have the one mostly have the other too (proximity); the *network*
is a tree of the strongest relations and the strongest besides; *islands* are parts of what a region has that hang together
in it; a *bridge* is an activity the region lacks that would join islands; a *corner* is a group of sections of NACE.

    ActivitySpace, network → facts (numbers) → sentences, exports, picture → pages (a region, all) → views, API, command
"""
