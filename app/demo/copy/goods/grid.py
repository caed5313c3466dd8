"""Every combination of a product's options as variants."""

from collections.abc import Mapping, Sequence
from itertools import product

from app.demo.copy.types import Choice, Option, Text, Variant

NO_MEASUREMENTS: Mapping[str, Mapping[str, int]] = {}


def grid(
    sku: str,
    options: Sequence[Option],
    *,
    price: int,
    weight: int,
    stock: Sequence[tuple[int, int]],
    measurements: Mapping[str, Mapping[str, int]] = NO_MEASUREMENTS,
) -> tuple[Variant, ...]:
    """One variant per combination, the last option turning fastest.

    `stock` has one (hangzhou, shanghai) pair per combination; `measurements` is keyed by the choice
    of the first option. Raises ValueError when the number of pairs is another.
    """
    combinations = product(*(option.choices for option in options))
    return tuple(
        Variant(
            sku="-".join((sku, *(choice.key for choice in choices))),
            choices=tuple(choice.key for choice in choices),
            price=price,
            weight=weight,
            stock={"hangzhou": hangzhou, "shanghai": shanghai},
            measurements=measurements.get(choices[0].key, {}) if choices else {},
        )
        for choices, (hangzhou, shanghai) in zip(combinations, stock, strict=True)
    )


def sizes(*labels: str) -> Option:
    """A size option whose labels read the same in both languages."""
    choices = tuple(Choice(label.lower(), Text(label, label)) for label in labels)
    return Option(Text("Size", "尺码"), choices)


def one_size() -> Option:
    """A size option with nothing to choose."""
    return Option(Text("Size", "尺码"), (Choice("one", Text("One size", "均码")),))


def colours(**names: Text) -> Option:
    """A colour option; the keyword is the key of the choice."""
    choices = tuple(Choice(key, name) for key, name in names.items())
    return Option(Text("Colour", "颜色"), choices)
