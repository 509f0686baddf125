"""What a job is kept as, and which scheduled moments have been served."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where a job stands."""

    QUEUED = "queued", _("waits for its turn")
    RUNNING = "running", _("is running")
    WAITING = "waiting", _("waits until a time")
    DONE = "done", _("is done")
    FAILED = "failed", _("has failed")
    CANCELLED = "cancelled", _("was stopped")


UNFINISHED = (State.QUEUED, State.RUNNING, State.WAITING)
AT_AN_END = (State.DONE, State.FAILED, State.CANCELLED)


class Job(models.Model):
    """One piece of background work: what, for whom, how far, and how it ended."""

    kind = models.CharField(_("kind"), max_length=60)
    about = models.CharField(_("about"), max_length=120, blank=True)
    arguments = models.JSONField(_("arguments"), default=dict)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.QUEUED)
    done = models.PositiveIntegerField(_("done"), default=0)
    of = models.PositiveIntegerField(_("of"), null=True)
    # Words by key, so that each reader has them in their language.
    message = models.CharField(_("message"), max_length=60, blank=True)
    message_words = models.JSONField(default=dict)
    error = models.CharField(_("error"), max_length=60, blank=True)
    error_words = models.JSONField(default=dict)
    result_url = models.CharField(_("result"), max_length=300, blank=True)  # without its language
    language = models.CharField(max_length=10, default="en")
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("started by"),
    )
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    started_at = models.DateTimeField(_("started"), null=True)
    finished_at = models.DateTimeField(_("finished"), null=True)
    heartbeat_at = models.DateTimeField(null=True)
    wait_until = models.DateTimeField(null=True)
    stop_asked = models.BooleanField(default=False)
    attempt = models.PositiveIntegerField(_("attempt"), default=0)
    worker = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("background job")
        verbose_name_plural = _("background jobs")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state"]), models.Index(fields=["kind", "about"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.about}".strip()

    @property
    def is_unfinished(self) -> bool:
        return self.state in UNFINISHED

    @property
    def can_be_stopped(self) -> bool:
        return self.is_unfinished and not self.stop_asked

    @property
    def can_go_on(self) -> bool:
        return self.state in (State.FAILED, State.CANCELLED)


class Moment(models.Model):
    """One moment of the schedule that was served: the second worker that wants to serve it finds it taken."""

    name = models.CharField(max_length=60)
    due_at = models.DateTimeField()
    job = models.ForeignKey(Job, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "due_at"], name="a_moment_is_served_once")]

    def __str__(self) -> str:
        return f"{self.name} {self.due_at.isoformat()}"
