"""Seeding the schemes of cluster stars."""

from __future__ import annotations

import tomllib
from importlib.resources import files

from clusterpolisee.evidence.models import StarScheme


def load_star_schemes() -> int:
    """Create the schemes the package brings and this instance lacks; schemes that exist are left as they are.

    Safe to repeat. No actor: it is part of setting an instance up, like its migrations.
    """
    text = files("clusterpolisee.evidence").joinpath("star_schemes.toml").read_text(encoding="utf-8")
    created = 0
    for scheme in reversed(tomllib.loads(text)["scheme"]):
        name, version = scheme.pop("name"), scheme.pop("version")
        _scheme, is_new = StarScheme.objects.get_or_create(name=name, version=version, defaults=scheme)
        created += is_new
    return created
