"""Why a file cannot be read at all. Each error has a slug and facts, so that a page can say it in any language."""

from __future__ import annotations

from typing import Any


class SourceError(ValueError):
    """A file that gives no observations. slug names the kind of obstacle, params its facts."""

    slug = "unreadable"
    sentence = "The file cannot be read."

    def __init__(self, **params: Any) -> None:
        self.params = params
        super().__init__(self.sentence.format(**params))


class EmptyFile(SourceError):
    """Nothing is in it."""

    slug = "empty"
    sentence = "The file is empty. Fetch it again."


class TruncatedFile(SourceError):
    """The end is missing, or bytes were damaged on the way."""

    slug = "truncated"
    sentence = "The file is cut off or damaged ({what}). Fetch it again, whole."


class WrongEncoding(SourceError):
    """Not UTF-8 text. position counts bytes of the unpacked text from 1."""

    slug = "wrong-encoding"
    sentence = (
        "The file is not UTF-8 text: byte {position}, in line {line}, does not belong there. It looks like {guess}. "
        "Save it as UTF-8 and try again."
    )


class WebPageInsteadOfData(SourceError):
    """An HTML page came instead of the table."""

    slug = "web-page"
    sentence = "This is a web page (“{title}”), not data: the address answered with a page. Download the table itself."


class UnreadableFile(SourceError):
    """No format we know."""

    slug = "unknown-format"
    sentence = (
        "The format of {name} is not known. Give Eurostat TSV, SDMX-CSV 1.0 or 2.0, JSON-stat 2.0, or CSV with a "
        "column of regions, one of years and one of values. It begins: {beginning}"
    )


class OtherFormat(UnreadableFile):
    """A format we know by name and do not read."""

    slug = "other-format"
    sentence = "This is {format}, which is not read here. Give {instead}."


class RetiredFormat(SourceError):
    """A format its makers have given up."""

    slug = "retired-format"
    sentence = "This is {format}, which is no longer in use. Ask the source for {instead}."


class ErrorAnswer(SourceError):
    """The statistical service answered, and the answer is that it will not."""

    slug = "error-answer"
    sentence = "This is a message of the service, not data: “{message}”. Change the query, or wait, and fetch it again."


class FileTooLarge(SourceError):
    """Unpacks to more than is allowed: too large, or made to fill a disk."""

    slug = "too-large"
    sentence = "The file unpacks to more than {limit} bytes from {packed}. It was not read further."


class TooManyCells(SourceError):
    """A cube of a few bytes can claim more cells than any memory holds."""

    slug = "too-many-cells"
    sentence = (
        "The table says it has {cells} cells; at most {limit} are read. Ask the source for a part of it."
    )


class SeveralFiles(SourceError):
    """An archive with more than one file."""

    slug = "several-files"
    sentence = "The archive holds {count} files ({names}). Give one of them."


class EndlessRow(SourceError):
    """A row that does not end: most often a quotation mark without its partner."""

    slug = "endless-row"
    sentence = (
        "The row that begins in line {line} does not end: a quotation mark is not closed, or this is no table. "
        "Mend that line and try again."
    )


class DimensionsUnclear(SourceError):
    """Columns are there, but not the ones that make an observation."""

    slug = "dimensions-unclear"
    sentence = "There is no column of {lacking} among: {columns}. Name it {names}, or say which column it is."


class AmbiguousNumbers(SourceError):
    """1.234 can be one and a quarter, or one thousand and more."""

    slug = "ambiguous-numbers"
    sentence = (
        "“{value}” in line {line} can be read in two ways, and nothing else in the file tells which. Say whether "
        "the decimal sign is a point or a comma (decimal)."
    )


class MixedNumbers(AmbiguousNumbers):
    """Two numbers that cannot have been written in one style."""

    slug = "mixed-numbers"
    sentence = (
        "“{value}” in line {line} and “{other}” in line {other_line} are written in different ways. Write all numbers "
        "in one way, or say whether the decimal sign is a point or a comma (decimal)."
    )
