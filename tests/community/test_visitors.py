"""People are counted, machines are not, and nobody is remembered."""

from __future__ import annotations

from datetime import date

import pytest

from app.community.rules.visitors import is_person, visitor_hash

ANDROID = (
    "Mozilla/5.0 (Linux; Android 14; 2211133C; wv) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Version/4.0 Chrome/130.0.6723.103 Mobile Safari/537.36 XWEB/1300259 MMWEBSDK/20241103 "
    "MicroMessenger/8.0.55.2780(0x2800373D) WeChat/arm64 Weixin NetType/WIFI Language/zh_CN"
)
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1"
)
LINE = f"{IPHONE} Line/14.9.0"
QQ = f"{ANDROID} MQQBrowser/6.2 QQ/9.0.80"
DESK = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"


@pytest.mark.parametrize("browser", [ANDROID, IPHONE, LINE, QQ, DESK])
def test_browsers_are_people_those_inside_chat_apps_too(browser):
    assert is_person(browser)


@pytest.mark.parametrize(
    "machine",
    [
        "",
        "MicroMessenger Client",
        "WhatsApp/2.23.20.0 A",
        "TelegramBot (like TwitterBot)",
        "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
        "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
        "Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)",
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)",
        "Mozilla/5.0 (compatible; Bytespider; spider-feedback@bytedance.com)",
        "Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5",
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/130.0 Safari/537.36",
        "curl/8.9.0",
        "python-requests/2.32",
        "okhttp/4.12.0",
    ],
)
def test_fetchers_of_previews_and_indexes_are_not(machine):
    assert not is_person(machine)


def test_what_a_browser_fetches_without_being_asked_is_not_counted():
    assert not is_person(ANDROID, "prefetch;prerender")
    assert is_person(ANDROID, "")


def test_somebody_is_known_for_a_day_only():
    monday, tuesday = date(2026, 11, 23), date(2026, 11, 24)

    first = visitor_hash("secret", monday, "1", "192.0.2.7", ANDROID)

    assert visitor_hash("secret", monday, "1", "192.0.2.7", ANDROID) == first
    assert visitor_hash("secret", tuesday, "1", "192.0.2.7", ANDROID) != first
    assert visitor_hash("secret", monday, "2", "192.0.2.7", ANDROID) != first
    assert "192" not in first
