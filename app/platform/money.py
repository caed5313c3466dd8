"""Money: whole minor units of one currency. No float carries a price, nothing is rounded unseen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache, total_ordering

from babel import Locale
from babel.numbers import NumberPattern, get_currency_symbol

# ISO 4217, list one: the currencies that do not have two decimals.
_EXPONENTS = {
    **dict.fromkeys(
        ("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND",
         "VUV", "XAF", "XOF", "XPF"), 0),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
    **dict.fromkeys(("CLF", "UYW"), 4),
}  # fmt: skip
_CURRENCY = re.compile(r"[A-Z]{3}")
_AMOUNT = re.compile(r"([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.([0-9]+))?")
_FULL_WIDTH = {0xFF01 + offset: 0x21 + offset for offset in range(94)} | {ord("￥"): "¥"}
_ALSO_WRITTEN = {"CNY": ("元", "RMB")}
_MAX_WHOLE_DIGITS = 12


class MixedCurrencies(ValueError):
    """Amounts of two currencies met in one calculation."""


class NotAnAmount(ValueError):
    """A text that is not one exact, non-negative amount of the currency asked for."""


@total_ordering
@dataclass(frozen=True, slots=True)
class Money:
    """`minor` is a whole number of the currency's smallest unit: Money(128000, "CNY") is ¥1,280."""

    minor: int
    currency: str

    def __post_init__(self) -> None:
        if type(self.minor) is not int:
            raise TypeError(f"minor units are whole numbers, not {type(self.minor).__name__}")
        if not _CURRENCY.fullmatch(self.currency):
            raise ValueError(f"not an ISO 4217 code: {self.currency!r}")

    @classmethod
    def zero(cls, currency: str) -> Money:
        return cls(0, currency)

    @classmethod
    def total(cls, amounts: Iterable[Money], currency: str) -> Money:
        """The sum; the currency says what nothing is worth."""
        result = cls.zero(currency)
        for amount in amounts:
            result += amount
        return result

    def __add__(self, other: Money) -> Money:
        return Money(self.minor + self._minor_of(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.minor - self._minor_of(other), self.currency)

    def __mul__(self, times: int) -> Money:
        if type(times) is not int:
            raise TypeError("money is multiplied by whole numbers; see percent and allocate")
        return Money(self.minor * times, self.currency)

    __rmul__ = __mul__

    def __neg__(self) -> Money:
        return Money(-self.minor, self.currency)

    def __bool__(self) -> bool:
        return self.minor != 0

    def __lt__(self, other: Money) -> bool:
        return self.minor < self._minor_of(other)

    def __str__(self) -> str:
        return f"{self.currency} {self.decimal():f}"

    def decimal(self) -> Decimal:
        """The amount in major units with all its decimals, as files and providers want it."""
        return Decimal(self.minor).scaleb(-exponent(self.currency))

    def percent(self, rate: int | Decimal) -> Money:
        """`rate` hundredths of the amount, half a minor unit rounded away from zero."""
        if isinstance(rate, float):
            raise TypeError("a rate is an int or a Decimal")
        exact = abs(self.minor) * abs(Fraction(rate)) / 100
        rounded = int(exact + Fraction(1, 2))
        return Money(rounded if self.minor * rate >= 0 else -rounded, self.currency)

    def allocate(self, weights: Sequence[int]) -> tuple[Money, ...]:
        """Split in proportion to `weights`, losing no unit: largest remainder, ties to the first.

        No share exceeds its weight as long as the amount does not exceed their sum.
        """
        total = sum(weights)
        if total <= 0 or min(weights) < 0:
            raise ValueError("weights are not negative and not all nothing")
        size, sign = abs(self.minor), (-1 if self.minor < 0 else 1)
        shares = [size * weight // total for weight in weights]
        by_remainder = sorted(range(len(weights)), key=lambda i: -(size * weights[i] % total))
        for index in by_remainder[: size - sum(shares)]:
            shares[index] += 1
        return tuple(Money(sign * share, self.currency) for share in shares)

    def _minor_of(self, other: Money) -> int:
        if not isinstance(other, Money):
            raise TypeError(f"money and {type(other).__name__} do not mix")
        if other.currency != self.currency:
            raise MixedCurrencies(f"{self.currency} and {other.currency}")
        return other.minor


def exponent(currency: str) -> int:
    """How many decimals the currency has: 2 for CNY, 0 for JPY, 3 for KWD."""
    return _EXPONENTS.get(currency, 2)


def unit_of(currency: str) -> int:
    """How many minor units make a major one."""
    return int(10 ** exponent(currency))


def parse_money(text: str, currency: str) -> Money:
    """Read what a person typed or a file holds: "1280", "1,280.50", "¥１２８０", "CNY 1280".

    Exact or refused: raises NotAnAmount for a sign, a broken group of thousands, more decimals
    than the currency has, or more than twelve digits before the point.
    """
    match = _AMOUNT.fullmatch(_bare(text, currency))
    if match is None:
        raise NotAnAmount(text)
    whole, fraction = match[1].replace(",", ""), (match[2] or "").rstrip("0")
    digits = exponent(currency)
    if len(whole.lstrip("0")) > _MAX_WHOLE_DIGITS or len(fraction) > digits:
        raise NotAnAmount(text)
    return Money(int(whole + fraction.ljust(digits, "0")), currency)


def format_money(money: Money, locale: str, *, full: bool = False) -> str:
    """For a reader: "¥1,280" when whole, "¥1,280.50" when not; `full` keeps "¥1,280.00"."""
    digits = exponent(money.currency)
    if not full and money.minor % 10**digits == 0:
        digits = 0
    text = _pattern(locale, digits).apply(money.decimal(), _locale(locale))
    return str(text).replace("¤", _symbol(money.currency, locale))


def currency_sign(currency: str, locale: str) -> str:
    """What stands in front of an amount: ¥ for CNY."""
    return _symbol(currency, locale).strip()


def _bare(text: str, currency: str) -> str:
    """The digits without the currency's name in front or behind, in plain characters."""
    plain = text.translate(_FULL_WIDTH).strip()
    for name in _written(currency):
        if plain.startswith(name):
            return plain.removeprefix(name).strip()
        if plain.endswith(name):
            return plain.removesuffix(name).strip()
    return plain


@cache
def _written(currency: str) -> tuple[str, ...]:
    """The ways to name a currency, long ones first."""
    symbols = {get_currency_symbol(currency, language) for language in ("en", "zh_Hans")}
    names = {currency, *symbols, *map(_narrow, symbols), *_ALSO_WRITTEN.get(currency, ())}
    return tuple(sorted(names, key=lambda name: (-len(name), name)))


@cache
def _locale(tag: str) -> Locale:
    return Locale.parse(tag.replace("-", "_"))


@cache
def _pattern(tag: str, digits: int) -> NumberPattern:
    pattern: NumberPattern = copy(_locale(tag).currency_formats["standard"])
    pattern.frac_prec = (digits, digits)
    return pattern


@cache
def _symbol(currency: str, tag: str) -> str:
    symbol = _narrow(get_currency_symbol(currency, _locale(tag)))
    return f"{symbol}\N{NO-BREAK SPACE}" if symbol[-1].isalpha() else symbol


def _narrow(symbol: str) -> str:
    """Without the country before the sign (CN¥, US$): one shop has one currency to mean."""
    return re.sub(r"^[A-Z]{2}(?=[^A-Za-z])", "", symbol)
