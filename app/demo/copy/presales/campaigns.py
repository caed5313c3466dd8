"""Eight presales, one in each state a newcomer should see."""

from app.demo.copy.presales import goods
from app.demo.copy.presales.types import Presale, Terms
from app.demo.copy.types import Product, Text
from app.presale.models import Decision, DepositKind, PaymentMode, ShortagePolicy, SupplyMode

_DYER = Text(
    "The dyer works outdoors. Two weeks of rain are two weeks of waiting, and we would say so.",
    "染坊在露天干活。下两周雨就要多等两周，到时会告诉大家。",
)
_CLOTH = Text(
    "The mill may deliver the cloth late or a shade off. We show it before we cut it.",
    "布厂可能晚交，颜色也可能差一点。开裁之前会先给大家看。",
)
_HANDS = Text(
    "A few people make this by hand. If one of them falls ill, it takes longer.",
    "这是几个人手工做的，有人生病就会慢一些。",
)

UPCOMING = Presale(
    "apron-coat", Text("Indigo apron coat", "靛蓝围裙外套"),
    Text(
        "We dye when twenty are wanted. Come to the shop and try the sample on until it opens.",
        "凑够二十件就开染。开团之前可以到店试穿样衣。",
    ),
    _DYER, goods.APRON_COAT,
    Terms(PaymentMode.DEPOSIT, SupplyMode.THRESHOLD, 20, deposit=20000, counts_for=23000,
          threshold=20),
    opens=2.0, closes=9.0, promise=(45, 60),
)  # fmt: skip
BELOW_GOAL = Presale(
    "corduroy-overshirt-2", Text("Corduroy overshirt, second making", "灯芯绒外穿衬衫 第二批"),
    Text(
        "The same brick corduroy, the pockets a finger lower. Eighteen shirts make a bolt.",
        "还是那块砖红灯芯绒，口袋低了一指。十八件用一匹布。",
    ),
    _CLOTH, goods.OVERSHIRT,
    Terms(PaymentMode.DEPOSIT, SupplyMode.THRESHOLD, 20, deposit=12000, threshold=18),
    opens=-4.0, closes=3.0, promise=(40, 55), question=Text("Building and room", "楼号与房号"),
)  # fmt: skip
MET = Presale(
    "market-dress", Text("Linen market dress", "亚麻赶集裙"),
    Text(
        "Twelve were needed and they are here; whoever joins until the close is sewn for too.",
        "需要的十二件已经够了，截止前参加的也一起做。",
    ),
    _CLOTH, goods.MARKET_DRESS,
    Terms(PaymentMode.FULL, SupplyMode.THRESHOLD, 20, threshold=12),
    opens=-5.0, closes=2.0, promise=(30, 42),
)  # fmt: skip
TO_DECIDE = Presale(
    "tweed-cap", Text("Tweed docker cap", "粗花呢卷边帽"),
    Text(
        "The hatter cuts twenty at a time. Below that we ask you, or pay everybody back.",
        "帽匠一次裁二十顶。不够的话会问大家，或者全部退款。",
    ),
    _HANDS, goods.TWEED_CAP,
    Terms(PaymentMode.FULL, SupplyMode.THRESHOLD, 16, threshold=20, default=Decision.ASK),
    opens=-7.0, closes=-0.05, promise=(35, 50),
)  # fmt: skip
MAKING = Presale(
    "net-loft-jumper", Text("Net-loft jumper", "渔网阁楼毛衣"),
    Text(
        "As many as are wanted are knitted, at most fourteen of a size.",
        "有多少人要就织多少，每个尺码不超过十四件。",
    ),
    _HANDS, goods.JUMPER,
    Terms(PaymentMode.DEPOSIT, SupplyMode.MADE_TO_ORDER, 14, deposit=15000,
          kind=DepositKind.EARNEST),
    opens=-32.0, closes=-25.0, promise=(5, 15),
)  # fmt: skip
BALANCES = Presale(
    "field-bag", Text("Waxed field bag", "蜡布野外包"),
    Text(
        "There are buckles for sixty bags, and this is the first half.",
        "扣子够做六十只，这是前一半。",
    ),
    _HANDS, goods.FIELD_BAG,
    Terms(PaymentMode.DEPOSIT, SupplyMode.MADE_TO_ORDER, 30, deposit=20000,
          shortage=ShortagePolicy.LOTTERY),
    opens=-40.0, closes=-33.0, promise=(2, 12),
)  # fmt: skip
DONE = Presale(
    "loom-end-scarf", Text("Loom-end scarf", "机头围巾"),
    Text("One season's loom ends, as long as they last.", "一季的机头纱，用完为止。"),
    _CLOTH, goods.SCARF,
    Terms(PaymentMode.FULL, SupplyMode.MADE_TO_ORDER, 24),
    opens=-60.0, closes=-53.0, promise=(-25, -15),
)  # fmt: skip
DROP = Presale(
    "discharge-bandana", Text("Discharge-printed bandana, for the groups", "拔染方巾 群内先开"),
    Text(
        "Twenty-four off the old block. Some are kept for each group until tonight.",
        "老木版印了二十四条，每个群各留几条，留到今晚。",
    ),
    Text("The crack in the block may print wider on some.", "木版的裂缝在个别方巾上会印得宽一些。"),
    goods.BANDANA,
    Terms(PaymentMode.FULL, SupplyMode.MADE_TO_ORDER, 24, limit=2, is_drop=True),
    opens=-0.1, closes=0.6, promise=(3, 8),
)  # fmt: skip

PRESALES: tuple[Presale, ...] = (
    DONE, BALANCES, MAKING, TO_DECIDE, MET, BELOW_GOAL, DROP, UPCOMING,
)  # fmt: skip
"""In the order in which they began."""
GOODS: tuple[Product, ...] = tuple(presale.goods for presale in PRESALES)
GROUPS: tuple[tuple[str, str], ...] = (
    ("示例·灯芯巷邻居群", "WeChat"),
    ("示例·周五晚上的衣橱", "WeChat"),
    ("Sample · Friday wardrobe", "WhatsApp"),
)
"""Name and chat app."""
CHAT_LIST = """#接龙 灯芯绒外穿衬衫 第二批
订金120，周日晚上截止
1. 阿树 M×1
2. 小满 L×2 3栋502
3. Marta M
4. 周婷 S
5. 老胡 L×1 放门卫"""
"""What the first group keeps by hand."""
