"""Who is let in, and who stays in."""

from __future__ import annotations

from allauth.account.auth_backends import AuthenticationBackend

from clusterpolisee.shell.accounts.models import User


class AdmittedOnly(AuthenticationBackend):
    """Asks at every request: an account that is closed, or a demo account after the demo, is signed out at once."""

    def user_can_authenticate(self, user: User | None) -> bool:
        return user is not None and user.is_admitted
