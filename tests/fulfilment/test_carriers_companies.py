"""Carriers have names in both languages, and an unknown one is not lost."""

from __future__ import annotations

from app.fulfilment.carriers.companies import COMPANIES, OTHER, company_name
from app.platform.i18n import speaking


def test_names_are_in_the_readers_language():
    with speaking("zh-Hans"):
        assert company_name("shunfeng") == "顺丰速运"
        assert company_name(OTHER) == "其他快递"
    assert company_name("shunfeng") == "SF Express"


def test_an_unknown_carrier_keeps_its_own_word():
    assert company_name("warehouse-7") == "warehouse-7"


def test_every_chinese_carrier_has_a_chinese_name():
    english = {code: company_name(code) for code in COMPANIES}

    with speaking("zh-Hans"):
        same = {code for code in COMPANIES if company_name(code) == english[code]}

    assert same == {"dhl", "ups", "fedex"}
