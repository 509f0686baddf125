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
    """Not UTF-8 text."""

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


class FileTooLarge(SourceError):
    """Unpacks to more than is allowed: too large, or made to fill a disk."""

    slug = "too-large"
    sentence = "The file unpacks to more than {limit} bytes from {packed}. It was not read further."


class SeveralFiles(SourceError):
    """An archive with more than one file."""

    slug = "several-files"
    sentence = "The archive holds {count} files ({names}). Give one of them."


class RetiredFormat(SourceError):
    """A format its makers have given up."""

    slug = "retired-format"
    sentence = "This is {format}, which is no longer in use. Ask the source for {instead}."


class DimensionsUnclear(SourceError):
    """Columns are there, but not the ones that make an observation."""

    slug = "dimensions-unclear"
    sentence = "There is no column of {lacking} among: {columns}. Name it {names}, or say which column it is."


class AmbiguousNumbers(SourceError):
    """1.234 can be one and a quarter, or one thousand and more."""

    slug = "ambiguous-numbers"
    sentence = (
        "“{value}” in line {line} can be read in two ways, and nothing else in the file tells which. Say whether "
        "the decimal sign is a point or a comma."
    )
