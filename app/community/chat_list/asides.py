"""Lines that order nothing: topics, deadlines, prices, examples, thanks."""

from __future__ import annotations

import re

from app.community.chat_list.reasons import Aside

_LABELS = (
    r"序号|编号|姓名|名字|昵称|名称|尺码|尺寸|码数|鞋码|颜色|规格|款式|数量|件数|备注|电话|手机|地址|房号|楼栋|"
    r"name|size|colou?r|qty|quantity|note|notes|phone|address|room"
)
LABEL = re.compile(rf"\W*(?:{_LABELS})\s*[:]", re.IGNORECASE)
NAME_LABEL = re.compile(r"\W*(?:姓名|名字|昵称|name)\s*:\s*", re.IGNORECASE)
_TABLE_HEAD = re.compile(rf"\W*(?:(?:{_LABELS}|商品)(?:[\s,、+|/;·-]+|$)){{2,}}", re.IGNORECASE)
_SAID: tuple[tuple[Aside, str], ...] = (
    (Aside.DECORATION, r"[\W_]*$"),
    (
        Aside.DECORATION,
        (
            r"\((?:图片|视频|语音|动画表情|表情|文件|位置|链接|微笑|呲牙|强|玫瑰|抱拳|ok|捂脸|偷笑|爱心|合十"
            r"|庆祝|鼓掌|image|photo|video|sticker|file|voice message)\)$"
        ),
    ),
    (Aside.LINK, r".*(?:https?://|www\.)"),
    (Aside.HEADER, r"\W*(?:接龙|群接龙|list|group list)\W*$"),
    (
        Aside.EXAMPLE,
        r"\W*(?:例(?![外行])|示例|范例|格式|比如|样例|模板|参考格式|e\.?g\.?\b|example|format\b)",
    ),
    (
        Aside.TIME,
        (
            r"\W*(?:(?:\d{4}\s*[-/.年])?\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?)?\s*"
            r"(?:上午|下午|晚上|周.|星期.)?\s*(?:\d{1,2}:\d{2}(?::\d{2})?)?\s*(?:[ap]m)?$"
        ),
    ),
    (
        Aside.DEADLINE,
        r".*(?:截止|截单|结单|截团|deadline|\bcloses?\b|\bclosing\b|\bends? on\b)",
    ),
    (
        Aside.TOTAL,
        (
            r"\W*(?:一?共|合计|总计|共计|总共|总金额|总数|total|跟团人数|参与人数|已有|目前|一?共?还剩"
            r"|only \d+ left|\d+ (?:more )?to go)"
        ),
    ),
    (Aside.PRICE, r"\W*(?:价格|单价|团购价|原价|金额|price|¥)"),
    (Aside.PRICE, r".*\d\s*(?:元|块)?\s*[/一每]\s*[个件双只条套份](?!\w*[a-z])"),
    (
        Aside.RULE,
        (
            r".*(?:每人|每位|每户|限购|统一发|包邮|包赔|不退不换|规则|注意|须知|成团|截团|发货|到货|自提点|取货"
            r"|起订|起拼|偏小|偏大|建议拍|per person|shipping)"
        ),
    ),
    (
        Aside.HEADER,
        r".*(?:接龙|跟团|快团团|[开拼]团|团购|预售|名单|统计|登记|presale|group buy|orders so far)",
    ),
)
_FRAME = re.compile(
    r"\W*(?:(?P<head>\#接龙|\#(?:group )?list\b"
    r"|(?:约定|承诺|说明|主题|标题|内容|发起人|发布时间|发布人|promise|topic)\s*:)"
    r"|还差\s*\d+|已成团|still needed\s*:|the goal is met)",
    re.IGNORECASE,
)
_PATTERNS = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _SAID)
_RULES = re.compile(
    "|".join(
        pattern for kind, pattern in _SAID if kind in {Aside.RULE, Aside.DEADLINE, Aside.EXAMPLE}
    ),
    re.IGNORECASE,
)
BY_A_WORD = frozenset({Aside.RULE, Aside.DEADLINE, Aside.PRICE, Aside.HEADER, Aside.TOTAL})
"""Kinds told by a word that may stand in somebody's order as well."""
_CHATTER = re.compile(
    r"(?:\W|谢谢|多谢|感谢|辛苦|收到|好的?|好滴|好嘞|赞|支持|棒|加油|已付款?|已转账?|付款?了|付好了|了|啦"
    r"|哈|嘿|嘻|呵|嗯|哦|呀|团长|群主|老板|大家|亲们?|各位|邻居|家人们|请回复|请|所有人|抓紧|快来|接龙|都"
    r"|你|您|也|真|太|很|有心|客气|不客气|明白|了解|知道|撤回了?一条消息|\d{1,2}:\d{2}|everyone|ok|okay"
    r"|thanks?|thank you|thx|great|nice|noted|got it|done|cool|yes|sure|lol|haha|all)++$",
    re.IGNORECASE,
)
_QUESTION = re.compile(
    r".*(?:[吗呢么嘛谁哪]|有没有|怎么|多少|什么时候|几点|\?\W*$"
    r"|\b(?:who|when|how|what|can|is there|any)\b)",
    re.IGNORECASE,
)


def frame(line: str) -> Aside | None:
    """The head or foot of a list, which says so itself, whatever else stands in the line."""
    found = _FRAME.match(line)
    if found is None:
        return None
    return Aside.HEADER if found["head"] else Aside.TOTAL


def aside(line: str) -> Aside | None:
    """What a line that carries no number is, when its own words tell; `line` is plain."""
    if not line:
        return Aside.BLANK
    for kind, pattern in _PATTERNS:
        if pattern.match(line):
            return kind
    return Aside.HEADER if _TABLE_HEAD.match(line) else None


def is_example_label(line: str) -> bool:
    """例: alone, which makes the next line the example."""
    return re.fullmatch(r"\W*(?:例子?|示例|范例|格式|example)\W*", line, re.IGNORECASE) is not None


def is_rule(rest: str) -> bool:
    """Whether a numbered line is a rule of the campaign rather than somebody's entry."""
    return _RULES.match(rest) is not None


def is_chatter(line: str) -> bool:
    """Thanks, laughter, “received”, or a question to everybody."""
    return _CHATTER.match(line) is not None or _QUESTION.match(line) is not None


def options_of_campaign(line: str) -> bool:
    """尺码: S M L, a label with several values after it."""
    found = LABEL.match(line)
    return found is not None and len(re.findall(r"[^\s,、/;|+]+", line[found.end() :])) > 1
