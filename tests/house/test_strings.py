"""Every string a person reads can be translated: in templates, and where Python speaks to people."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from django.template.base import Lexer, TokenType

from house.plan import PLATFORM, templates

# The same in every language: names of products, formats, classifications and their publishers.
NAMES = re.compile(
    r"(?<!\w)(?:ClusterPoliSEE|Cluster|Poli|SEE|Eurostat|EUPL|GitHub|NUTS|NACE Rev|NACE|SBS|LFS|CSV|XLSX|SVG|PNG|PDF|JSON-stat|JSON|SDMX"
    r"|SHA-256|Python|NumPy|Polars|Vega-Lite|Natural Earth|CC BY)(?!\w)"
)
SPOKEN_ATTRIBUTES = {
    "alt",
    "title",
    "aria-label",
    "aria-description",
    "aria-roledescription",
    "placeholder",
    "label",
}
SILENT_ELEMENTS = {"script", "style", "code", "kbd", "samp", "math"}
VOID_ELEMENTS = {
    "area",
    "base",
    "br",
    "col",
    "embed",
    "hr",
    "img",
    "input",
    "link",
    "meta",
    "source",
    "track",
    "wbr",
}
WORD = re.compile(r"[^\W\d_]{2,}")
HIDING_TAGS = ("blocktranslate", "blocktrans", "comment")
GIVEN = "\uffff"  # stands where the template puts a value

SPEAKING_KEYWORDS = {"label", "help_text", "verbose_name", "verbose_name_plural", "empty_label"}
SPEAKING_CALLS = {"ValidationError", "Http404", "HttpResponseBadRequest", "HttpResponseForbidden"}
SPEAKING_MODULES = {"messages"}


class Untranslated(HTMLParser):
    """Collects words that stand in the page itself rather than in the catalogue."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[int, str]] = []
        self.silent: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        if not self.silent:
            for name, value in attributes:
                speaks = name in SPOKEN_ATTRIBUTES or (name, tag, given.get("type")) == (
                    "value",
                    "input",
                    "submit",
                )
                if speaks or (name == "content" and given.get("name") == "description"):
                    self._look_at(value or "")
        if tag in VOID_ELEMENTS:
            return
        if self.silent or tag in SILENT_ELEMENTS or given.get("translate") == "no":
            self.silent.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.silent and self.silent[-1] == tag:
            self.silent.pop()

    def handle_data(self, text: str) -> None:
        if not self.silent:
            self._look_at(text)

    def _look_at(self, text: str) -> None:
        if words := words_in(text):
            self.found.append((self.getpos()[0], words))


def words_in(text: str) -> str:
    """Words of two letters and more that a translator would have to see."""
    return " ".join(WORD.findall(NAMES.sub(" ", text)))


def markup_only(source: str) -> str:
    """The template without its tags, comments and translated passages; line numbers stay true."""
    kept, hidden_until = [], ""
    for token in Lexer(source).tokenize():
        words = token.contents.split()
        lines = "\n" * _newlines(token)
        if hidden_until:
            if token.token_type is TokenType.BLOCK and words[0] == hidden_until:
                hidden_until = ""
            kept.append(lines)
        elif token.token_type is TokenType.TEXT:
            kept.append(token.contents)
        elif token.token_type is TokenType.VAR:
            kept.append(GIVEN + lines)
        else:
            opens = token.token_type is TokenType.BLOCK and words and words[0] in HIDING_TAGS
            hidden_until = f"end{words[0]}" if opens else ""
            kept.append(
                (GIVEN if token.token_type is TokenType.BLOCK and words[0] in ("translate", "trans") else "")
                + lines
            )
    return "".join(kept)


def _newlines(token: object) -> int:
    return token.contents.count("\n")  # type: ignore[attr-defined]


def untranslated_in(source: str, *, html: bool) -> list[tuple[int, str]]:
    markup = markup_only(source)
    if not html:
        lines = enumerate(markup.splitlines(), start=1)
        return [(number, words) for number, line in lines if (words := words_in(line))]
    parser = Untranslated()
    parser.feed(markup)
    parser.close()
    return parser.found


def untranslated_literals(source: str) -> Iterator[tuple[int, str]]:
    """Plain strings handed to what speaks to people: labels, help, error and status messages."""
    for call in (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)):
        spoken = [keyword.value for keyword in call.keywords if keyword.arg in SPEAKING_KEYWORDS]
        function = call.func
        if isinstance(function, ast.Name) and function.id in SPEAKING_CALLS:
            spoken += call.args[:1]
        elif isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name):
            if function.value.id in SPEAKING_MODULES:
                spoken += call.args[1:2]
            elif function.attr in SPEAKING_CALLS:
                spoken += call.args[:1]
        for value in spoken:
            literal = isinstance(value, ast.JoinedStr) or (
                isinstance(value, ast.Constant) and isinstance(value.value, str)
            )
            if literal and WORD.search(ast.unparse(value).lstrip("f")):
                yield value.lineno, ast.unparse(value)


def test_templates_take_every_word_from_the_catalogue() -> None:
    found = [
        f"{file.relative_to(PLATFORM)}:{line} {words}"
        for _, file in templates()
        for line, words in untranslated_in(file.read_text(), html=file.suffix != ".txt")
    ]
    assert found == []


def test_python_takes_every_spoken_word_from_the_catalogue() -> None:
    found = [
        f"{file.relative_to(PLATFORM)}:{line} {words}"
        for file in sorted(PLATFORM.glob("**/*.py"))
        if "migrations" not in file.parts
        for line, words in untranslated_literals(file.read_text())
    ]
    assert found == []


@pytest.mark.parametrize(
    ("markup", "caught"),
    [
        ("<p>Regions</p>", ["Regions"]),
        ("<p>\n{{ count }} jobs</p>", ["jobs"]),
        ('<img alt="A map" src="a.svg">', ["map"]),
        ('<input type="submit" value="Send">', ["Send"]),
        ('<a title="Go {{ there }}" href="/go/">{% translate "Go" %}</a>', ["Go"]),
        ('<p>{% translate "Regions" %}</p>', []),
        ("<p>{% blocktranslate %}All the regions{% endblocktranslate %}</p>", []),
        ("<p>{# note to authors #}{% comment %}another{% endcomment %}</p>", []),
        ("<p>Eurostat · NUTS 2024 · {{ x }} %</p>", []),
        ("<code>clusterpolisee data list</code><script>let word = 1</script>", []),
        ('<span lang="bg" translate="no">Български</span>', []),
        ('<input value="old text" name="q">', []),
        ('<p class="{% if a %}wide{% endif %}">{{ a|default:"x" }}</p>', []),
    ],
)
def test_a_word_outside_the_catalogue_is_caught_in_a_template(markup: str, caught: list[str]) -> None:
    assert [words for _, words in untranslated_in(markup, html=True)] == caught


def test_a_word_outside_the_catalogue_is_caught_in_an_email_with_its_line() -> None:
    email = '{% translate "Hello" %}\n\nconfirm here: {{ url }}\n'
    assert untranslated_in(email, html=False) == [(3, "confirm here")]


@pytest.mark.parametrize(
    ("code", "caught"),
    [
        ('messages.success(request, "Saved.")', 1),
        ('messages.error(request, f"No {thing}.")', 1),
        ('forms.CharField(label="Name")', 1),
        ('raise ValidationError("Wrong.")', 1),
        ('raise forms.ValidationError("Wrong.")', 1),
        ('messages.success(request, _("Saved."))', 0),
        ('forms.CharField(label=gettext_lazy("Name"), help_text="")', 0),
        ('history.record(actor, "cited", citation)', 0),
    ],
)
def test_a_word_outside_the_catalogue_is_caught_in_python(code: str, caught: int) -> None:
    assert len(list(untranslated_literals(code))) == caught
