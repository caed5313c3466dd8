"""Collections, selling points, merchants, stores and the words of the home page."""

from app.demo.copy.types import (
    Collection,
    ColourKey,
    Hero,
    Merchant,
    Store,
    Tag,
    Text,
)

COLLECTIONS: tuple[Collection, ...] = (
    Collection(
        "autumn-in-brick",
        Text("Corduroy and an autumn in brick", "灯芯绒与砖红的秋天"),
        Text(
            (
                "Corduroy, tweed and wool from two collectors, one in Kyoto and one in Lyon, "
                "most of it from the seventies. Everything was washed or aired by us, steamed, "
                "and mended where it wanted mending. The faults are photographed one by one."
            ),
            (
                "灯芯绒、粗花呢和羊毛，来自京都与里昂的两位收藏者，七十年代为主。每一件都由我们洗"
                "过或晾透、蒸汽熨过，该补的都补了。瑕疵逐一拍照。"
            ),
        ),
    ),
    Collection(
        "indigo-at-work",
        Text("Indigo and other working blues", "靛蓝与工装"),
        Text(
            (
                "Clothes made for a job: joiners, sailors, drivers, painters, fitters. Blue "
                "fades where the work was done, so each of these can be read like a page."
            ),
            (
                "为干活而做的衣服：木匠、水手、司机、油漆工、钳工。哪里出力，蓝色就从哪里褪，每一"
                "件都像一页可以读的纸。"
            ),
        ),
    ),
    Collection(
        "drawer-by-the-window",
        Text("The drawer by the window", "窗边的抽屉"),
        Text(
            (
                "Silk, linen, small flowers, and the things that are kept wrapped in paper: a "
                "handbag that clicks, a scarf that tied letters together, a nightdress with "
                "somebody’s initials."
            ),
            (
                "真丝、亚麻、小碎花，还有那些包在纸里收着的东西：一只合上会响的手提包，一条捆过信"
                "的方巾，一件绣着别人名字的睡裙。"
            ),
        ),
    ),
)

TAGS: tuple[Tag, ...] = (
    Tag("hand_washed", Text("Washed by hand", "手洗")),
    Tag("deadstock", Text("Old stock, unworn", "库存未穿")),
    Tag("natural_fibre", Text("Natural fibre", "天然纤维")),
    Tag("repaired_by_hand", Text("Mended by hand", "手工修补")),
    Tag("small_batch", Text("Small batch", "小批量")),
    Tag("made_to_last", Text("Made to last", "耐穿")),
    Tag("union_made", Text("Union made", "工会工厂")),
    Tag("hand_knitted", Text("Hand knitted", "手织")),
    Tag("undyed", Text("Undyed", "未染色")),
    Tag("handed_down", Text("With its story", "来历可查")),
)

COLOURS: dict[ColourKey, Text] = {
    "white": Text("White", "白"),
    "beige": Text("Beige", "米"),
    "brown": Text("Brown", "棕"),
    "red": Text("Red", "红"),
    "pink": Text("Pink", "粉"),
    "yellow": Text("Yellow", "黄"),
    "green": Text("Green", "绿"),
    "blue": Text("Blue", "蓝"),
    "purple": Text("Purple", "紫"),
    "grey": Text("Grey", "灰"),
    "black": Text("Black", "黑"),
}

MERCHANTS: tuple[Merchant, ...] = (
    Merchant(
        "house",
        Text("Vitrine", "旧日衣橱"),
        Text(
            (
                "Two shops and a workroom. We buy, measure, mend and photograph everything "
                "ourselves."
            ),
            "两家店，一间工作室。收、量、补、拍，都是我们自己动手。",
        ),
        "hello@example.org",
    ),
    Merchant(
        "consignor",
        Text("North Window Consignment", "北窗寄售"),
        Text(
            "Pieces from a handful of private wardrobes, sold on their owners’ behalf.",
            "替几位藏家出让他们衣橱里的旧物。",
        ),
        "north-window@example.org",
    ),
)

STORES: tuple[Store, ...] = (
    Store(
        "hangzhou",
        Text("Vitrine Hangzhou", "旧日衣橱 杭州店"),
        Text(
            "17 Lamplight Lane, Sample District, Hangzhou, Zhejiang",
            "浙江省杭州市示例区灯芯巷17号",
        ),
        Text(
            "Tuesday to Sunday 11:00–19:30, closed on Mondays",
            "周二至周日 11:00–19:30，周一休息",
        ),
        "13800000001",
        30.2592,
        120.1551,
    ),
    Store(
        "shanghai",
        Text("Vitrine Shanghai", "旧日衣橱 上海店"),
        Text(
            "42 Thimble Road, Sample District, Shanghai",
            "上海市示例区顶针路42号",
        ),
        Text("Daily 12:00–20:30", "每日 12:00–20:30"),
        "13800000002",
        31.2165,
        121.4442,
    ),
)

HERO = Hero(
    eyebrow=Text(
        "Issue 46 · Friday 20:00 · 48 one-of-a-kind pieces",
        "第46期上新 · 周五 20:00 · 48件孤品",
    ),
    headline=(
        Text("Corduroy and", "灯芯绒与"),
        Text("an autumn in brick", "砖红的秋天"),
    ),
    sentence=Text(
        (
            "From two collectors in Kyoto and Lyon, mostly the seventies. Washed, steamed "
            "and mended by us, every fault photographed."
        ),
        ("这一期来自京都与里昂的两位收藏者，七十年代为主。全部洗过、蒸过、补过，瑕疵逐一拍照。"),
    ),
    action=Text("See the 48 pieces", "看这48件"),
)
