"""One address of each kind of page, as everybody can open it. A new kind of page is added here."""

from __future__ import annotations

PAGE_TYPES = {
    "home": "/{language}/",
    "regions": "/{language}/regions/",
    "search": "/{language}/regions/search/?q=Severozapaden+Centralen",
    "region with figures": "/{language}/regions/BG31/",
    "region without figures": "/{language}/regions/RS21/",
    "withdrawn region": "/{language}/regions/HR04/",
    "region in an older vintage": "/{language}/regions/HR04/?nuts=2013",
    "country": "/{language}/regions/BG/",
    "figure": "/{language}/figures/location-quotient/persons_employed/BG31/C14/2015/",
    "methods": "/{language}/methods/",
    "method": "/{language}/methods/location-quotient/",
    "data": "/{language}/data/",
    "dataset": "/{language}/data/lfst_r_lfe2en2/",
    "dataset version": "/{language}/data/lfst_r_lfe2en2/1/",
    "bring your region": "/{language}/data/bring/",
    "sign in": "/{language}/account/login/",
    "sign up": "/{language}/account/signup/",
    "password forgotten": "/{language}/account/password/reset/",
    "accessibility": "/{language}/accessibility/",
    "design": "/{language}/design/",
    "not found": "/{language}/no-such-page/",
}

# The same for an administrator who has signed in; what a member or an analyst opens is among them.
OWN_PAGE_TYPES = {
    "my citations": "/{language}/citations/",
    "my account": "/{language}/account/mine/",
    "people": "/{language}/account/people/",
    "my addresses": "/{language}/account/email/",
    "new password": "/{language}/account/password/change/",
    "sign out": "/{language}/account/logout/",
    "work in the background": "/{language}/jobs/",
}

# Addresses that are no pages of their own to open: each with the reason, or with the journey that goes there.
NOT_OPENED_HERE = {
    "permanent_citation": "leads to the citation in the reader's language; test_officer goes there",
    "citation": "needs a citation; test_officer makes one and looks for barriers",
    "region_picture": "a picture",
    "region_table": "a file",
    "data_raw": "a file",
    "data_rejected": "a file",
    "cite": "a deed",
    "data_accept": "a deed",
    "data_reject": "a deed",
    "data_roll_back": "a deed",
    "data_fetch": "a deed",
    "job": "needs a job; test_analyst starts one and looks for barriers",
    "stop": "a deed",
    "resume": "a deed",
    "account_confirm_email": "needs the key of a letter; tests of accounts go there",
    "account_reset_password_from_key": "needs the key of a letter; tests of accounts go there",
    "account_reset_password_from_key_done": "follows the page before",
    "account_reset_password_done": "follows the page before",
    "account_email_verification_sent": "follows the signing up",
    "account_confirm_login_code": "follows a kind of sign-in that is not offered",
    "account_reauthenticate": "asks again for the password of a session that has grown old",
    "account_set_password": "for accounts without a password, which nobody has",
    "account_inactive": "for accounts that were closed; tests of accounts go there",
}
