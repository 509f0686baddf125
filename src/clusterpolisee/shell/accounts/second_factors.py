"""Second factors: how allauth keeps and names them here.

A telephone's app, a passkey, recovery codes: allauth runs the ceremonies, our templates show them, `passkeys.js` speaks
with the browser. Secrets lie in the database encrypted with a key made from the instance's secret: a copy of the
database alone opens no account.
"""

from __future__ import annotations

import base64
import secrets
from typing import Any

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import gettext_lazy as _

from clusterpolisee.shell.accounts.devices import device_in_words

XML_DECLARATION_END = "?>"


class SecondFactorAdapter(DefaultMFAAdapter):
    """Our name, our wording, and secrets that are not stored as they are."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _(
            "This is not right, or was used already. Try again with what your device shows now."
        ),
        "cannot_generate_recovery_codes": _("Recovery codes stand in for a second factor: add one first."),
    }

    def build_totp_svg(self, url: str) -> str:
        """The square code as an element of the page: the content policy lets no page load it as data."""
        drawn: str = super().build_totp_svg(url)
        return drawn.partition(XML_DECLARATION_END)[2].strip() if drawn.startswith("<?xml") else drawn

    def encrypt(self, text: str) -> str:
        return _lock().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """What was encrypted. Under another secret of the instance it is lost: then no code fits, whatever is tried."""
        try:
            return _lock().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return base64.b32encode(secrets.token_bytes(20)).decode()

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:
        """A passkey is called after the device it is made on, until its owner says otherwise."""
        return device_in_words(context.request.META.get("HTTP_USER_AGENT", ""))

    def get_public_key_credential_rp_entity(self) -> dict[str, Any]:
        return {**super().get_public_key_credential_rp_entity(), "name": "ClusterPoliSEE"}


def _lock() -> Fernet:
    made = HKDF(SHA256(), length=32, salt=None, info=b"clusterpolisee second factors")
    return Fernet(base64.urlsafe_b64encode(made.derive(settings.SECRET_KEY.encode())))
