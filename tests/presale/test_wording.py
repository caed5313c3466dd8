"""What is said about sharing: an invitation is fine, a reward is not."""

from __future__ import annotations

import pytest

from app.presale.rules.wording import inducement_in


@pytest.mark.parametrize(
    "text",
    [
        "分享有礼，人人有份",
        "转发领券",
        "转发到朋友圈领取优惠券",
        "把链接转发三个群就送你一双袜子",
        "邀请好友返现 10 元",
        "分 享 有 礼",
        "分·享·有·礼",
        "分\u200b享有礼",
        "拉人头奖励",
        "帮我砍一刀",
        "集赞 38 个免费拿",
        "推荐给朋友可提现",
        "每邀请 3 人免单",
        "每满 5 人返利",
        "SHARE this page to win a shirt",
        "Invite three friends and get 10 % off",
        "Ｓｈａｒｅ and earn",
        "Refer-a-friend bonus",
        "Rewards for sharing",
        "Earn a coupon by inviting others",
    ],
)
def test_a_reward_for_sharing_is_noticed(text):
    assert inducement_in(["A shirt.", text]) is not None


@pytest.mark.parametrize(
    "text",
    [
        "欢迎分享给需要的朋友。",
        "由城西妈妈群小鱼分享",
        "转发时请保留原文",
        "邀请你来店里看样衣",
        "推荐尺码：胸围 104 穿 M",
        "助力车夫当年的工装",
        "分享这件衣服的来历。到货后送到你家。",
        "Share it with whoever likes indigo.",
        "We share the cost of shipping.",
        "An invitation to see the samples.",
        "",
    ],
)
def test_plain_words_about_sharing_are_left_alone(text):
    assert inducement_in([text]) is None


def test_what_was_found_is_named():
    assert inducement_in(["今天转发领券，明天没有"]) == "转发领"
