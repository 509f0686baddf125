"""How names in Cyrillic, Greek and German letters are written in plain Latin ones: by law, and as people type them.

Folding makes spellings equal that differ in accents or in writing one sound (sh and š); what stands here are the
letters that different alphabets spell differently. Sources: Bulgaria, Transliteration Act (2009); North Macedonia and
Serbia, the Latin alphabets in official use; Greece, ELOT 743; Ukraine, resolution 55 of the Cabinet (2010).
"""

from __future__ import annotations

import unicodedata

_CYRILLIC = {
    **dict(zip("абвгдезиклмнопрстуф", "abvgdeziklmnoprstuf", strict=True)),
    "ж": "zh",
    "й": "y",
    "х": "h",
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
}
_BULGARIAN = {**_CYRILLIC, "щ": "sht", "ъ": "a", "ь": "y", "ю": "yu", "я": "ya"}
_SERBIAN = {**_CYRILLIC, "ј": "j", "љ": "lj", "њ": "nj", "ђ": "d", "ћ": "c", "џ": "dz"}
_MACEDONIAN = {**_SERBIAN, "ѓ": "gj", "ќ": "kj", "ѕ": "dz"}
_UKRAINIAN = {
    **_CYRILLIC,
    **{"г": "h", "ґ": "g", "є": "ie", "и": "y", "і": "i", "ї": "i", "й": "i", "х": "kh"},
    **{"щ": "shch", "ь": "", "ю": "iu", "я": "ia", "’": "", "'": ""},
}
_UKRAINIAN_INITIAL = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
_GREEK = {
    **dict(zip("αβγδεζηικλμνοπρσςτυφω", "avgdeziiklmnoprsstyfo", strict=True)),
    **{"θ": "th", "ξ": "x", "χ": "ch", "ψ": "ps"},
}
_GREEK_PAIRS = {"ου": "ou", "γγ": "ng", "γκ": "gk", "γξ": "nx", "γχ": "nch"}
# As it is spoken, which is how many write it.
_GREEK_SPOKEN = {**_GREEK, "χ": "h"}
_GREEK_PAIRS_SPOKEN = {
    "ου": "u",
    "ει": "i",
    "οι": "i",
    "αι": "e",
    "ντ": "d",
    "γκ": "g",
    "μπ": "b",
    "γγ": "ng",
}
_VOICED = "αεηιουωβγδζλμνρ"

# Language of a name → each way its letters are written. The first is the official one.
_ALPHABETS = {
    "bg": (_BULGARIAN, {**_BULGARIAN, "ъ": "u"}),
    "mk": (_MACEDONIAN, {**_MACEDONIAN, "ѓ": "g", "ќ": "k"}),
    "sr": (_SERBIAN, {**_SERBIAN, "ђ": "dj"}),
    "uk": (_UKRAINIAN, {**_UKRAINIAN, "г": "g", "и": "i"}),
    "de": ({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"},),
    "hr": ({"đ": "dj"},),
}
_ALPHABETS |= {"cnr": _ALPHABETS["sr"], "bs": (*_ALPHABETS["sr"], *_ALPHABETS["hr"])}


def spellings(name: str, language: str) -> list[str]:
    """The name as it is written in Latin letters, the official way first; nothing where all ways fold alike.

    >>> spellings("Търговище", "bg"), spellings("Λευκάδα", "el")[0]
    (['targovishte', 'turgovishte'], 'lefkada')
    """
    if language == "el":
        return [_greek(name, _GREEK, _GREEK_PAIRS), _greek(name, _GREEK_SPOKEN, _GREEK_PAIRS_SPOKEN)]
    text = unicodedata.normalize("NFC", name.casefold())
    found = [_letter_by_letter(text, letters, language) for letters in _ALPHABETS.get(language, ())]
    return list(dict.fromkeys(one for one in found if one != text))


def _letter_by_letter(text: str, letters: dict[str, str], language: str) -> str:
    if language == "uk":
        text = text.replace("зг", "zgh")
    written = []
    for before, letter in zip(" " + text, text, strict=False):
        starts = language == "uk" and not before.isalpha()
        written.append((_UKRAINIAN_INITIAL if starts else {}).get(letter, letters.get(letter, letter)))
    return "".join(written)


def _greek(name: str, letters: dict[str, str], pairs: dict[str, str]) -> str:
    text = "".join(
        letter
        for letter in unicodedata.normalize("NFD", name.casefold())
        if letter == "\N{COMBINING DIAERESIS}" or not unicodedata.combining(letter)
    )
    written, place = "", 0
    while place < len(text):
        pair, after = text[place : place + 2], text[place + 2 : place + 3]
        if after == "\N{COMBINING DIAERESIS}":  # two vowels, each for itself
            pair = ""
        starts = place == 0 or not text[place - 1].isalpha()
        if pair in ("αυ", "ευ", "ηυ"):
            written += letters[pair[0]] + ("v" if after and after in _VOICED else "f")
        elif pair == "μπ" and (starts or not after.isalpha()):
            written += "b"
        elif pair in pairs:
            written += pairs[pair]
        else:
            written += letters.get(text[place], text[place])
            place -= 1
        place += 2
    return written
