"""`?lang=` beats the cookie, the cookie beats the browser's wish, that beats the shop's default."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from app.platform.i18n import current_locale, negotiated, sentences, speaking


def language_of(client: FlaskClient, path: str, **headers: str) -> str:
    """The language a page says it is written in."""
    html = client.get(path, headers=headers).get_data(as_text=True)
    found = re.search(r'<html lang="([^"]+)"', html)
    assert found
    return found[1]


@pytest.mark.parametrize(
    ("query", "cookie", "header", "spoken"),
    [
        ("?lang=en", "zh-Hans", "zh", "en"),
        ("?lang=zh-Hans", "en", "en", "zh-Hans"),
        ("", "en", "zh", "en"),
        ("", "zh-Hans", "en", "zh-Hans"),
        ("", "", "en-GB,en;q=0.9", "en"),
        ("", "", "zh-TW", "zh-Hans"),
        ("", "", "", "zh-Hans"),
        ("", "", "fr,de;q=0.5", "zh-Hans"),
        ("?lang=fr", "en", "zh", "en"),
        ("?lang=fr", "klingon", "en", "en"),
        ("?lang=", "", "en", "en"),
    ],
)
def test_the_first_that_is_known_decides(client, query, cookie, header, spoken):
    if cookie:
        client.set_cookie("lang", cookie, domain="127.0.0.1")

    assert language_of(client, f"/help{query}", **{"Accept-Language": header}) == spoken


def test_a_choice_is_kept(client):
    before = language_of(client, "/help", **{"Accept-Language": "zh"})
    language_of(client, "/help?lang=en", **{"Accept-Language": "zh"})

    assert before == "zh-Hans"
    assert language_of(client, "/help", **{"Accept-Language": "zh"}) == "en"


def test_the_cookie_is_out_of_the_reach_of_scripts_and_lasts_a_year(client):
    (cookie,) = client.get("/help?lang=en").headers.getlist("Set-Cookie")

    assert cookie.startswith("lang=en;")
    assert {"HttpOnly", "SameSite=Lax", "Max-Age=31536000"} <= set(cookie.split("; "))


def test_the_thread_goes_on_in_the_language_it_had(app, settings):
    with speaking("en"):
        app.test_client().get("/help?lang=zh-Hans", base_url=settings.public_url)

        assert current_locale() == "en"


@pytest.mark.parametrize("path", ["/help?lang=fr", "/help"])
def test_what_is_no_choice_leaves_no_cookie(client, path):
    assert "Set-Cookie" not in client.get(path).headers


def test_choosing_again_what_is_chosen_sets_nothing(client):
    client.get("/help?lang=en")

    assert "Set-Cookie" not in client.get("/help?lang=en").headers


@pytest.mark.parametrize(
    ("wishes", "language"),
    [
        ([("zh-CN", 1.0), ("en", 0.8)], "zh-Hans"),
        ([("en-US", 1.0), ("zh", 0.8)], "en"),
        ([("fr", 1.0), ("ZH-hk", 0.8)], "zh-Hans"),
        ([("*", 1.0)], "en"),
        ([], "en"),
    ],
)
def test_the_best_known_wish_is_granted(wishes, language):
    assert negotiated(wishes, "en") == language


def test_sentences_are_parted_by_a_space_in_english_and_touch_in_chinese() -> None:
    with speaking("en"):
        english = sentences("It closes tonight.", "", "Sent in May.")
    with speaking("zh-Hans"):
        chinese = sentences("今晚截止。", "", "五月发货。")

    assert english == "It closes tonight. Sent in May."
    assert chinese == "今晚截止。五月发货。"
