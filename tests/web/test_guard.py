"""What no page and no request may do: run scripts, answer to other names, change things from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient

import cordiale
from cordiale.web import create_app


@pytest.fixture
def dossier(tmp_path: Path) -> Iterator[cordiale.Dossier]:
    with cordiale.open(tmp_path / "a.dossier") as found:
        yield found


def guarded(dossier: cordiale.Dossier, token: str | None = None) -> TestClient:
    app = create_app(dossier, token=token)
    app.add_api_route("/change", lambda: PlainTextResponse("changed"), methods=["POST"])
    return TestClient(app, base_url="http://127.0.0.1:8425")


def test_every_answer_forbids_scripts_and_other_origins(dossier: cordiale.Dossier) -> None:
    for address in ("/", "/static/site.css", "/nothing", "/openapi.json"):
        policy = guarded(dossier).get(address).headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy


@pytest.mark.parametrize(("host", "status"), [("127.0.0.1:8425", 200), ("localhost:8425", 200), ("evil.example", 421)])
def test_it_answers_to_this_machines_names_alone(dossier: cordiale.Dossier, host: str, status: int) -> None:
    assert guarded(dossier).get("/", headers={"host": host}).status_code == status


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"origin": "http://127.0.0.1:8425"}, 200), ({"origin": "http://evil.example"}, 403), ({}, 403),
        ({"origin": "null"}, 403), ({"origin": "http://127.0.0.1:8425", "sec-fetch-site": "cross-site"}, 403),
        ({"origin": "http://127.0.0.1:9999"}, 403),
    ],
)  # fmt: skip
def test_only_a_page_of_this_origin_changes_anything(
    dossier: cordiale.Dossier, headers: dict[str, str], status: int
) -> None:
    assert guarded(dossier).post("/change", headers=headers).status_code == status


def test_with_a_token_nothing_is_shown_without_it(dossier: cordiale.Dossier) -> None:
    client = guarded(dossier, token="sesame")
    assert client.get("/").status_code == 401
    assert client.get("/?token=wrong").status_code == 401
    entered = client.get("/?token=sesame&at=2012", follow_redirects=False)
    assert (entered.status_code, entered.headers["location"]) == (303, "/?at=2012")
    assert "HttpOnly" in entered.headers["set-cookie"]
    assert client.get("/").status_code == 200
