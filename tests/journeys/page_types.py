"""One address of each kind of page, as everybody can open it. A new kind of page is added here."""

from __future__ import annotations

PAGE_TYPES = {
    "home": "/{language}/",
    "regions": "/{language}/regions/",
    "search": "/{language}/regions/search/?q=Severozapaden+Centralen",
    "region with figures": "/{language}/regions/BG31/",
    "region without figures": "/{language}/regions/RS21/",
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
    "not found": "/{language}/no-such-page/",
}

# The same for somebody who has signed in.
OWN_PAGE_TYPES = {
    "my citations": "/{language}/citations/",
    "my account": "/{language}/account/mine/",
}
