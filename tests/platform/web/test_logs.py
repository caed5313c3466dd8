"""One id ties a request's answer, its log lines and its error page together."""

from __future__ import annotations

import pytest

from tests.platform.web.conftest import Lines


def test_an_id_of_the_proxy_is_taken_over(client):
    answer = client.get("/healthz", headers={"X-Request-ID": "from-the-proxy_42"})

    assert answer.headers["X-Request-ID"] == "from-the-proxy_42"


@pytest.mark.parametrize("given", ["short", "x" * 65, "spaces in it", "<script>", "line\\nbreak"])
def test_an_id_that_could_be_anything_is_replaced(client, given):
    answer = client.get("/healthz", headers={"X-Request-ID": given})

    assert answer.headers["X-Request-ID"] != given
    assert len(answer.headers["X-Request-ID"]) == 16


def test_each_request_has_its_own(client):
    ids = {client.get("/healthz").headers["X-Request-ID"] for _ in range(5)}

    assert len(ids) == 5


def test_the_page_of_an_error_names_it(client):
    answer = client.post("/bag", headers={"Sec-Fetch-Site": "cross-site"})

    assert answer.headers["X-Request-ID"] in answer.get_data(as_text=True)


def test_a_line_says_which_route_and_nothing_of_the_person(client, written_lines: Lines):
    client.set_cookie("bag", "of-ada", domain="127.0.0.1")

    answer = client.get("/o/SECRET-token?email=ada@example.org")

    (line,) = written_lines()
    assert (line["event"], line["route"], line["status"]) == ("request", "/o/<token>", 404)
    assert line["request_id"] == answer.headers["X-Request-ID"]
    assert not any(word in str(line) for word in ("SECRET", "of-ada", "ada@", "127.0.0.1"))


def test_a_fault_is_one_line_with_its_traceback(client, written_lines: Lines, monkeypatch, app):
    def breaks() -> str:
        raise RuntimeError("the reason")

    monkeypatch.setitem(app.view_functions, "help.show", breaks)

    client.get("/help")

    (fault, _request) = written_lines()
    assert (fault["event"], fault["level"]) == ("unexpected", "error")
    assert "RuntimeError: the reason" in str(fault["exception"])


def test_who_asks_all_day_whether_we_live_is_not_logged_unless_refused(
    client, written_lines: Lines
):
    client.get("/healthz")
    client.get("/healthz", headers={"Host": "elsewhere.example"})

    (line,) = written_lines()
    assert line["status"] == 400


def test_static_files_are_not_logged(client, written_lines: Lines):
    client.get("/static/css/app.css", buffered=True)

    assert written_lines() == []
