"""Sentences of Django's and allauth's forms, named here so that our catalogues say them in our words, in every language."""

from __future__ import annotations

from django.utils.translation import gettext_noop, ngettext_lazy

# The catalogues of the project come before those of the libraries: what they translate is what people read.
BORROWED = (
    gettext_noop("Email"),
    gettext_noop("Email address"),
    gettext_noop("Password"),
    gettext_noop("Password (again)"),
    gettext_noop("Current Password"),
    gettext_noop("New Password"),
    gettext_noop("New Password (again)"),
    gettext_noop("Remember Me"),
    gettext_noop("Forgot your password?"),
    gettext_noop("You must type the same password each time."),
    gettext_noop("The email address and/or password you specified are not correct."),
    gettext_noop("Too many failed login attempts. Try again later."),
    gettext_noop("A user is already registered with this email address."),
    gettext_noop("This email address is already associated with this account."),
    gettext_noop("Please type your current password."),
    gettext_noop("Incorrect password."),
    gettext_noop("You cannot remove your primary email address."),
    gettext_noop("You cannot add more than %d email addresses."),
    gettext_noop("The new value must be different from the current one."),
    gettext_noop("Code"),
    gettext_noop("Authenticator code"),
    gettext_noop("Your account has no password set up."),
    # Django's own Bulgarian does not have it yet.
    ngettext_lazy(
        "This password is too short. It must contain at least %d character.",
        "This password is too short. It must contain at least %d characters.",
    ),
)
