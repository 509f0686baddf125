"""States and flags in words: the same on cards, in tables and on the command line."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

_STATES = {
    "reported": _("reported"),
    "estimated": _("estimated"),
    "not_published": _("not published"),
    "confidential": _("confidential"),
    "not_applicable": _("not applicable"),
}

_FLAGS = {
    "b": _("b: break in series; not comparable with earlier years"),
    "c": _("c: confidential"),
    "d": _("d: definition differs"),
    "e": _("e: estimated"),
    "f": _("f: forecast"),
    "i": _("i: imputed"),
    "m": _("m: cannot exist"),
    "n": _("n: not significant"),
    "p": _("p: provisional"),
    "r": _("r: revised"),
    "s": _("s: Eurostat estimate"),
    "u": _("u: low reliability"),
    "z": _("z: not applicable"),
}


def state_words(state: str) -> str:
    return str(_STATES.get(state, state))


def flag_words(flag: str) -> tuple[str, ...]:
    """One sentence for each letter; a letter nobody knows is shown as it is."""
    return tuple(str(_FLAGS.get(letter, letter)) for letter in flag)
