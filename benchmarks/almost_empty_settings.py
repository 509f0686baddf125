"""The platform's settings with the address list of the almost empty page and a new project's own middleware."""

from clusterpolisee.config.settings import *  # noqa: F403

ROOT_URLCONF = "almost_empty"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",  # the one addition: allauth does not start without it
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
