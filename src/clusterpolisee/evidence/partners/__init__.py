"""With whom a region should team up: who has the related activities it lacks for what it could start.

Vocabulary: an *option* is an activity a region could start (engine/options.py); a *partner* is a region that has
activities related to the options which the region lacks; what it *adds* is the part of all that is related; what it
*gets back* is the same the other way round.

    ActivitySpace → facts (numbers) → sentences, exports, picture → page → view, API, command
"""
