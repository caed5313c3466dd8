"""Who is invented to join: enough or too few of them, within every limit, and always the same."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.rehearsal.invented import buyer, by_email
from app.rehearsal.rules import (
    LONGEST_QUEUE,
    Manner,
    Outcome,
    Places,
    cast,
    latecomers,
    lowered_threshold,
)

CAPS = st.lists(st.none() | st.integers(1, 40), min_size=1, max_size=4).map(tuple)
PLACES = st.builds(
    Places, caps=CAPS, limit=st.none() | st.integers(1, 5), threshold=st.none() | st.integers(1, 90)
).filter(lambda places: places.most is None or (places.threshold or 1) <= places.most)
STAYING = frozenset({Manner.PAYS, Manner.PAYS_TWICE, Manner.PAYS_LATE})


def fitted(places: Places) -> Places:
    lowered = lowered_threshold(places)
    return places if lowered is None else Places(places.caps, places.limit, lowered)


def confirmed(parts) -> int:
    return sum(sum(part.units) for part in parts if part.manner in STAYING)


@given(places=PLACES)
def test_those_who_stay_are_just_as_many_as_are_needed(places):
    places = fitted(places)

    parts = cast(places, Outcome.MET)

    if places.threshold is not None:
        assert confirmed(parts) == places.threshold
    assert confirmed(parts) > 0


@given(places=PLACES.filter(lambda places: places.threshold is not None))
def test_too_few_are_fewer_than_the_threshold_and_latecomers_make_it_up(places):
    places = fitted(places)

    parts = cast(places, Outcome.EXTEND)
    late = latecomers(Places((None,), places.limit, places.threshold), confirmed(parts), first=9)

    assert confirmed(parts) < (places.threshold or 0)
    assert confirmed(parts) + confirmed(late) == places.threshold


@given(places=PLACES, outcome=st.sampled_from(list(Outcome)))
def test_nobody_wants_more_than_there_is_or_one_person_may_have(places, outcome):
    places = fitted(places)
    if outcome is not Outcome.MET and places.threshold is None:
        return

    parts = cast(places, outcome)

    assert len(parts) <= LONGEST_QUEUE + 2
    assert all(sum(part.units) <= places.share for part in parts)
    for place, cap in enumerate(places.caps):
        taken = sum(part.units[place] for part in parts if part.manner in STAYING)
        assert cap is None or taken <= cap


@given(places=PLACES)
def test_the_same_campaign_is_told_the_same_story(places):
    assert cast(places, Outcome.MET) == cast(places, Outcome.MET)


def test_everybody_comes_within_the_window_one_after_the_other():
    moments = [part.at for part in cast(Places((20, None), 2, 12), Outcome.MET)]

    assert moments == sorted(moments)
    assert 0 < moments[0] <= moments[-1] < 1


def test_somebody_never_pays_and_somebody_leaves_besides_those_who_are_needed():
    manners = [part.manner for part in cast(Places((10,), None, 4), Outcome.MET)]

    assert manners.count(Manner.NEVER_PAYS) == manners.count(Manner.LEAVES) == 1


def test_invented_people_are_plainly_invented_and_known_by_their_address():
    people = [buyer(index) for index in range(60)]

    assert len({who.email for who in people}) == 60
    assert len({who.phone for who in people}) == 60
    assert all(who.email.endswith("@rehearsal.example.org") for who in people)
    assert all(("Rehearsal" in who.name) or ("彩排" in who.name) for who in people)
    assert {who.locale for who in people} == {"en", "zh-Hans"}
    assert [by_email(who.email) for who in people] == people
