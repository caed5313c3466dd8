"""Language and light or dark: kept in cookies, for anybody, with or without scripts."""

import pytest


@pytest.mark.parametrize(
    ("form", "cookie", "value"),
    [
        ({"lang": "en"}, "lang", "en"),
        ({"lang": "zh-Hans"}, "lang", "zh-Hans"),
        ({"mode": "dark"}, "mode", "dark"),
        ({"mode": "light"}, "mode", "light"),
        ({"mode": "auto"}, "mode", "auto"),
    ],
)
def test_a_choice_is_kept_for_a_year(client, form, cookie, value):
    response = client.post("/preferences", data={**form, "next": "/search?q=coat"})

    assert (response.status_code, response.location) == (303, "/search?q=coat")
    (header,) = response.headers.getlist("Set-Cookie")
    assert header.startswith(f"{cookie}={value};")
    for part in ("Max-Age=31536000", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert part in header


@pytest.mark.parametrize(
    "form", [{}, {"lang": "fr"}, {"mode": "<b>"}, {"lang": "", "mode": "\r\nX: y"}]
)
def test_what_is_unknown_changes_nothing(client, form):
    response = client.post("/preferences", data=form)

    assert (response.status_code, response.location) == (303, "/")
    assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize(
    ("target", "location"),
    [
        ("/?", "/"),
        ("/search?q=a&lang=en&page=2", "/search?q=a&page=2"),
        ("//evil.example", "/"),
        ("https://evil.example", "/"),
        ("/\t/evil.example", "/"),
    ],
)
def test_the_person_comes_back_to_the_page_in_the_new_language(client, target, location):
    response = client.post("/preferences", data={"lang": "zh-Hans", "next": target})

    assert response.location == location


def test_the_choice_shows_on_the_next_page(client):
    client.post("/preferences", data={"lang": "en", "mode": "dark"})

    page = client.get("/login").text

    assert 'lang="en" data-mode="dark"' in page
    assert "Send me a code" in page
