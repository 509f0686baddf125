"""Every process of a test run lives in a home folder of its own."""

from __future__ import annotations

import os
from pathlib import Path

from django.conf import settings


def test_the_settings_point_into_the_home_of_this_very_process(scratch: Path) -> None:
    home = scratch / os.environ.get("PYTEST_XDIST_WORKER", "alone")
    assert home == settings.HOME == settings.STORE_FOLDER.parent == settings.PICTURE_FOLDER.parent
    assert scratch.name.startswith("clusterpolisee-tests-")
