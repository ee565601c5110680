"""What it costs to import the package, and to read one article."""

import subprocess
import sys
import time
from datetime import UTC, datetime

from cordiale.documents import body, fingerprint, read_inputs

HEAVY = ("trafilatura", "lxml", "pypdfium2", "feedparser", "httpx", "charset_normalizer", "datasketch", "numpy")


def test_importing_documents_loads_no_library():
    code = f"import sys, cordiale.documents; print([m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_an_article_of_800_words_takes_less_than_10_ms_of_work(tmp_path):
    sentence = "Envoys of the two states met in the capital on Monday and agreed on point {}, after years of enmity."
    paragraphs = [" ".join(sentence.format(f"{n}-{m}") for m in range(3)) for n in range(14)]
    path = tmp_path / "a.txt"
    path.write_text("\n\n".join(["Two States Talk", *paragraphs]))
    assert min(_seconds(path) for _ in range(10)) < 0.010


def _seconds(path):
    start = time.process_time()
    (document,) = read_inputs([str(path)], clock=lambda: datetime(2020, 1, 2, tzinfo=UTC))
    fingerprint("\n".join(document.text[span.start : span.end] for span in body(document.text, document.title)))
    return time.process_time() - start
