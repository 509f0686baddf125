"""What can be wrong with a formula, each with its sentence and its place."""

from __future__ import annotations

# One sentence for each kind. A platform translates them; %(…)s are filled from the error's details.
SENTENCES = {
    "empty": "The formula is empty: write the code of an indicator, or a calculation with some.",
    "too_long": "The formula has more than %(limit)s characters: define a part of it as an indicator of its own.",
    "too_deep": "The brackets are nested deeper than %(limit)s: define a part of the formula as an indicator of its own.",
    "too_many_signs": "The formula has more than %(limit)s signs: define a part of it as an indicator of its own.",
    "unexpected_character": "“%(found)s” means nothing in a formula.",
    "quote_not_closed": "The quotation mark opened here is never closed.",
    "bracket_not_closed": "The bracket opened here is never closed.",
    "bracket_not_opened": "There is no open bracket that this one could close.",
    "activity_expected": "Between [ and ] stands the code of an activity, for example [C14].",
    "value_expected": "A name, a number or an open bracket is missing before “%(found)s”.",
    "value_expected_at_end": "The formula ends too early: a name, a number or an open bracket is missing.",
    "operator_expected": "A sign such as + or × is missing before “%(found)s”.",
    "comma_outside": "A comma only separates what stands in the brackets of a function; write 1.5 with a point.",
    "number_too_large": "This number is too large.",
    "unknown_name": "There is no indicator “%(name)s”.",
    "unknown_name_near": "There is no indicator “%(name)s”. Did you mean “%(near)s”?",
    "unknown_function": "There is no function “%(name)s”. There are: %(functions)s.",
    "function_without_brackets": "“%(name)s” is a function: write %(usage)s.",
    "wrong_arguments": "“%(name)s” is written like this: %(usage)s.",
    "unknown_option": "“%(option)s=” means nothing here; the function is written like this: %(usage)s.",
    "plain_number_wanted": "Here a plain number is wanted: %(usage)s.",
    "year_wanted": "Here a year is wanted, for example 2015: %(usage)s.",
    "years_wanted": "Here a whole number of years from 1 is wanted: %(usage)s.",
    "word_wanted": "Here one of these words is wanted: %(words)s.",
    "division_by_zero": "This divides by zero.",
    "units_differ": "“%(left)s” and “%(right)s” do not fit together here: their units differ.",
    "no_indicator": "The formula names no indicator, so it would say the same of every region.",
    "part_without_name": "Give this part a name: name=…",
    "part_twice": "Two parts are called “%(name)s”: give one another name.",
    "composite_twice": "A formula can hold one composite only: define the other one as an indicator of its own.",
    "composite_inside": "A composite cannot stand inside the brackets of another function.",
    "weight_missing": "There is no weight for the part “%(name)s”.",
    "weight_unknown": "There is a weight for “%(name)s”, but no such part.",
    "weight_not_positive": "The weight of “%(name)s” must be above zero; take the part out if it is not to count.",
    "weights_without_composite": "There are weights, but the formula has no composite.",
    "minimum_out_of_range": "At least %(minimum)s known parts are asked for, and there are %(parts)s: give a number from 1 to %(parts)s.",
    "cycle": "An indicator cannot be computed from itself: %(path)s.",
}


class FormulaError(ValueError):
    """A formula cannot be used. Reads as a sentence; `kind` and `details` let others say it in their language.

    position   (start, end) of the characters it is about, from 0; an empty span stands between two characters

    >>> error = FormulaError("unknown_name", (8, 12), name="jobz")
    >>> str(error)
    'Character 9: There is no indicator “jobz”.'
    """

    def __init__(self, kind: str, position: tuple[int, int], **details: object) -> None:
        self.kind = kind
        self.position = position
        self.details = details
        super().__init__(f"Character {position[0] + 1}: {self.sentence}")

    @property
    def sentence(self) -> str:
        """The sentence without the place."""
        return SENTENCES[self.kind] % self.details
