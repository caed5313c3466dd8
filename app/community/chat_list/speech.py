"""What people say around an order, as patterns: politeness, doubts, cancellations, payment."""

from __future__ import annotations

from app.community.chat_list import numerals
from app.community.chat_list.reasons import Reason

MEASURES = "件个套份只条双顶盒瓶支枚副罐台本"
NUMBER = rf"(?:\d{{1,9}}|{numerals.HAN}+)"
_PIECES = r"(?:pcs?|pieces?|pairs?)(?![a-z])"
MEASURE = rf"\s*(?:[{MEASURES}]|{_PIECES})"


def either(*patterns: str) -> str:
    return "|".join(patterns)


def english(*words: str) -> str:
    """Whole words only: or, not the or of Victor."""
    return rf"(?<![a-z])(?:{'|'.join(words)})(?![a-z])"


def _any(words: str) -> str:
    """Words written with spaces between them."""
    return words.replace(" ", "|")


COUNTED = either(
    rf"[x×*+加]\s*{NUMBER}(?:{MEASURE})?(?![\d.])",
    rf"{NUMBER}{MEASURE}",
    r"\d{1,9}\s*[x×*](?![a-z*×])",
    rf"(?:{numerals.ENGLISH})\s+{_PIECES}",
    r"扣\s*1(?!\d)",
)
BARE = either(
    r"\d{1,9}(?![\d号楼层点岁期年月日%#])",
    rf"{numerals.HAN}+",
    rf"(?:{numerals.ENGLISH})(?![a-z])",
)
FROM_TO = rf"\d{{1,3}}\s*[-~到至]\s*\d{{1,3}}{MEASURE}"
TOTAL = (
    rf"(?:一共|总共|合计|共计|总计|共|{english('total')})\s*:?\s*"
    rf"{NUMBER}(?![\d.]|\s*[元块])(?:{MEASURE})?"
)
EACH = (
    rf"(?:各|分别|{english('each')})\s*(?:来|要|拿|[x×*+])?\s*"
    rf"(?:{NUMBER}(?![\d号]))?(?:{MEASURE})?"
)
DITTO = either(
    r"[同跟和](?:上(?![海衣])|楼上|前面)的?(?:那?位)?(?:一样)?",
    r"一样",
    r"同\s*\d+\s*[号楼]?",
    english("same(?: as above| again)?", "ditto"),
)
SEPARATOR = either(r"[,、;+&和及跟与。]", r"\.(?!\d)", english("and", "plus"))

DOUBTS: tuple[tuple[Reason, str], ...] = (
    (
        Reason.CHANGED,
        either(r"改成?", r"换成?", r"变成", r"更改", english("changed?", "instead", "swap")),
    ),
    (
        Reason.ALTERNATIVES,
        either(
            r"或者?|都可以?|还是",
            _any("都行 均可 随便 随意 任意 看着办"),
            english("or", "either", "any"),
        ),
    ),
    (
        Reason.ASKED,
        either(
            r"\?|[吗么嘛哪]",
            _any("有没有 什么 如果 要是 假如 能不能 可不可以"),
            english("if", "which", "what"),
        ),
    ),
    (
        Reason.TENTATIVE,
        either(
            _any("待定 考虑 再说 再看 再定 可能 也许 大概 应该 候补 排队 预留 不确定 没想好"),
            english("maybe", "perhaps", "not sure", "waitlist", "tbd", "tbc"),
        ),
    ),
    (
        Reason.VAGUE_QUANTITY,
        either(
            r"全部?要|每个?(?:颜色|尺码|款式?)|(?:三|两|四|所有)个?(?:颜色|尺码|款)",
            r"几|半|多(?=[件个套份只条双])|(?<=\d)\.\d(?!\d)",
            _any("若干 一些 都要 全包 包圆 全套 各色 每色"),
            english("a few", "few", "some", "several", "a couple(?: of)?", "couple"),
            english("all", "everything", "one of each", "both", "half"),
        ),
    ),
    (
        Reason.NEGATED,
        either(r"[不别没]|除了", english("not", "no", "don't", "except", "without")),
    ),
    (Reason.PARTLY_CANCELLED, "退"),
)
CANCELLED = either(
    r"(?:已经?|先|都)?(?:取消|不要|不需要|不参加|不接|不拼)了",
    r"(?:已经?|先|都)?(?:取消|作废|撤销|撤单|退单|退款|退出|弃单)",
    r"删除|退了",
    english("cancel(?:l?ed|ling)?", "withdrawn?", "withdrew", "void"),
)
FILLERS = either(
    r"(?:我|也|再|还|就|先|给|帮)?(?:我|也)?"
    r"(?:想|要|订|定|来|买|拍|拿|报|加|接|带|预订|预定|下单|需要|购买|登记){1,2}(?:了|的|个)?",
    r"(?:谢谢|多谢|感谢|辛苦|麻烦)(?:团长|群主|老板|大家|啦)?",
    r"[的了哦啊呀哈啦呢噢吧嗯]|接龙|参加|跟团|报名",
    r"(?:尺码|尺寸|码数|颜色|规格|款式|商品|件数|数量|size|colou?r|qty|quantity)\s*:?",
    english("i(?:'d| would) (?:like|love)", "i'll (?:take|have)", "would (?:like|love)", "i want"),
    english("i need", "wants?", "needs?", "takes?", "likes?", "for me", "an?(?!['.-])", "of"),
    english("the", "in", "order(?:s|ed)?", "please", "pls", "plz", "thanks?", "thank you", "thx"),
)
REMARKS = either(
    r"(?:已经?|微信|支付宝)?(?:付款?|转账?|付清)了?(?:\s*¥?\d+(?:\.\d+)?元?)?",
    r"未付款?|没付款?|欠款?\s*\d*元?|订金已?付?(?:\s*\d+)?|自提|快递|包邮|邮寄",
    rf"{english('(?:un)?paid')}(?:\s*[¥$€£]?\d+(?:\.\d+)?)?",
    r"[¥$€£]\s*\d+(?:\.\d+)?|\d+(?:\.\d+)?\s*(?:元|块|rmb|yuan)钱?",
    r"身高\s*\d+(?:cm)?|体重\s*\d+\s*(?:kg|公斤|斤)?|\d{2,3}\s*(?:cm|kg|公斤|斤)",
    r"1[3-9]\d\s*/\s*\d{2,3}\s*(?:kg|公斤|斤)?",
    r"\d{1,2}月\d{1,2}[日号]?|(?:周|星期|礼拜)[一二三四五六日天末]|[今明][天晚]|后天|\d{1,2}:\d{2}",
)
