"""Noting where somebody is signed in, so that they can see it and end it."""

from __future__ import annotations

from collections.abc import Callable

from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

NOTED_FOR = 600  # seconds: “last seen” need not be truer than that, and reading a page should not write a row


class NotesWhereSomebodyIsSignedIn:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # Pages that never ask who reads them (what other sites frame) are the same for everybody: nothing is noted there.
        key = request.session.session_key if request.session.accessed else None
        if key and request.user.is_authenticated and cache.add(f"session-noted-{key}", 1, NOTED_FOR):
            seen = UserSession.objects.filter(session_key=key).update(last_seen_at=timezone.now())
            if not seen:  # signing in notes it; a session from before that was so is noted when it comes by
                UserSession.objects.create_from_request(request)
        return response
