"""A handful of statements (subject, predicate, object) and three ways to write them: Turtle, JSON-LD, RDF/XML.

Only what a catalogue needs: names of things, texts with a language, typed values, things without a name. Texts lose their
control characters and addresses their forbidden ones here, so that nothing in a title can break out of its place.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

PREFIXES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]+")
_SAFE_IN_ADDRESS = ":/?#[]@!$&'()*+,;=%~-._"


@dataclass(frozen=True)
class Thing:
    """Something with an address."""

    address: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "address", quote(self.address, safe=_SAFE_IN_ADDRESS))


@dataclass(frozen=True)
class Nameless:
    """Something that is only spoken of here; the label is good within one file."""

    label: str


@dataclass(frozen=True)
class Text:
    """Words in a language, or a value of a type such as xsd:date."""

    value: str
    language: str = ""
    type: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "value", _CONTROL.sub(" ", self.value).strip())


Subject = Thing | Nameless
Statement = tuple[Subject, str, Subject | Text]


def term(name: str) -> Thing:
    """dcat:Dataset as the thing it names."""
    prefix, _colon, local = name.partition(":")
    return Thing(PREFIXES[prefix] + local)


def by_subject(statements: Iterable[Statement]) -> dict[Subject, list[tuple[str, Subject | Text]]]:
    """Every thing once, in order of appearance, with what is said of it."""
    found: dict[Subject, list[tuple[str, Subject | Text]]] = {}
    for subject, predicate, value in statements:
        said = found.setdefault(subject, [])
        if (predicate, value) not in said:
            said.append((predicate, value))
    return found


def turtle(statements: Sequence[Statement]) -> bytes:
    lines = [f"@prefix {prefix}: <{address}> ." for prefix, address in PREFIXES.items()]
    for subject, said in by_subject(statements).items():
        pairs = " ;\n    ".join(f"{predicate} {_in_turtle(value)}" for predicate, value in said)
        lines.append(f"\n{_in_turtle(subject)}\n    {pairs} .")
    return ("\n".join(lines) + "\n").encode()


def _in_turtle(value: Subject | Text) -> str:
    if isinstance(value, Thing):
        return f"<{value.address}>"
    if isinstance(value, Nameless):
        return f"_:{value.label}"
    words = '"' + value.value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if value.language:
        return f"{words}@{value.language}"
    return f"{words}^^{value.type}" if value.type else words


def json_ld(statements: Sequence[Statement]) -> bytes:
    graph = []
    for subject, said in by_subject(statements).items():
        node: dict[str, object] = {"@id": _name(subject)}
        for predicate in dict.fromkeys(predicate for predicate, _value in said):
            values = [value for one, value in said if one == predicate]
            if predicate == "rdf:type":
                node["@type"] = [_name(value) for value in values if not isinstance(value, Text)]
            else:
                node[predicate] = [_in_json(value) for value in values]
        graph.append(node)
    told = {"@context": PREFIXES, "@graph": graph}
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def _in_json(value: Subject | Text) -> dict[str, str]:
    if not isinstance(value, Text):
        return {"@id": _name(value)}
    if value.language:
        return {"@value": value.value, "@language": value.language}
    return {"@value": value.value, "@type": value.type} if value.type else {"@value": value.value}


def _name(subject: Subject) -> str:
    return subject.address if isinstance(subject, Thing) else f"_:{subject.label}"


def rdf_xml(statements: Sequence[Statement]) -> bytes:
    spaces = " ".join(f"xmlns:{prefix}={quoteattr(address)}" for prefix, address in PREFIXES.items())
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f"<rdf:RDF {spaces}>"]
    for subject, said in by_subject(statements).items():
        lines.append(f"<rdf:Description {_pointer(subject, 'about')}>")
        lines += [_element(predicate, value) for predicate, value in said]
        lines.append("</rdf:Description>")
    return ("\n".join([*lines, "</rdf:RDF>"]) + "\n").encode()


def _element(predicate: str, value: Subject | Text) -> str:
    if not isinstance(value, Text):
        return f"<{predicate} {_pointer(value, 'resource')}/>"
    said = ""
    if value.language:
        said = f" xml:lang={quoteattr(value.language)}"
    elif value.type:
        said = f" rdf:datatype={quoteattr(term(value.type).address)}"
    return f"<{predicate}{said}>{escape(value.value)}</{predicate}>"


def _pointer(subject: Subject, attribute: str) -> str:
    if isinstance(subject, Nameless):
        return f"rdf:nodeID={quoteattr(subject.label)}"
    return f"rdf:{attribute}={quoteattr(subject.address)}"
