"""Reading on Spark: the tasks that `readings` hands to processes, handed to the workers of a cluster.

A batch goes out as Arrow, a row a task, and comes back as Arrow, while the one before it is stored; results keep the
order of the inputs. Workers need this package, in the same version. Files are opened by the worker that reads them, so
they must lie where every worker sees them; addresses, feeds, rows and standard input are opened here. A task that
brings its worker down costs that input only.
"""

from __future__ import annotations

import pickle
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from cordiale import __version__
from cordiale.claims import Document
from cordiale.documents import Input, ReadOptions
from cordiale.dossier.readings import Desk, Done, Found, Result, catalogue_of, read_task, tasks_of
from cordiale.errors import UnreadableInput
from cordiale.reading.outcome import ReadsDocuments
from cordiale.spark import SparkError, session

if TYPE_CHECKING:
    import pyarrow
    from pyspark.sql import SparkSession

A_CORE = 64
"""Tasks of a batch for each core of the cluster: enough that starting it costs little, few enough to hold."""
_TASKS, _FOUND = "number int, task binary", "number int, found binary"

Task = Input | Document | Result


def read_on_spark(inputs: Iterable[Input], desk: Desk) -> Generator[Result, None, None]:
    """What `readings.read_all` gives: readings, failures and what was known, with a `Done` after each input."""
    spark = session("reading on Spark")
    size = A_CORE * spark.sparkContext.defaultParallelism
    with ThreadPoolExecutor(1) as ahead:
        waiting: tuple[list[Task], Future[list[Found]]] | None = None
        for batch in _batches(inputs, desk, size):
            handed = [task for task in batch if isinstance(task, Input | Document)]
            nearer, waiting = waiting, (batch, ahead.submit(_read_batch, spark, desk, handed))
            if nearer is not None:
                yield from _in_order(*nearer)
        if waiting is not None:
            yield from _in_order(*waiting)


def _batches(inputs: Iterable[Input], desk: Desk, size: int) -> Iterator[list[Task]]:
    """Tasks, and the results that need no reading, as many as make `size` tasks."""
    batch: list[Task] = []
    handed = 0
    for item in inputs:
        for task in tasks_of(item, desk):
            batch.append(task)
            handed += isinstance(task, Input | Document)
            if handed == size:
                yield batch
                batch, handed = [], 0
        batch.append(Done(source=item.source))
    if batch:
        yield batch


def _in_order(batch: list[Task], future: Future[list[Found]]) -> Iterator[Result]:
    found = iter(future.result())
    for task in batch:
        if isinstance(task, Input | Document):
            yield from next(found)
        else:
            yield task


def _read_batch(spark: SparkSession, desk: Desk, batch: list[Input | Document]) -> list[Found]:
    """What was found in each task; what brings a worker down is looked for by halves."""
    import pyarrow as pa
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException, PythonException

    if not batch:
        return []
    given = pickle.dumps((desk.reader, desk.actors, desk.events))
    tasks = pa.table({
        "number": pa.array(range(len(batch)), pa.int32()),
        "task": pa.array([pickle.dumps(task) for task in batch], pa.binary()),
    })  # fmt: skip
    slices = min(len(batch), 4 * spark.sparkContext.defaultParallelism)
    try:
        frame = spark.createDataFrame(tasks, schema=_TASKS).repartition(slices, "number")
        found = frame.mapInArrow(partial(_work, given, desk.options, desk.clock()), _FOUND).toArrow()
    except PythonException as error:  # no document's fault: those are told one by one
        why = str(error).strip().splitlines()[-1][:200]
        mend = f"install cordiale {__version__} with the same extras on every worker"
        raise SparkError(f"a worker cannot read ({why})", mend) from error
    except (PySparkException, Py4JError) as error:
        if _gone(spark):
            why = " ".join(str(error).split())[:200]
            raise SparkError(f"it went away ({why})", "start it, and give the command again: it goes on") from error
        if len(batch) == 1:
            why, mend = "it brought the reading process down", "leave it out, or save it in another format"
            return [[UnreadableInput(batch[0].source, why, mend)]]
        half = len(batch) // 2
        return [*_read_batch(spark, desk, batch[:half]), *_read_batch(spark, desk, batch[half:])]
    by_number = dict(zip(found["number"].to_pylist(), found["found"].to_pylist(), strict=True))
    return [pickle.loads(by_number[number]) for number in range(len(batch))]  # from our own workers


def _gone(spark: SparkSession) -> bool:
    try:
        spark.sql("SELECT 1").collect()
    except Exception:  # noqa: BLE001 -- whatever it says, it does not answer
        return True
    return False


def _work(
    given: bytes, options: ReadOptions, instant: datetime, batches: Iterable[pyarrow.RecordBatch]
) -> Iterator[pyarrow.RecordBatch]:
    """Read some tasks, in a worker."""
    import pyarrow as pa

    reader = _reader(given)
    for batch in batches:
        found = [pickle.dumps(list(read_task(pickle.loads(task), reader, options, instant)))
                 for task in batch.column("task").to_pylist()]  # fmt: skip
        yield pa.RecordBatch.from_arrays([batch.column("number"), pa.array(found, pa.binary())], ["number", "found"])


@lru_cache(maxsize=1)
def _reader(given: bytes) -> ReadsDocuments:
    """The reader of this worker: made once, as that takes longer than to read some documents."""
    choice, actors, events = pickle.loads(given)
    made: ReadsDocuments = choice.over(catalogue_of(actors), events)
    return made
