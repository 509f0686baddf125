"""The languages of the platform: sixteen, one of them in two scripts."""

from __future__ import annotations

from dataclasses import dataclass

COMPLETE = "complete"
IN_PREPARATION = "in preparation"


@dataclass(frozen=True)
class Language:
    """One way of writing.

    code: as in addresses and the lang attribute. own_name: what its speakers call it. babel: its name in CLDR.
    relatives: where to look for a missing name first; only languages in the same script, read without effort.
    """

    code: str
    own_name: str
    english_name: str
    script: str
    babel: str
    relatives: tuple[str, ...] = ()
    direction: str = "ltr"
    status: str = IN_PREPARATION


LANGUAGES_OF_THE_PLATFORM = (
    Language("bg", "български", "Bulgarian", "Cyrl", "bg", status=COMPLETE),
    Language("en", "English", "English", "Latn", "en_GB", status=COMPLETE),
    Language("el", "ελληνικά", "Greek", "Grek", "el"),
    Language("ro", "română", "Romanian", "Latn", "ro"),
    Language("hr", "hrvatski", "Croatian", "Latn", "hr", ("bs", "sr-latn", "cnr")),
    Language("sr", "српски", "Serbian (Cyrillic)", "Cyrl", "sr_Cyrl"),
    Language("sr-latn", "srpski", "Serbian (Latin)", "Latn", "sr_Latn", ("cnr", "bs", "hr")),
    Language("sl", "slovenščina", "Slovenian", "Latn", "sl"),
    Language("sk", "slovenčina", "Slovak", "Latn", "sk"),
    Language("hu", "magyar", "Hungarian", "Latn", "hu"),
    Language("it", "italiano", "Italian", "Latn", "it"),
    Language("de", "Deutsch", "German", "Latn", "de"),
    Language("sq", "shqip", "Albanian", "Latn", "sq"),
    Language("mk", "македонски", "Macedonian", "Cyrl", "mk"),
    Language("bs", "bosanski", "Bosnian", "Latn", "bs", ("hr", "sr-latn", "cnr")),
    Language("cnr", "crnogorski", "Montenegrin", "Latn", "sr_Latn_ME", ("sr-latn", "bs", "hr")),
    Language("uk", "українська", "Ukrainian", "Cyrl", "uk"),
)
BY_CODE = {language.code: language for language in LANGUAGES_OF_THE_PLATFORM}
COMPLETE_LANGUAGES = tuple(one for one in LANGUAGES_OF_THE_PLATFORM if one.status == COMPLETE)
DEFAULT = BY_CODE["en"]


def language_of(code: str | None) -> Language:
    """The language with this code, its plain form for a regional one (en-gb → en), English if unknown."""
    code = (code or "").lower()
    return BY_CODE.get(code) or BY_CODE.get(code.partition("-")[0]) or DEFAULT
