"""What the demo shop says about words: which mean the same, and which are offered first."""

SYNONYMS: tuple[tuple[str, ...], ...] = (
    ("denim", "丹宁", "牛仔", "劳动布"),
    ("jacket", "夹克", "外套"),
    ("sweater", "jumper", "pullover", "毛衣", "针织衫"),
    ("rollneck", "turtleneck", "高领"),
    ("hat", "帽子", "帽"),
    ("boots", "靴子", "靴"),
    ("peacoat", "pea coat", "海军大衣"),
    ("leather jacket", "suede jacket", "皮夹克", "皮衣", "麂皮夹克"),
    ("T-shirt", "tee", "T恤"),
    ("satchel", "messenger bag", "邮差包", "挎包"),
    ("plimsolls", "sneakers", "帆布胶底鞋", "球鞋"),
    ("corduroy", "cords", "灯芯绒", "条绒"),
    ("blazer", "西装", "西服"),
    ("flares", "bell-bottoms", "喇叭裤", "喇叭"),
    ("plaid", "tartan", "格子", "格纹"),
)
HOT_WORDS: tuple[str, ...] = ("胸围 104", "70s denim", "羊毛大衣", "French workwear", "真丝")
