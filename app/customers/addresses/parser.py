"""Read one pasted line into name, phone, region and street; say how sure each of them is.

No dictionary of words and no model: the phone is cut out, labels become marks, the region is the
longest walk down the tree, the name is what looks most like one, and the rest is the street. The
raw text is kept for the order, because the person, not the parser, is right.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from app.customers.addresses import regions
from app.customers.addresses.pasted import Pasted, read_pasted
from app.customers.addresses.region_finder import Found, find_region
from app.customers.addresses.regions import CITY, DISTRICT, MUNICIPALITIES, PROVINCE, RegionPath
from app.customers.addresses.surnames import CERTAIN, DOUBTFUL, POSSIBLE, likeness
from app.customers.addresses.words import joined, tidy, words_of

SURE = 0.8
_LABELLED_NAME = re.compile(r"\x01[\s:-]*([^\n,;|、\x01\x02]{1,40})")
_TORN_OFF = re.compile(
    r"(.*(?:[号室楼栋幢座层铺店柜户房口站区村苑园]|单元|[0-9A-Za-z]))"
    r"[(\[]?([㐀-鿿]{2,4}?)(?:亲?收)?[)\]]?$"
)


@dataclass(frozen=True, slots=True)
class Confidence:
    """How sure each field is, 0 for “not found” to 1 for “written in full”."""

    name: float = 0.0
    phone: float = 0.0
    province: float = 0.0
    city: float = 0.0
    district: float = 0.0
    street: float = 0.0


@dataclass(frozen=True, slots=True)
class ParsedAddress:
    """What was found in `raw`; a field that was not found is empty.

    `region_code` is the deepest region known (two, four or six digits); `phone` is as it will be
    checked, not checked.
    """

    raw: str
    name: str = ""
    phone: str = ""
    region_code: str = ""
    street: str = ""
    postcode: str = ""
    note: str = ""
    confidence: Confidence = field(default_factory=Confidence)

    @property
    def region(self) -> RegionPath:
        return regions.path(self.region_code)

    @property
    def unsure(self) -> tuple[str, ...]:
        """The fields to mark for the person's eye, in the order of the form."""
        names = ("name", "phone", "province", "city", "district", "street")
        return tuple(name for name in names if getattr(self.confidence, name) < SURE)


def parse_address(raw: str) -> ParsedAddress:
    """Read a pasted line of any shape; never raises, and answers in a few milliseconds."""
    pasted = read_pasted(raw)
    found = find_region(pasted.text)
    before, after = _around(pasted.text, found)
    name, name_confidence, street = _name_and_street(before, after)
    return ParsedAddress(
        raw=raw,
        name=name,
        phone=pasted.phone,
        region_code=found.code if found else "",
        street=street,
        postcode=pasted.postcode,
        note=pasted.note,
        confidence=_confidence(pasted, found, name_confidence, street),
    )


def _around(text: str, found: Found | None) -> tuple[str, str]:
    """The text before the region and after it; without a region everything comes after."""
    return (text[: found.start], text[found.end :]) if found else ("", text)


def _name_and_street(before: str, after: str) -> tuple[str, float, str]:
    """The name, how sure it is, and what is left as the street."""
    ahead, behind = words_of(before), words_of(after)
    labelled = _labelled(before) or _labelled(after)
    if labelled:
        return tidy(labelled), 1.0, _street(ahead, behind, labelled)
    name, likely = _most_likely(ahead, behind)
    street = _street(ahead, behind, name)
    if name:
        return tidy(name), likely, street
    torn = _TORN_OFF.fullmatch(street)
    if torn and likeness(torn.group(2)) >= CERTAIN:
        return torn.group(2), POSSIBLE, torn.group(1)
    name, likely = _best(behind[1:][-1:], least=DOUBTFUL)
    return tidy(name), likely, _street(ahead, behind, name)


def _labelled(part: str) -> str:
    found = _LABELLED_NAME.search(part)
    words = words_of(found.group(1)) if found else []
    return words[0] if words else ""


def _most_likely(ahead: list[str], behind: list[str]) -> tuple[str, float]:
    """Before the region nearly any word may be the name; behind it, the first is the street's."""
    candidates = [_best(ahead, least=DOUBTFUL), _best(behind[:1], least=CERTAIN)]
    candidates.append(_best(behind[1:], least=POSSIBLE))
    return max(candidates, key=lambda candidate: candidate[1])


def _best(words: list[str], *, least: float) -> tuple[str, float]:
    """The word most like a name; of equals the last, which stands next to phone or region."""
    best, best_likeness = "", 0.0
    for word in words:
        found = likeness(tidy(word))
        if found >= max(least, best_likeness):
            best, best_likeness = word, found
    return best, best_likeness


def _street(ahead: list[str], behind: list[str], name: str) -> str:
    """What follows the region, without the name; what precedes it only when nothing follows."""
    rest = [word for word in behind if word != name]
    if not rest:
        rest = [word for word in ahead if word != name and not likeness(word) and not _region(word)]
    return joined(rest)


def _region(word: str) -> bool:
    found = find_region(word)
    return found is not None and found.start == 0 and found.end == len(word)


def _confidence(
    pasted: Pasted, found: Found | None, name_confidence: float, street: str
) -> Confidence:
    return Confidence(
        name=name_confidence,
        phone=pasted.phone_confidence,
        province=_level(found, PROVINCE),
        city=_level(found, CITY),
        district=_level(found, DISTRICT),
        street=_street_confidence(street),
    )


def _level(found: Found | None, length: int) -> float:
    """Said in full 1, in short 0.9 (alone 0.6), following from a deeper one 0.9, unknown 0."""
    if found is None or len(found.code) < length:
        return 0.0
    said = [name for name in found.said if len(name.code) == length]
    if not said:
        return 1.0 if length == CITY and found.code[:PROVINCE] in MUNICIPALITIES else 0.9
    if said[0].full:
        return 1.0
    return 0.9 if len(found.said) > 1 else 0.6


def _street_confidence(street: str) -> float:
    if re.search(r"\d|[号楼室栋村]", street):
        return 0.9
    return 0.6 if len(street) > 1 else 0.0
