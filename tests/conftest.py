"""What all tests share: the development data beside the project, and one profile for property tests."""

from __future__ import annotations

import os
import shutil
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

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


@pytest.fixture(scope="session")
def spark() -> SparkSession:
    """A session of Spark on two cores of this machine."""
    if find_spec("pyspark") is None:
        absent("no PySpark: make spark")
    if shutil.which("java") is None:
        absent("no Java on this machine: apt-get install default-jre-headless")
    from cordiale.spark import session

    settings = "--master local[2] --conf spark.sql.shuffle.partitions=2"
    os.environ.setdefault("PYSPARK_SUBMIT_ARGS", f"{settings} pyspark-shell")
    return session("tests")
