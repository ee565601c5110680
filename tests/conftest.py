"""What all tests share: the development data beside the project, and one profile for property tests."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("cordiale", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("cordiale")

SHARED = Path(os.environ.get("CORDIALE_SHARED", Path(__file__).parents[2] / "shared"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of cases and data for development, which a user's checkout does not have."""
    if not SHARED.is_dir():
        absent(f"no development data at {SHARED}; set CORDIALE_SHARED to its folder")
    return SHARED


@pytest.fixture(scope="session")
def chromium() -> str:
    """The Chromium of this machine: none is downloaded."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        absent("no Chromium on this machine: apt-get install chromium")
    return found or ""


def absent(reason: str) -> None:
    """Skips a test for what the machine lacks; where CI runs nothing may be lacking."""
    if os.environ.get("CI"):
        pytest.fail(f"{reason} (and nothing is skipped in CI)")
    pytest.skip(reason)
