"""Money never loses, invents or mixes a unit."""

from __future__ import annotations

import operator
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.platform.money import (
    MixedCurrencies,
    Money,
    NotAnAmount,
    exponent,
    format_money,
    parse_money,
)

minor_units = st.integers(min_value=-(10**12), max_value=10**12)
weights = st.lists(st.integers(min_value=0, max_value=10**9), min_size=1, max_size=40).filter(any)
currencies = st.sampled_from(["CNY", "JPY", "KWD", "USD"])


def yuan(text: str) -> Money:
    return parse_money(text, "CNY")


def test_arithmetic_stays_in_minor_units():
    assert yuan("1280") + yuan("0.50") == Money(128050, "CNY")
    assert yuan("1280") - yuan("1300") == Money(-2000, "CNY")
    assert 3 * yuan("19.99") == yuan("19.99") * 3 == Money(5997, "CNY")
    assert -yuan("1") == Money(-100, "CNY")
    assert Money.total([yuan("1"), yuan("2.50")], "CNY") == yuan("3.50")
    assert Money.total([], "JPY") == Money.zero("JPY")


def test_amounts_compare_by_size():
    assert yuan("1") < yuan("1.01") <= yuan("1.01") < yuan("2")
    assert max(yuan("5"), yuan("7")) == yuan("7")
    assert yuan("0.01")
    assert not yuan("0")


@pytest.mark.parametrize("mix", [operator.add, operator.sub, operator.lt, operator.ge, max])
def test_two_currencies_never_mix(mix):
    with pytest.raises(MixedCurrencies):
        mix(Money(100, "CNY"), Money(100, "USD"))


def test_equal_numbers_of_two_currencies_are_not_equal():
    assert Money(100, "CNY") != Money(100, "USD")


@pytest.mark.parametrize("number", [12.5, Decimal(1), "1", True, None])
def test_only_whole_numbers_carry_money(number):
    with pytest.raises(TypeError, match="whole numbers"):
        Money(number, "CNY")


@pytest.mark.parametrize("factor", [0.5, Decimal("0.5"), True, Money(1, "CNY")])
def test_money_is_multiplied_by_whole_numbers_only(factor):
    with pytest.raises(TypeError):
        yuan("10") * factor


@pytest.mark.parametrize("code", ["", "cny", "CN", "YUAN", "C1Y"])
def test_a_currency_is_an_iso_code(code):
    with pytest.raises(ValueError, match="ISO 4217"):
        Money(1, code)


@pytest.mark.parametrize("other", [1, 1.5, Decimal(2), "3"])
@pytest.mark.parametrize("mix", [operator.add, operator.sub, operator.lt, operator.ge])
def test_money_and_plain_numbers_do_not_mix(mix, other):
    with pytest.raises(TypeError, match="do not mix"):
        mix(yuan("1"), other)


@given(minor_units, weights)
def test_allocation_loses_nothing(minor, parts):
    shares = Money(minor, "CNY").allocate(parts)

    assert sum(share.minor for share in shares) == minor
    assert len(shares) == len(parts)


@given(minor_units, weights)
def test_each_share_is_within_one_unit_of_its_proportion(minor, parts):
    shares = Money(minor, "CNY").allocate(parts)

    for share, part in zip(shares, parts, strict=True):
        assert abs(share.minor * sum(parts) - minor * part) < sum(parts)


@given(weights, st.data())
def test_no_share_exceeds_its_weight_when_the_amount_fits(parts, data):
    amount = data.draw(st.integers(min_value=0, max_value=sum(parts)))

    shares = Money(amount, "CNY").allocate(parts)

    assert all(0 <= share.minor <= part for share, part in zip(shares, parts, strict=True))


@pytest.mark.parametrize("parts", [[], [0, 0], [5, -1]])
def test_allocation_needs_something_to_go_by(parts):
    with pytest.raises(ValueError, match="weights"):
        yuan("10").allocate(parts)


@given(minor_units, st.decimals(min_value=0, max_value=200, places=3))
def test_percent_rounds_half_away_from_zero(minor, rate):
    exact = Decimal(minor) * rate / 100

    assert Money(minor, "CNY").percent(rate).minor == exact.to_integral_value(ROUND_HALF_UP)


@pytest.mark.parametrize("rate", [12.5])
def test_a_float_is_no_rate(rate):
    with pytest.raises(TypeError, match="Decimal"):
        yuan("10").percent(rate)


def test_each_currency_has_its_own_decimals():
    assert [exponent(code) for code in ("CNY", "JPY", "KWD")] == [2, 0, 3]
    assert parse_money("1.5", "KWD") == Money(1500, "KWD")
    assert parse_money("1500.00", "JPY") == Money(1500, "JPY")
    assert str(Money(1500, "KWD")) == "KWD 1.500"
    assert Money(5, "CNY").decimal() == Decimal("0.05")


@pytest.mark.parametrize(
    "text",
    [
        "1280.5",
        "1,280.50",
        " 1280.500 ",
        "¥1280.50",
        "￥1,280.50",
        "１２８０．５",
        "CN¥ 1280.50",
        "1280.50 元",
        "CNY 1280.50",
    ],
)
def test_an_amount_is_read_however_people_write_it(text):
    assert parse_money(text, "CNY") == Money(128050, "CNY")


@pytest.mark.parametrize(
    "text",
    ["", "¥", "abc", "-1", "+1", "1.005", "1,28", "1,280,00", "1 280", "1.", ".5", "1e3", "NaN",
     "1²", "٣", "1280 USD", "1.2.3", "1234567890123", "1" * 5000],
)  # fmt: skip
def test_what_is_not_one_exact_amount_is_refused(text):
    with pytest.raises(NotAnAmount):
        parse_money(text, "CNY")


@given(
    st.integers(min_value=0, max_value=10**12 - 1), currencies, st.sampled_from(["en", "zh-Hans"])
)
def test_what_is_shown_reads_back_as_the_same_amount(minor, currency, language):
    money = Money(minor, currency)

    assert parse_money(format_money(money, language), currency) == money
    assert parse_money(format_money(money, language, full=True), currency) == money
    assert parse_money(str(money), currency) == money


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
@pytest.mark.parametrize(
    ("minor", "currency", "short", "full"),
    [
        (128000, "CNY", "¥1,280", "¥1,280.00"),
        (128050, "CNY", "¥1,280.50", "¥1,280.50"),
        (0, "CNY", "¥0", "¥0.00"),
        (-5, "CNY", "-¥0.05", "-¥0.05"),
        (1280, "JPY", "¥1,280", "¥1,280"),
        (128000, "USD", "$1,280", "$1,280.00"),
        (128005, "KWD", "KWD\xa0128.005", "KWD\xa0128.005"),
    ],
)
def test_amounts_are_shown_the_same_in_both_languages(language, minor, currency, short, full):
    assert format_money(Money(minor, currency), language) == short
    assert format_money(Money(minor, currency), language, full=True) == full
