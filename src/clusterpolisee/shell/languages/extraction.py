"""What the code says: every text of the interface, read from Python and from templates without gettext's tools."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parents[2]
_CALLS = {
    "_": 1, "gettext": 1, "gettext_lazy": 1, "gettext_noop": 1, "ngettext": 2, "ngettext_lazy": 2,
    "pgettext": -1, "pgettext_lazy": -1, "npgettext": -2,
}  # fmt: skip

Message = tuple[str, str, str]  # context, singular, plural


def messages_in_code(package: Path = PACKAGE) -> set[Message]:
    """Every text of the interface: from calls of gettext in Python and from templates."""
    found: set[Message] = set()
    for path in package.rglob("*.py"):
        found |= set(_from_python(path.read_text(encoding="utf-8")))
    for path in package.rglob("templates/**/*.*"):
        if path.suffix in (".html", ".txt"):
            found |= set(_from_python_like(templatize(path.read_text(encoding="utf-8"), origin=str(path))))
    return found


def _from_python(source: str) -> Iterator[Message]:
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if name in _CALLS and (texts := _texts(node)):
            shape = _CALLS[name]
            if shape == 1:
                yield ("", texts[0], "")
            elif shape == 2 and len(texts) > 1:
                yield ("", texts[0], texts[1])
            elif shape == -1 and len(texts) > 1:
                yield (texts[0], texts[1], "")
            elif shape == -2 and len(texts) > 2:
                yield (texts[0], texts[1], texts[2])


def _texts(call: ast.Call) -> list[str]:
    texts = []
    for argument in call.args:
        if not (isinstance(argument, ast.Constant) and isinstance(argument.value, str)):
            break
        texts.append(argument.value)
    return texts


def _from_python_like(text: str) -> Iterator[Message]:
    """templatize() leaves calls among letters that stand for the rest; each is read as Python by itself."""
    for found in re.finditer(r"\b(_|n?p?gettext)\(", text):
        depth, end = 0, found.end() - 1
        quote = ""
        while end < len(text):
            sign = text[end]
            if quote:
                if sign == "\\":
                    end += 1
                elif text.startswith(quote, end):
                    end += len(quote) - 1
                    quote = ""
            elif text.startswith(('"""', "'''"), end):
                quote = text[end : end + 3]
                end += 2
            elif sign in "\"'":
                quote = sign
            elif sign == "(":
                depth += 1
            elif sign == ")":
                depth -= 1
                if not depth:
                    break
            end += 1
        call = text[found.start() : end + 1]
        try:
            yield from _from_python(call)
        except SyntaxError:
            continue
