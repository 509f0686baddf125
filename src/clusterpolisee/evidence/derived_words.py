"""Formulas in words, and what is wrong with one, in the language of the reader.

1000 · jobs ÷ people reads: employed people (lfst_r_lfe2en2, 2015) ÷ population (demo_r_d2jan, 2015) × 1,000.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clusterpolisee.evidence.wording_states import state_words
from clusterpolisee.shell.languages import format_number
from regional_analytics.formulas import FormulaError, parse
from regional_analytics.formulas.checking import part_names, word
from regional_analytics.formulas.parsing import Call, Name, Negative, Node, Number, Operation, constant
from regional_analytics.formulas.units import Unit

Naming = Callable[[str, int | None], str]
_SIGNS = {"+": "+", "-": "−", "*": "×", "/": "÷"}
_BINDING = {"+": 1, "-": 1, "*": 2, "/": 2}


def in_words(
    formula: str, name_of: Naming, *, year: int | None = None, weights: Mapping[str, float] | None = None
) -> str:
    """The formula as a reader would say it; `name_of(key, year)` names an indicator, with its source if it likes."""
    return _Speaker(name_of, weights or {}).say(parse(formula).tree, year)


class _Speaker:
    def __init__(self, name_of: Naming, weights: Mapping[str, float]) -> None:
        self._name_of = name_of
        self._weights = weights

    def say(self, node: Node, year: int | None, binding: int = 0) -> str:
        if isinstance(node, Number):
            return format_number(node.value)
        if isinstance(node, Name):
            return self._name_of(node.key, year)
        if isinstance(node, Negative):
            return f"−{self.say(node.operand, year, 3)}"
        if isinstance(node, Operation):
            return self._operation(node, year, binding)
        return self._call(node, year, binding)

    def _operation(self, node: Operation, year: int | None, binding: int) -> str:
        own = _BINDING[node.sign]
        right_binding = own + (node.sign in "-/")
        text = f"{self.say(node.left, year, own)} {_SIGNS[node.sign]} {self.say(node.right, year, right_binding)}"
        return f"({text})" if own < binding else text

    def _call(self, node: Call, year: int | None, binding: int) -> str:
        if node.function == "composite":
            return self._composite(node, year)
        if node.function in ("ratio", "per", "share"):
            return self._quotient(node, year, binding)
        what = self.say(node.arguments[0].value, year)
        if node.function == "index":
            base = int(constant(node.arguments[1].value) or 0)
            return _("%(what)s, %(year)s = 100") % {"what": what, "year": base}
        if node.function in ("change", "difference"):
            return self._over_years(node, what)
        return _among_regions(node) % {"what": what}

    def _quotient(self, node: Call, year: int | None, binding: int) -> str:
        part, whole = (self.say(one.value, year, 2 + at) for at, one in enumerate(node.arguments[:2]))
        each = 100.0 if node.function == "share" else 1.0
        if len(node.arguments) == 3:
            each = constant(node.arguments[2].value) or 1.0
        text = f"{part} ÷ {whole}" + (f" × {format_number(each)}" if each != 1 else "")
        return f"({text})" if binding > 2 else text

    def _over_years(self, node: Call, what: str) -> str:
        span = int(constant(node.arguments[1].value) or 0)
        if node.function == "change":
            said = ngettext(
                "change of %(what)s over %(years)s year, in percent",
                "change of %(what)s over %(years)s years, in percent",
                span,
            )
        else:
            said = ngettext(
                "difference of %(what)s over %(years)s year",
                "difference of %(what)s over %(years)s years",
                span,
            )
        return said % {"what": what, "years": span}

    def _composite(self, node: Call, year: int | None) -> str:
        parts = [
            self._part(name, argument.value, year)
            for name, argument in zip(part_names(node), node.arguments[1:], strict=True)
        ]
        said = {
            "minmax": _(
                "weighted mean, each part between the lowest (0) and the highest (100) region: %(parts)s"
            ),
            "zscore": _(
                "weighted mean, each part in standard deviations from the mean of the regions: %(parts)s"
            ),
            "percentile": _("weighted mean, each part by the percentage of regions below: %(parts)s"),
            "as_is": _("weighted mean: %(parts)s"),
        }
        return said[word(node.arguments[0])] % {"parts": "; ".join(parts)}

    def _part(self, name: str, node: Node, year: int | None) -> str:
        turned = isinstance(node, Negative)
        text = self.say(node.operand if isinstance(node, Negative) else node, year)
        remarks = [_("the less the better")] if turned else []
        if name in self._weights:
            remarks.append(_("weight %(weight)s") % {"weight": format_number(self._weights[name])})
        return f"{text} ({', '.join(remarks)})" if remarks else text


def _among_regions(node: Call) -> str:
    if node.function == "rank":
        lowest = len(node.arguments) == 2 and word(node.arguments[1]) == "lowest"
        return (
            _("place of the region by %(what)s, the lowest first")
            if lowest
            else _("place of the region by %(what)s, the highest first")
        )
    return {
        "percentile": _("percentage of regions below, by %(what)s"),
        "zscore": _("%(what)s, in standard deviations from the mean of the regions"),
        "minmax": _("%(what)s, between the lowest (0) and the highest (100) region"),
    }[node.function]


def names_of_composite(formula: str, names: Mapping[str, str]) -> dict[str, str]:
    """The parts of a composite by the name the formula gives them: the indicator's name where a part is one alone."""
    call = _composite_in(parse(formula).tree)
    if call is None:
        return {}
    found = {}
    for name, argument in zip(part_names(call), call.arguments[1:], strict=True):
        inside = argument.value.operand if isinstance(argument.value, Negative) else argument.value
        found[name] = names.get(inside.key, name) if isinstance(inside, Name) else name
    return found


def _composite_in(node: Node) -> Call | None:
    if isinstance(node, Call):
        return node if node.function == "composite" else None
    if isinstance(node, Negative):
        return _composite_in(node.operand)
    return _composite_in(node.left) or _composite_in(node.right) if isinstance(node, Operation) else None


def missing_in_words(missing: Iterable[tuple[str, int, str]], names: Mapping[str, str], year: int) -> str:
    """“Missing: spending on research (confidential)”; empty where nothing is."""
    why = {
        "confidential": state_words("confidential"),
        "undefined": _("divides by zero"),
        "break": _("break in series"),
        "too_few_parts": _("too few parts"),
    }
    told = [
        f"{names.get(name, name)}{'' if at == year else f', {at}'} ({why.get(reason, state_words('not_published'))})"
        for name, at, reason in missing
    ]
    return _("Missing: %(parts)s.") % {"parts": "; ".join(told)} if told else ""


def unit_in_words(unit: Unit | None) -> str:
    """The unit that follows from a formula; empty where it is not known or there is none."""
    if unit is None:
        return ""
    own = {
        "points": _("points"),
        "index": _("index"),
        "standard deviations": _("standard deviations"),
        "percentage points": _("percentage points"),
        "rank": _("places"),
        "minmax": _("points of 100"),
    }

    def named(sign: int) -> str:
        found = [(own.get(symbol, symbol), abs(power)) for symbol, power in unit.powers if power * sign > 0]
        return " · ".join(symbol if power == 1 else f"{symbol}^{power}" for symbol, power in found)

    above, below = named(1), named(-1)
    return _("%(above)s per %(below)s") % {"above": above or "1", "below": below} if below else above


def error_in_words(error: FormulaError) -> str:
    """What is wrong and where, as one sentence."""
    return _("Character %(place)s: %(sentence)s") % {
        "place": error.position[0] + 1,
        "sentence": _sentences()[error.kind] % error.details,
    }


def _sentences() -> dict[str, str]:
    return {
        "empty": _("The formula is empty: write the code of an indicator, or a calculation with some."),
        "too_long": _(
            "The formula has more than %(limit)s characters: define a part of it as an indicator of its own."
        ),
        "too_deep": _(
            "The brackets are nested deeper than %(limit)s: define a part of the formula as an indicator of its own."
        ),
        "too_many_signs": _(
            "The formula has more than %(limit)s signs: define a part of it as an indicator of its own."
        ),
        "unexpected_character": _("“%(found)s” means nothing in a formula."),
        "quote_not_closed": _("The quotation mark opened here is never closed."),
        "bracket_not_closed": _("The bracket opened here is never closed."),
        "bracket_not_opened": _("There is no open bracket that this one could close."),
        "activity_expected": _("Between [ and ] stands the code of an activity, for example [C14]."),
        "value_expected": _("A name, a number or an open bracket is missing before “%(found)s”."),
        "value_expected_at_end": _(
            "The formula ends too early: a name, a number or an open bracket is missing."
        ),
        "operator_expected": _("A sign such as + or × is missing before “%(found)s”."),
        "comma_outside": _(
            "A comma only separates what stands in the brackets of a function; write 1.5 with a point."
        ),
        "number_too_large": _("This number is too large."),
        "unknown_name": _("There is no indicator “%(name)s”."),
        "unknown_name_near": _("There is no indicator “%(name)s”. Did you mean “%(near)s”?"),
        "unknown_function": _("There is no function “%(name)s”. There are: %(functions)s."),
        "function_without_brackets": _("“%(name)s” is a function: write %(usage)s."),
        "wrong_arguments": _("“%(name)s” is written like this: %(usage)s."),
        "unknown_option": _(
            "“%(option)s=” means nothing here; the function is written like this: %(usage)s."
        ),
        "plain_number_wanted": _("Here a plain number is wanted: %(usage)s."),
        "year_wanted": _("Here a year is wanted, for example 2015: %(usage)s."),
        "years_wanted": _("Here a whole number of years from 1 is wanted: %(usage)s."),
        "word_wanted": _("Here one of these words is wanted: %(words)s."),
        "division_by_zero": _("This divides by zero."),
        "units_differ": _("“%(left)s” and “%(right)s” do not fit together here: their units differ."),
        "no_indicator": _("The formula names no indicator, so it would say the same of every region."),
        "part_without_name": _("Give this part a name: name=…"),
        "part_twice": _("Two parts are called “%(name)s”: give one another name."),
        "composite_twice": _(
            "A formula can hold one composite only: define the other one as an indicator of its own."
        ),
        "composite_inside": _("A composite cannot stand inside the brackets of another function."),
        "weight_missing": _("There is no weight for the part “%(name)s”."),
        "weight_unknown": _("There is a weight for “%(name)s”, but no such part."),
        "weight_not_positive": _(
            "The weight of “%(name)s” must be above zero; take the part out if it is not to count."
        ),
        "weights_without_composite": _("There are weights, but the formula has no composite."),
        "minimum_out_of_range": _(
            "At least %(minimum)s known parts are asked for, and there are %(parts)s: give a number from 1 to %(parts)s."
        ),
        "cycle": _("An indicator cannot be computed from itself: %(path)s."),
    }


def reason_in_words(reason: str) -> str:
    """Why a value is missing; empty for a value that is known."""
    return {
        "not_published": _("A part of it is not published."),
        "confidential": _("A part of it is confidential."),
        "undefined": _("It would divide by zero, or compare with nothing."),
        "break": _("There is a break in series between the years it compares."),
        "too_few_parts": _("Too few of its parts are known."),
        "not_placed": _("It is a position among regions, so a whole country has none."),
    }.get(reason, "")
