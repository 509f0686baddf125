"""Forms of passkeys: allauth's, with our words, and with a sentence for answers no browser gives."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import forms as ceremonies
from django.utils.translation import gettext_lazy as _

MALFORMED = (KeyError, TypeError, ValueError, AttributeError, IndexError, RecursionError, struct.error)


@contextmanager
def _told_as_mistake() -> Iterator[None]:
    """Whatever a stranger sends instead of a passkey's answer is a wrong answer, never a crash."""
    try:
        yield
    except MALFORMED as nonsense:
        raise get_adapter().validation_error("incorrect_code") from nonsense


class AddPasskeyForm(ceremonies.AddWebAuthnForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["name"].label = _("What you call it")
        self.fields["name"].max_length = 100
        self.fields["passwordless"].label = _("Sign in with it alone, without a password")
        self.fields["passwordless"].initial = True
        self.fields["passwordless"].help_text = _(
            "Your device then asks for your finger, face or PIN. Take this away for a key that can do neither."
        )

    def clean_name(self) -> str:
        return str(super().clean_name())[:100]

    def clean(self) -> dict[str, Any]:
        with _told_as_mistake():
            cleaned: dict[str, Any] = super().clean()
            return cleaned


class RenamePasskeyForm(ceremonies.EditWebAuthnForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["name"].label = _("What you call it")

    def clean_name(self) -> str:
        return str(self.cleaned_data["name"])[:100]


class _ShownPasskey:
    def clean_credential(self) -> Authenticator:
        with _told_as_mistake():
            return super().clean_credential()  # type: ignore[misc]


class SignInWithPasskeyForm(_ShownPasskey, ceremonies.LoginWebAuthnForm):  # type: ignore[misc]
    pass


class SecondStepWithPasskeyForm(_ShownPasskey, ceremonies.AuthenticateWebAuthnForm):  # type: ignore[misc]
    pass


class ProofWithPasskeyForm(_ShownPasskey, ceremonies.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    pass
