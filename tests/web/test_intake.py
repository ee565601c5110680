"""Reading in the browser: what was read is shown first, and enters the dossier only on a person's word, as shown."""

from __future__ import annotations

import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from httpx import Response
from lxml import html
from starlette.testclient import TestClient

import cordiale
from cordiale.documents import ReadOptions, given
from cordiale.dossier.previewing import enter, shifts
from cordiale.web import create_app, intake, uploads

NOW = datetime(2013, 1, 1, tzinfo=UTC)
ORIGIN = {"origin": "http://testserver"}
ARTICLE = """Hamas and Syria

Syria hosts Hamas and supported it with weapons since 2006.

In February 2012 Hamas broke with Syria because of the repression of the uprising. Iran is an ally of Syria.
The Dawn Brigade fights Syria.
"""


@pytest.fixture
def dossier(tmp_path: Path) -> Iterator[cordiale.Dossier]:
    with cordiale.open(tmp_path / "a.dossier", clock=lambda: NOW) as found:
        yield found


@pytest.fixture
def client(dossier: cordiale.Dossier) -> TestClient:
    return TestClient(create_app(dossier, hosts=()))


def text(page: str) -> str:
    return " ".join(html.fromstring(page).text_content().split())


def post(client: TestClient, address: str = "/read", /, *, follow: bool = True, **form: str) -> Response:
    return client.post(address, data=form, headers=ORIGIN, follow_redirects=follow)


def upload(client: TestClient, name: str, data: bytes, **form: str) -> Response:
    return client.post("/read", data=form, files={"file": (name, data)}, headers=ORIGIN)


def press(client: TestClient, page: Response, button: str) -> Response:
    tree = html.fromstring(page.text)
    (found, *_) = tree.xpath(f"//main//button[normalize-space()='{button}']")
    address = found.get("formaction") or found.xpath("ancestor::form/@action")[0]
    return client.post(address, headers=ORIGIN)


def ids(page: Response) -> set[str]:
    return {str(one) for one in html.fromstring(page.text).xpath("//article/@id")}


def test_what_was_read_is_shown_and_not_stored(client: TestClient, dossier: cordiale.Dossier) -> None:
    page = post(client, text=ARTICLE, published="2012-06-01", publisher="Gazette")
    assert page.url.path.startswith("/read/")
    assert page.url.params["at"] == "2012-06-01"
    shown = text(page.text)
    assert "In February 2012 Hamas broke with Syria" in shown
    assert "Gazette" in shown and "Dawn Brigade (1)" in shown
    assert not any(link.startswith("/source/") for link in html.fromstring(page.text).xpath("//article//a/@href"))
    counts = dossier.store.counts()
    assert (counts.documents, counts.claims, counts.actors, dossier.store.moment()) == (0, 0, 0, 0)


def test_what_enters_is_what_was_shown(client: TestClient, dossier: cordiale.Dossier) -> None:
    page = post(client, text=ARTICLE, published="2012-06")
    entered = press(client, page, "Enter into the dossier")
    assert entered.url.path.startswith("/source/")
    (document,) = dossier.store.documents()
    assert document.source == f"pasted {document.sha256[:12]}"
    assert document.published == date(2012, 6, 30)
    assert {one.id for one in dossier.claims(unclear=True)} == ids(page)
    assert not list(dossier.check())
    assert client.get(page.url.path).url.path == entered.url.path


def test_it_enters_as_the_command_line_would_read_it(
    client: TestClient, dossier: cordiale.Dossier, tmp_path: Path
) -> None:
    (tmp_path / "b.txt").write_text(ARTICLE, encoding="utf-8")
    press(client, upload(client, "b.txt", ARTICLE.encode(), publisher="Gazette"), "Enter into the dossier")
    with cordiale.open(tmp_path / "b.dossier", clock=lambda: NOW) as other:
        other.read(tmp_path / "b.txt", options=ReadOptions(publisher="Gazette"), jobs=1)
        assert [one.id for one in dossier.claims(unclear=True)] == [one.id for one in other.claims(unclear=True)]
        assert dossier.store.actors() == other.store.actors()


def test_what_is_left_is_gone(client: TestClient, dossier: cordiale.Dossier) -> None:
    page = post(client, text=ARTICLE)
    assert press(client, page, "Leave it").url.path == "/read"
    gone = client.get(page.url.path)
    assert gone.status_code == 404 and "read it again" in text(gone.text)
    assert dossier.store.counts().documents == 0


@pytest.mark.parametrize("address", ["/read/nobody", "/read/nobody/enter"])
def test_an_unknown_id_is_a_sentence(client: TestClient, address: str) -> None:
    found = post(client, address) if address.endswith("enter") else client.get(address)
    assert found.status_code == 404
    assert "unknown article that waits" in text(found.text)


def test_the_oldest_is_dropped_for_a_ninth(client: TestClient) -> None:
    pages = [post(client, text=f"Nothing happened on day {n}.") for n in range(intake.KEPT + 1)]
    assert [client.get(page.url.path).status_code for page in pages] == [404] + [200] * intake.KEPT


def test_what_is_known_already_is_said(client: TestClient, dossier: cordiale.Dossier, tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text(ARTICLE, encoding="utf-8")
    dossier.read(tmp_path / "b.txt", jobs=1)
    page = post(client, text=ARTICLE.replace("\n", "\r\n"))  # as a browser sends it
    assert "Known already" in text(page.text) and not ids(page)
    assert press(client, page, "Enter into the dossier").url.path.startswith("/source/")


def test_a_copy_of_a_story_is_said_to_be_one(client: TestClient) -> None:
    press(client, post(client, text=ARTICLE), "Enter into the dossier")
    page = post(client, text=ARTICLE + "\nAnd no more.\n")
    assert "the two are one voice" in text(page.text)


def test_what_would_change_is_what_changes(client: TestClient, dossier: cordiale.Dossier) -> None:
    before = post(client, text="Syria hosts Hamas. Syria supports Hamas.", published="2010")
    press(client, before, "Enter into the dossier")
    found = dossier.preview([given("b.txt", ARTICLE.encode())], options=ReadOptions(published=date(2012, 6, 1)))
    told = shifts(dossier, found, date(2012, 6, 1))
    enter(dossier.store, found)
    assert len(told) == 3
    for one in told:
        tie = dossier.tie(one.after.a.id, one.after.b.id, date(2012, 6, 1))
        assert (tie.stance, tie.disputed) == (one.after.stance, one.after.disputed)
        assert tie.weight == pytest.approx(one.after.weight)
    assert any(one.before.stance != one.after.stance for one in told)


def test_two_people_that_enter_the_same_article_at_once_lose_nothing(
    client: TestClient, dossier: cordiale.Dossier
) -> None:
    pages = [post(client, text=ARTICLE) for _ in range(2)]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda page: press(client, page, "Enter into the dossier"), pages * 2))
    assert {one.status_code for one in found} == {200}
    assert len({one.url.path for one in found}) == 1
    assert {one.id for one in dossier.claims(unclear=True)} == ids(pages[0])
    assert dossier.store.counts().documents == 1 and not list(dossier.check())


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("../../etc/passwd.txt", "passwd.txt"), ("C:\\Users\\me\\a.txt", "a.txt"), ("/", "upload"), ("..", "upload"),
        ("a\u202ecod.txt", "a\\u202ecod.txt"), ("x" * 300 + ".txt", "x" * 117 + ".txt"),
    ],
)  # fmt: skip
def test_the_name_of_a_file_is_a_name_and_no_path(
    client: TestClient, dossier: cordiale.Dossier, name: str, source: str
) -> None:
    press(client, upload(client, name, ARTICLE.encode()), "Enter into the dossier")
    (document,) = dossier.store.documents()
    assert document.source == source


def test_a_page_of_the_web_is_read_as_one(client: TestClient) -> None:
    page = f"<!doctype html><title>Hamas and Syria</title><article><p>{ARTICLE * 3}</p></article>"
    shown = upload(client, "a.html", page.encode())
    assert "Hamas and Syria" in text(shown.text) and ids(shown)


def test_rows_and_their_failures_are_shown_together(client: TestClient, dossier: cordiale.Dossier) -> None:
    rows = b'{"id": "1", "text": "Iran is an ally of Syria."}\n{"id": "2"}\n{"id": "3", "text": "Qatar hosts Hamas."}\n'
    page = upload(client, "news.jsonl", rows)
    assert "news.jsonl, line 2: no text in the row" in text(page.text)
    entered = press(client, page, "Enter into the dossier")
    assert entered.url.path == "/sources"
    assert dossier.store.counts().documents == 2
    (failure,) = dossier.store.failures()
    assert (failure.source, failure.place) == ("news.jsonl", "line 2")


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({}, "nothing to read"), ({"text": "  \n "}, "paste a text, choose a file, or give an address"),
        ({"text": "a", "address": "https://e.org"}, "more than one thing to read"),
        ({"address": "file:///etc/passwd"}, "no address of the web"),
        ({"address": "/etc/passwd"}, "no address of the web"),
        ({"text": "a", "published": "soon"}, "write YYYY, YYYY-MM or YYYY-MM-DD"),
        ({"text": "a", "published": "2099"}, "a day of publication in the future"),
        ({"text": "a", "url": "javascript:alert(1)"}, "no address of the web"),
    ],
)  # fmt: skip
def test_a_form_that_says_too_little_or_too_much_is_told_what_to_mend(
    client: TestClient, form: dict[str, str], words: str
) -> None:
    found = post(client, **form)
    assert (found.status_code, words in text(found.text)) == (400, True), text(found.text)


def test_an_empty_file_is_nothing_to_enter(client: TestClient) -> None:
    page = upload(client, "a.txt", b"")
    assert "Nothing could be read" in text(page.text) and "it is empty" in text(page.text)
    assert not html.fromstring(page.text).xpath("//button[normalize-space()='Enter into the dossier']")


def test_a_table_is_no_article(client: TestClient) -> None:
    assert "a table, not a text" in text(upload(client, "ties.csv", b"a,b\n1,2\n").text)


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:9/a", "http://localhost/a", "http://[::1]/a", "http://10.0.0.1/"]
)
def test_addresses_of_this_machine_and_its_network_are_not_asked(client: TestClient, address: str) -> None:
    assert "an address of this machine or a private network" in text(post(client, address=address).text)


def test_what_an_address_gives_has_its_limits() -> None:
    options = uploads.Sent(address="https://e.org/a").options(date(2013, 1, 1))
    assert (options.allow_private, options.max_bytes) == (False, uploads.LARGEST)


def test_a_form_that_says_it_is_too_large_is_not_read(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "_DRAINED", 0)
    kind = {"content-type": "multipart/form-data; boundary=x", "content-length": str(uploads.LARGEST * 1000)}
    found = client.post("/read", content=b"--x\r\n", headers=ORIGIN | kind)
    assert found.status_code == 413
    assert "10 MB at most" in text(found.text)


@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=x", "application/x-www-form-urlencoded"])
def test_a_form_that_does_not_say_how_large_it_is_is_counted(client: TestClient, kind: str) -> None:
    taken = []

    def pieces() -> Iterator[bytes]:
        yield b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
        for n in range(400):
            taken.append(n)
            yield b"a" * 100_000

    found = client.post("/read", content=pieces(), headers=ORIGIN | {"content-type": kind})
    assert found.status_code == 413


@pytest.mark.parametrize("field", ["file", "text"])
def test_what_is_a_byte_too_large_is_refused(client: TestClient, monkeypatch: pytest.MonkeyPatch, field: str) -> None:
    monkeypatch.setattr(uploads, "LARGEST", 1000)
    for size, status in ((1000, 200), (1001, 413)):
        body = ("a" * size).encode()
        part = {"file": ("a.txt", body)} if field == "file" else {"text": (None, body)}
        assert client.post("/read", files=part, headers=ORIGIN).status_code == status


def test_a_form_that_is_refused_keeps_what_was_typed(client: TestClient) -> None:
    typed = {"text": ARTICLE, "published": "2013-14-40", "publisher": "The <b>Gazette</b>", "url": "https://e.org/1"}
    page = html.fromstring(post(client, **typed).text)
    assert page.xpath("//textarea")[0].text.strip() == ARTICLE.strip()
    fields = {one.get("name"): one.get("value") for one in page.xpath("//form[@class='intake']//input[@value]")}
    assert fields == {"address": "", **{name: typed[name] for name in ("published", "publisher", "url")}}
    assert "2013-14-40" in page.xpath("//*[@role='alert']")[0].text_content()


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", b"x"), ("multipart/form-data; boundary=x", b"nonsense"), ("text/plain", b"text=a"),
        ("application/x-www-form-urlencoded", b"&".join(b"a%d=b" % n for n in range(99))), ("", b"\xff\xfe\x00"),
        ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data\r\n\r\na\r\n--x--\r\n'),
    ],
)  # fmt: skip
def test_a_broken_form_is_a_sentence(client: TestClient, kind: str, body: bytes) -> None:
    found = client.post("/read", content=body, headers=ORIGIN | {"content-type": kind})
    assert found.status_code in {200, 400}
    assert "Traceback" not in found.text


def test_harm_in_ten_megabytes_is_text(client: TestClient, dossier: cordiale.Dossier) -> None:
    harm = '<script>alert(1)</script> <img src=x onerror="alert(1)"> [a](javascript:alert(1)) \u202eabc '
    article = "Iran is an ally of Syria. " + harm * 300 + "\n"
    article += "<b>" * ((uploads.LARGEST - len(article.encode())) // 3)
    began = time.monotonic()
    page = client.post("/read", files={"text": (None, article.encode())}, headers=ORIGIN)
    while "Still being read" in page.text and time.monotonic() < began + 120:
        threading.Event().wait(1)
        page = client.get(page.url.path)
    entered = press(client, page, "Enter into the dossier")
    for shown in (page, entered):
        assert "<script>alert" not in shown.text and "<img" not in shown.text and "\u202e" not in shown.text
        assert not html.fromstring(shown.text).xpath("//a[starts-with(@href, 'javascript')]")
        assert len(shown.text) < 1_500_000
    assert "&lt;script&gt;" in entered.text
    assert dossier.store.counts().documents == 1


def test_a_reading_that_takes_long_says_so_and_can_be_left(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    go = threading.Event()
    preview = cordiale.Dossier.preview

    def slow(self: cordiale.Dossier, *inputs: object, **how: object) -> object:
        go.wait(30)
        return preview(self, *inputs, **how)  # type: ignore[arg-type]

    monkeypatch.setattr(intake, "PATIENCE", 0.05)
    monkeypatch.setattr(cordiale.Dossier, "preview", slow)
    pages = [post(client, text=ARTICLE), post(client, text=ARTICLE)]
    assert all("Still being read" in text(page.text) for page in pages)
    assert post(client, f"{pages[0].url.path}/enter").status_code == 409
    press(client, pages[1], "Leave it")
    go.set()
    for _ in range(200):
        threading.Event().wait(0.1)
        if ids(client.get(pages[0].url.path)):
            break
    assert ids(client.get(pages[0].url.path))
    assert client.get(pages[1].url.path).status_code == 404


def test_a_fault_of_the_reader_is_told(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> object:
        raise KeyError("nonsense")

    monkeypatch.setattr(cordiale.Dossier, "preview", broken)
    page = post(client, text=ARTICLE)
    assert page.status_code == 503 and "report this as a bug" in text(page.text)


def test_nothing_is_read_for_a_page_from_elsewhere(client: TestClient, dossier: cordiale.Dossier) -> None:
    assert client.post("/read", data={"text": ARTICLE}).status_code == 403
    page = post(client, text=ARTICLE)
    assert client.post(f"{page.url.path}/enter").status_code == 403
    assert dossier.store.counts().documents == 0


def test_a_dossier_that_cannot_be_written_says_so() -> None:
    folder = Path(tempfile.mkdtemp(prefix="cordiale-ro-"))
    try:
        with cordiale.open(folder / "a.dossier") as made:
            object.__setattr__(made.store._backend, "read_only", True)
            client = TestClient(create_app(made, hosts=()))
            for found in (client.get("/read"), post(client, text=ARTICLE)):
                assert found.status_code == 403
                assert "can be read but not written" in text(found.text)
    finally:
        shutil.rmtree(folder)
