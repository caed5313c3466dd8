"""Chat lists at the counter: paste, look, mend, confirm; who has joined; the list as text."""

from __future__ import annotations

import re

import pytest

from app.community.models import ListEntry, ShareLink
from app.platform.db import db
from app.presale.commands.joining import Joining
from app.presale.models import SupplyMode
from app.shop.models import Role
from app.shop.sign_in import actor_of
from tests import cast
from tests.admin.counter import Clerk, clerk, contents, counted_queries
from tests.community import cast as community
from tests.presale import cast as presale

TEXT = "#接龙 京都衬衫\n1. 小鱼 M×2\n2. 陈姐 L\n3. Ada 要一件\n大家好"


@pytest.fixture
def owner(app, clock):
    return cast.house(clock.now)


@pytest.fixture
def campaign(owner, clock):
    return community.campaign(owner, clock.now)


@pytest.fixture
def xiaoyu(app, owner) -> Clerk:
    return clerk(app, owner.merchant_id, "xiaoyu", Role.LEADER)


@pytest.fixture
def link(xiaoyu, campaign, clock) -> ShareLink:
    return community.link(actor_of(xiaoyu.member), campaign.id, clock.now)


def draft(who: Clerk, link: ShareLink, text: str = TEXT):
    return who.post("/admin/lists/draft", {"link": link.code, "text": text})


def fields(answer) -> dict[str, str]:
    """The rows of a draft as a browser would send them unchanged."""
    text = answer.get_data(as_text=True)
    found = {
        name: value
        for name, value in re.findall(r'<input[^>]* name="([\w-]+)"[^>]* value="([^"]*)"', text)
        if "csrf" not in name and not name.startswith(("take-", "gone-"))
    }
    for name, options in re.findall(r'<select[^>]* name="([\w-]+)"[^>]*>(.*?)</select>', text):
        chosen = re.search(r'value="([^"]*)" selected', options)
        found[name] = chosen[1] if chosen else ""
    ticked = re.findall(r'name="((?:take|gone)-\d+)" value="1" checked', text)
    return found | dict.fromkeys(ticked, "1")


def confirm(who: Clerk, link: ShareLink, typed: dict[str, str], text: str = TEXT):
    return who.post(f"/admin/g/{link.code}/list", {"text": text, **typed})


def kept() -> list[tuple[str, int | None]]:
    db.session.rollback()
    rows = db.session.query(ListEntry).order_by(ListEntry.position)
    return [(row.name, row.participation_id) for row in rows]


def test_a_draft_shows_what_was_read_and_keeps_nothing(xiaoyu, link):
    xiaoyu.read("/admin/lists")
    before = contents()

    answer = draft(xiaoyu, link)

    assert answer.status_code == 200
    page = answer.text
    assert "3 lines would change something" in page
    assert "1 line is unclear:" in page
    assert "An option is missing; several variants fit." in page
    assert "2 lines were left aside" in page
    assert 'name="take-0" value="1" checked' in page
    assert 'name="take-2" value="1" checked' not in page
    assert contents() == before


def test_the_ticked_lines_are_kept_and_the_unclear_one_waits(xiaoyu, link):
    answer = confirm(xiaoyu, link, fields(draft(xiaoyu, link)))

    assert (answer.status_code, answer.location) == (303, f"/admin/g/{link.code}/list")
    assert kept() == [("小鱼", None), ("陈姐", None)]
    page = xiaoyu.read(answer.location)
    assert "2 people added. 1 line was left out." in page
    assert "小鱼" in page


def test_an_unclear_line_is_mended_and_kept(xiaoyu, link, campaign):
    _medium, large = presale.skus(campaign.id)
    typed = fields(draft(xiaoyu, link)) | {"take-2": "1", "sku-2-0": str(large.id)}

    confirm(xiaoyu, link, typed | {"name-2": "Ada Test", "sku-2-1": "", "quantity-2-1": ""})

    assert [name for name, _joined in kept()] == ["小鱼", "陈姐", "Ada Test"]


def test_a_ticked_line_that_is_not_clear_is_refused_beside_its_field(xiaoyu, link):
    typed = fields(draft(xiaoyu, link)) | {"take-2": "1", "name-0": "小小鱼", "quantity-1-0": "x"}

    answer = confirm(xiaoyu, link, typed)

    assert answer.status_code == 422
    assert 'id="sku-2-0-error"' in answer.text
    assert 'id="quantity-1-0-error"' in answer.text
    assert 'value="小小鱼"' in answer.text
    assert kept() == []


def test_more_than_one_person_may_have_is_told_before_it_is_kept(xiaoyu, owner, clock):
    limited = community.campaign(owner, clock.now, per_person_limit=1)
    link = community.link(actor_of(xiaoyu.member), limited.id, clock.now)

    answer = confirm(xiaoyu, link, fields(draft(xiaoyu, link)))

    assert answer.status_code == 422
    assert "One person may have 1." in answer.text
    assert kept() == []


def test_pressing_confirm_twice_and_pasting_again_proposes_nothing(xiaoyu, link):
    typed = fields(draft(xiaoyu, link))
    confirm(xiaoyu, link, typed)
    before = contents()

    second = confirm(xiaoyu, link, typed)
    again = draft(xiaoyu, link, "1. 小鱼 M×2\n2. 陈姐 L")

    assert second.status_code == 303
    assert contents() == before
    assert "Everything in this list is known already." in again.text
    assert "Confirm the ticked lines" not in again.text


def test_a_grown_list_proposes_only_what_is_new_or_changed(xiaoyu, link):
    confirm(xiaoyu, link, fields(draft(xiaoyu, link)))
    grown = "1. 小鱼 M×3\n2. 陈姐 L\n3. Bo L"

    answer = draft(xiaoyu, link, grown)
    confirm(xiaoyu, link, fields(answer), grown)

    assert "2 lines would change something" in answer.text
    assert "Kept so far: 小鱼" in answer.text
    assert "1 line changes nothing" in answer.text
    assert [name for name, _joined in kept()] == ["小鱼", "陈姐", "Bo"]


def test_who_is_no_longer_in_the_list_is_taken_out_only_when_ticked(xiaoyu, link):
    confirm(xiaoyu, link, fields(draft(xiaoyu, link)))
    shorter = "1. 小鱼 M×2\n2. Bo L"
    entry_id = db.session.query(ListEntry.id).filter_by(name="陈姐").scalar()

    answer = draft(xiaoyu, link, shorter)
    confirm(xiaoyu, link, fields(answer) | {f"gone-{entry_id}": "1"}, shorter)

    assert "Take out 陈姐" in answer.text
    assert f'name="gone-{entry_id}" value="1" checked' not in answer.text
    assert "1 taken out" in xiaoyu.read(f"/admin/g/{link.code}/list")


def test_a_list_too_long_for_one_form_is_confirmed_in_parts(xiaoyu, link):
    text = "\n".join(f"{at}. 人{chr(0x4E00 + at)} M" for at in range(1, 161))

    first = draft(xiaoyu, link, text)
    said = xiaoyu.read(confirm(xiaoyu, link, fields(first), text).location)
    rest = draft(xiaoyu, link, text)

    assert "10 more lines follow" in first.text
    assert "150 people added. Paste it again for the other 10 lines." in said
    assert "10 lines would change something" in rest.text


def test_there_is_said_when_the_list_wants_more_than_there_is(xiaoyu, owner, clock):
    few = community.campaign(owner, clock.now, sku={"cap": 1}, supply_mode=SupplyMode.MADE_TO_ORDER)
    link = community.link(actor_of(xiaoyu.member), few.id, clock.now)

    assert "1 too many" in draft(xiaoyu, link).text


def test_counting_again_keeps_nothing_and_what_was_typed(xiaoyu, link):
    typed = fields(draft(xiaoyu, link)) | {"name-0": "小小鱼", "check": "1"}
    del typed["take-1"]

    answer = confirm(xiaoyu, link, typed)

    assert answer.status_code == 200
    assert 'value="小小鱼"' in answer.text
    assert 'name="take-1" value="1" checked' not in answer.text
    assert kept() == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Paste the list first."),
        ("  \n ", "Paste the list first."),
        ("大家好\n晚上八点截止", "No line of this looks as if somebody ordered something."),
        ("1. 小鱼 M\n" * 2600, "This is too long"),
    ],
)
def test_a_bad_paste_keeps_the_text_and_says_what_is_wrong(xiaoyu, link, text, said):
    answer = draft(xiaoyu, link, text)

    assert answer.status_code == 422
    assert said in answer.text
    assert 'id="text-error"' in answer.text
    assert text.strip()[:20] in answer.text
    assert kept() == []


def test_a_list_without_a_link_asks_for_one(xiaoyu, link, owner, clock):
    other = community.campaign(owner, clock.now)
    community.link(actor_of(xiaoyu.member), other.id, clock.now)

    answer = xiaoyu.post("/admin/lists/draft", {"link": "", "text": TEXT})

    assert answer.status_code == 422
    assert 'id="link-error"' in answer.text
    assert "小鱼 M×2" in answer.text


def test_the_text_can_be_gone_back_to(xiaoyu, link):
    answer = confirm(xiaoyu, link, {"edit": "1"})

    assert answer.status_code == 200
    assert "<textarea" in answer.text
    assert "小鱼 M×2" in answer.text
    assert kept() == []


def test_a_reload_of_a_draft_leads_to_the_paste_page(xiaoyu, link):
    answer = xiaoyu.get("/admin/lists/draft")

    assert (answer.status_code, answer.location) == (303, "/admin/lists")


def test_the_only_link_is_chosen_already_and_one_asked_for_too(xiaoyu, link, owner, clock):
    assert ">Choose</option>" not in xiaoyu.read("/admin/lists")
    other = community.campaign(owner, clock.now)
    second = community.link(actor_of(xiaoyu.member), other.id, clock.now)

    asked = xiaoyu.read(f"/admin/lists?link={second.code}")
    of_campaign = xiaoyu.read(f"/admin/lists?campaign={other.id}")

    assert f'value="{second.code}" selected' in asked
    assert link.code not in of_campaign


def test_a_merchant_comes_to_it_from_who_joined_and_only_for_what_was_shared(
    app, owner, xiaoyu, campaign, link, clock
):
    boss = clerk(app, owner.merchant_id, "cleo", Role.OWNER)
    other = community.campaign(owner, clock.now)

    joins = boss.read(f"/admin/presales/{campaign.id}/joins")

    assert f"/admin/lists?campaign={campaign.id}" in joins
    assert link.code in boss.read(f"/admin/lists?campaign={campaign.id}")
    assert "Nothing to keep a list for" in boss.read(f"/admin/lists?campaign={other.id}")


def test_who_joined_and_who_has_not_with_a_reminder_in_both_languages(
    xiaoyu, owner, link, campaign, clock
):
    confirm(xiaoyu, link, fields(draft(xiaoyu, link)))
    entry = db.session.query(ListEntry).filter_by(name="陈姐").one()
    joining = Joining(links={campaign.id: link.id}, listed={campaign.id: entry.id})
    large = presale.skus(campaign.id)[1]
    presale.confirmed(owner, {large.id: 1}, clock.now, joining=joining)
    waiting = db.session.query(ListEntry).filter_by(name="小鱼").one()

    english = xiaoyu.read(f"/admin/g/{link.code}/list?text=en")
    chinese = xiaoyu.read(f"/admin/g/{link.code}/list?text=zh-Hans")

    assert "has joined" in english
    own = f"/g/{link.code}?e={waiting.code}"
    assert own in english
    reminder = english.split('id="reminder"')[1].split("</textarea>")[0]
    assert "1 on the list have not joined yet" in reminder
    assert "1. 小** M × 2" in reminder
    assert "小鱼" not in reminder
    assert "接龙里还有 1 位没有参加" in chinese
    assert "小鱼，你在「京都衬衫」的接龙里登记了 M × 2" in chinese
    assert entry.code not in english.split('id="reminder"')[1].split("</textarea>")[0]


def test_the_page_asks_as_often_however_long_the_list_is(xiaoyu, link):
    confirm(xiaoyu, link, fields(draft(xiaoyu, link)))
    with counted_queries() as few:
        xiaoyu.read(f"/admin/g/{link.code}/list")
    longer = "\n".join(f"{at}. Person{chr(64 + at)} M" for at in range(1, 20))
    confirm(xiaoyu, link, fields(draft(xiaoyu, link, longer)), longer)

    with counted_queries() as many:
        xiaoyu.read(f"/admin/g/{link.code}/list")

    assert len(many) == len(few)


def test_an_entry_is_taken_out_and_put_back_on_the_page(xiaoyu, link):
    confirm(xiaoyu, link, fields(draft(xiaoyu, link)))
    entry_id = db.session.query(ListEntry.id).filter_by(name="小鱼").scalar()
    here = f"/admin/g/{link.code}/list"

    assert xiaoyu.post(f"{here}/{entry_id}/withdrawal").status_code == 303
    page = xiaoyu.read(here)
    assert "1 taken out" in page
    assert f"{here}/{entry_id}/restoration" in page
    xiaoyu.post(f"{here}/{entry_id}/restoration")

    assert f"{here}/{entry_id}/withdrawal" in xiaoyu.read(here)


def test_the_list_is_written_back_with_who_joined_first_and_names_shortened(
    xiaoyu, owner, link, campaign, clock
):
    confirm(xiaoyu, link, fields(draft(xiaoyu, link)))
    medium, _large = presale.skus(campaign.id)
    presale.confirmed(
        owner, {medium.id: 3}, clock.now, joining=community.through(link), name="王小明"
    )
    presale.confirmed(owner, {medium.id: 1}, clock.now, name="Somebody Else")

    chinese = xiaoyu.read(f"/admin/g/{link.code}/list/text?text=zh-Hans")
    english = xiaoyu.read(f"/admin/g/{link.code}/list/text?text=en")

    for line in ("#接龙 京都衬衫", "1. 王** M×3", "2. 小** M×2", "3. 陈** L×1", link.code):
        assert line in chinese
    assert "小鱼" not in chinese
    assert "S**" not in chinese
    assert "#List Kyoto shirt" in english
    written = english.split('id="list-text"')[1]
    assert "readonly" in written
    assert "data-copy" in written


@pytest.mark.parametrize("who", ["another leader", "another merchant's owner"])
def test_what_is_not_ones_own_is_not_there(app, xiaoyu, owner, link, clock, who):
    confirm(xiaoyu, link, fields(draft(xiaoyu, link)))
    entry_id = db.session.query(ListEntry.id).filter_by(name="小鱼").scalar()
    north = cast.house(clock.now, "north", is_house=False)
    awen = (
        clerk(app, owner.merchant_id, "awen", Role.LEADER)
        if who == "another leader"
        else clerk(app, north.merchant_id, "nora", Role.OWNER)
    )
    here = f"/admin/g/{link.code}/list"
    before = contents()

    answers = [
        awen.get(here),
        awen.get(f"{here}/text"),
        awen.post(here, {"text": TEXT}),
        awen.post(f"{here}/{entry_id}/withdrawal"),
        awen.post(f"{here}/{entry_id}/restoration"),
    ]

    assert [answer.status_code for answer in answers] == [404] * 5
    assert draft(awen, link).status_code == 422
    assert link.code not in awen.read("/admin/lists")
    assert contents() == before


def test_a_reader_sees_shortened_names_and_keeps_nothing(app, xiaoyu, owner, link):
    confirm(xiaoyu, link, fields(draft(xiaoyu, link)))
    rui = clerk(app, owner.merchant_id, "rui", Role.READONLY)

    page = rui.read(f"/admin/g/{link.code}/list")

    assert "小**" in page
    assert "小鱼" not in page
    assert "?e=" not in page
    assert rui.get("/admin/lists").status_code == 403
    assert rui.post(f"/admin/g/{link.code}/list", {"text": TEXT}).status_code == 403


def test_a_link_that_ended_keeps_no_list_and_says_why(xiaoyu, link):
    typed = fields(draft(xiaoyu, link))
    xiaoyu.post(f"/admin/g/{link.code}/revocation")

    answer = confirm(xiaoyu, link, typed)

    assert answer.status_code == 409
    assert "Nobody can join by this link any more" in answer.text
    assert kept() == []
