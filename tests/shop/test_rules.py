"""What is a fit address, name, password, key or rate table."""

from __future__ import annotations

import pytest

from app.platform.errors import Invalid
from app.shop.rules import Rate, fit_key, fit_name, fit_password, fit_rates, staff_email


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("Cleo@Example.org", "cleo@example.org"),
        ("  cleo@example.org\n", "cleo@example.org"),
        ("cleo+shop@example.co.uk", "cleo+shop@example.co.uk"),
    ],
)
def test_an_address_has_one_form(typed: str, stored: str) -> None:
    assert staff_email(typed) == stored


@pytest.mark.parametrize(
    "typed", ["", "cleo", "cleo@", "@example.org", "a b@example.org", "x" * 500]
)
def test_what_is_no_address_is_refused_beside_its_field(typed: str) -> None:
    with pytest.raises(Invalid) as refused:
        staff_email(typed)

    assert set(refused.value.errors) == {"email"}


@pytest.mark.parametrize(("length", "fits"), [(9, False), (10, True), (200, True), (201, False)])
def test_a_password_has_ten_to_two_hundred_characters(length: int, fits: bool) -> None:
    if fits:
        assert fit_password("袄" * length) == "袄" * length
    else:
        with pytest.raises(Invalid, match="invalid"):
            fit_password("袄" * length)


@pytest.mark.parametrize("typed", ["", "   ", "x" * 101])
def test_a_name_is_neither_empty_nor_a_novel(typed: str) -> None:
    with pytest.raises(Invalid):
        fit_name(typed)


@pytest.mark.parametrize("typed", ["", "House", "1st", "a" * 41, "a/b", "a\n"])
def test_a_key_fits_into_an_address(typed: str) -> None:
    with pytest.raises(Invalid):
        fit_key(typed)


def test_a_rate_table_is_put_in_order() -> None:
    heavy, light = Rate("mainland", 5000, 2400), Rate("mainland", 1000, 1200)

    assert fit_rates([heavy, light]) == (light, heavy)


@pytest.mark.parametrize(
    "table",
    [
        [],
        [Rate("", 1000, 1200)],
        [Rate("mainland", 0, 1200)],
        [Rate("mainland", 1000, -1)],
        [Rate("mainland", 1000, 1200), Rate("mainland", 1000, 1300)],
    ],
    ids=["empty", "no region", "no weight", "negative fee", "same weight twice"],
)
def test_a_senseless_rate_table_is_refused(table: list[Rate]) -> None:
    with pytest.raises(Invalid) as refused:
        fit_rates(table)

    assert set(refused.value.errors) == {"rates"}
