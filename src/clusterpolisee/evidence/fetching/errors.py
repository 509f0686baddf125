"""What can go wrong between here and a source, each a sentence: what happened, where, and what to do."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from clusterpolisee.evidence.obstacles import Obstacle
from clusterpolisee.shell.jobs.kinds import Spoken, sentence, speak

SENTENCES = {
    "fetching.no_source": _(
        "The catalogue does not say where %(table)s is fetched from; bring its file, or describe its source."
    ),
    "fetching.bad_source": _("The catalogue describes the source of %(table)s wrongly: %(what)s."),
    "fetching.years_backwards": _("The years %(first)s–%(last)s are backwards; write the earlier one first."),
    "fetching.years_impossible": _(
        "%(table)s has no year before %(first)s or after %(last)s; choose years between."
    ),
    "fetching.address_refused": _(
        "%(host)s led to %(url)s, which is none of the known sources; nothing was fetched from there. Try later, and "
        "tell the operator if it stays so."
    ),
    "fetching.not_public": _(
        "%(host)s stands at %(address)s, which is no public address; nothing was fetched from there. The operator "
        "can look at the name service of this machine."
    ),
    "fetching.unreachable": _(
        "%(host)s could not be reached, though it was tried %(attempts)s times. Look whether this machine is online, "
        "and try later."
    ),
    "fetching.broke_off": _(
        "The answer of %(host)s broke off each of %(attempts)s times. What was complete is kept: try later, and only "
        "the rest is fetched."
    ),
    "fetching.too_slow": _(
        "%(host)s did not finish its answer within %(minutes)s minutes. Try later, or ask for fewer years."
    ),
    "fetching.too_large": _(
        "The answer of %(host)s is larger than %(limit)s MB, and was stopped there. Ask for fewer years."
    ),
    "fetching.busy": _(
        "%(host)s takes no more questions for now (%(status)s). What was complete is kept: try again later."
    ),
    "fetching.failing": _(
        "%(host)s has trouble of its own (%(status)s), and had it each of %(attempts)s times. Try later."
    ),
    "fetching.redirects": _("%(host)s sends from one address to the next without an end. Try later."),
    "fetching.web_page": _(
        "%(host)s sent a web page (“%(title)s”) instead of figures. Its service may be down for maintenance: try later."
    ),
    "fetching.error_answer": _(
        "%(host)s refused the question: “%(message)s” (%(status)s). The table may have changed; look at its page there."
    ),
    "fetching.damaged": _(
        "What %(host)s sent is damaged: it cannot be unpacked, or ends too early. Nothing was stored; try again."
    ),
    "fetching.not_figures": _(
        "%(host)s sent something that is no table of figures (it begins with “%(beginning)s”). Nothing was stored."
    ),
    "fetching.still_too_big": _(
        "%(host)s finds even the smallest part of %(table)s too big. Describe filters for it in the catalogue."
    ),
    "fetching.late": _(
        "%(host)s has been preparing its answer for %(minutes)s minutes. Go on later: it is asked where it was left."
    ),
    "fetching.nothing": _("%(host)s has no figures of %(table)s for %(first)s–%(last)s. Choose other years."),
    "fetching.unknown_dimension": _(
        "%(host)s has no dimension “%(dimension)s” in %(table)s. It has: %(known)s. Correct filters and order of its "
        "source in the catalogue."
    ),
    "fetching.unknown_code": _(
        "%(host)s has no code “%(code)s” in the dimension “%(dimension)s” of %(table)s. It has: %(known)s. Correct the "
        "filters of its source in the catalogue."
    ),
    "fetching.other_order": _(
        "%(host)s has the dimensions of %(table)s in another order: %(known)s. Correct the order of its source in the "
        "catalogue."
    ),
    "fetching.parts_differ": _(
        "%(host)s changed %(table)s while its parts were fetched. They were thrown away; fetch it again."
    ),
    "fetching.under_way": _(
        "%(table)s is being fetched at this moment by somebody else. Wait until it is done."
    ),
}
speak(SENTENCES)


class FetchError(Obstacle, Spoken):
    """Something stood between here and a source. Reads in the active language; a job keeps key and words."""

    def __init__(self, kind: str, **words: Any) -> None:
        self.kind = kind
        self.key = f"fetching.{kind}"
        self.words = words
        super().__init__(sentence(self.key, words))

    def __str__(self) -> str:
        return sentence(self.key, self.words)


class NotModified(Exception):
    """The source says that nothing has changed since it was asked last."""
