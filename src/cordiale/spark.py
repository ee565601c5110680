"""A session of Spark, for work that has outgrown one machine. Nothing here knows an event or a document.

Which cluster it is, Spark itself is told: by `spark-submit`, by `spark-defaults.conf`, or by the environment
(`PYSPARK_SUBMIT_ARGS="--master spark://… pyspark-shell"`). Where nobody says, it runs on all cores of this machine.
"""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING

from cordiale.errors import CordialeError, MissingExtra

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

MEMORY = "2g"
"""Of the process that asks, unless Spark is told otherwise."""


class SparkError(CordialeError, RuntimeError):
    """Spark that does not start, or broke down: why, and what to do."""

    def __init__(self, why: str, mend: str) -> None:
        super().__init__(f"Spark: {why}; {mend}")
        self.why, self.mend = why, mend


def session(purpose: str) -> SparkSession:
    """The session of this process, made where there is none. Missing packages are a `MissingExtra` that names the
    `purpose`, a missing Java a `SparkError`."""
    try:
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise MissingExtra("pyspark", "spark", purpose) from error
    active = SparkSession.getActiveSession()
    if active is not None:
        return active
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ and "SPARK_REMOTE" not in os.environ:
        raise SparkError("there is no Java", "install Java 17 or later (Debian: apt install default-jre-headless)")
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # workers of this machine need what this process has
    settings = {
        "spark.sql.execution.arrow.pyspark.enabled": "true",  # rows come back as Arrow, not one by one
        "spark.sql.session.timeZone": "UTC",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "FATAL",  # what fails is raised, and told once
    }
    builder = SparkSession.builder.appName("cordiale")
    for name, value in settings.items():
        builder = builder.config(name, value)
    if "--driver-memory" not in os.environ.get("PYSPARK_SUBMIT_ARGS", ""):
        builder = builder.config("spark.driver.memory", MEMORY)
    try:
        return builder.getOrCreate()
    except PySparkException as error:
        why = " ".join(str(error).split())[:200]
        raise SparkError(f"it does not start ({why})", "see that Java is 17 or later, and the cluster is up") from error
