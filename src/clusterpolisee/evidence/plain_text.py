"""Sentences where no link can stand: on a terminal, in an answer for programs."""

from __future__ import annotations

from html import unescape

from django.utils.html import strip_tags


def plain(sentence: object) -> str:
    """A sentence without its links.

    >>> plain('In <a href="/x/">2015</a> &amp; after')
    'In 2015 & after'
    """
    return unescape(strip_tags(str(sentence))).strip()
