"""What a page shows of a job: its own page, and pages of other apps on which one is followed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language

from clusterpolisee.shell.accounts.permissions import may
from clusterpolisee.shell.jobs import queries
from clusterpolisee.shell.jobs.kinds import sentence, title_of
from clusterpolisee.shell.jobs.models import Job
from clusterpolisee.shell.jobs.running import is_lost


def shown(one: Job, now: datetime) -> dict[str, Any]:
    """A job as a line of a list says it."""
    lost = is_lost(one, now)
    return {
        "job": one,
        "lost": lost,
        "title": title_of(one.kind),
        "message": sentence(one.message, one.message_words),
        "error": sentence("lost", {}) if lost else sentence(one.error, one.error_words),
        "result_url": f"/{get_language()}{one.result_url}" if one.result_url else "",
    }


def followed(one: Job, user: Any, now: datetime, address: str = "") -> dict[str, Any]:
    """All that `jobs/_job.html` shows. address: of the page it stands on, where that is not the job's own."""
    context = shown(one, now)
    return {
        **context,
        "address": address or reverse("jobs:job", args=[one.pk]),
        "may_stop": one.can_be_stopped and may(user, "jobs.stop", one),
        "may_list": may(user, "jobs.list"),
        "may_resume": (one.can_go_on or context["lost"]) and may(user, "jobs.resume", one),
        "ahead": queries.ahead_of(one),
        "nobody_works": queries.nobody_works(one, now),
    }
