"""What the presales make: eight samples, drawn, with their sizes."""

from app.demo.copy.presales.types import Sample, made
from app.demo.copy.types import Text
from app.demo.drawing.garment import Cut, Garment

APRON_COAT = made(
    "apron-coat",
    Text("Indigo apron coat", "靛蓝围裙外套"),
    Text(
        "A coat that wraps and ties like a baker's apron, cut from one width of cloth so that "
        "almost nothing is left on the floor. The sample has been worn in the shop since March.",
        "像面包师的围裙那样一裹一系的外套，用整幅布裁成，几乎不剩边角。样衣从三月起就在店里穿着。",
    ),
    Sample(
        Garment("coat", "denim", "indigo", "oat", 7101,
                Cut(collar="band", pockets="patch", trim="espresso"), label="Vitrine"),
        Text("indigo apron coat", "靛蓝围裙外套"),
        Text("Cotton denim, 11 oz", "11盎司棉牛仔布"),
        "top",
        "blue",
        980,
    ),
    price=86000,
)  # fmt: skip
OVERSHIRT = made(
    "cord-overshirt",
    Text("Corduroy overshirt, second making", "灯芯绒外穿衬衫 第二批"),
    Text(
        "Eight-wale corduroy in brick, with the pockets set a finger lower than last time because "
        "three of you asked. The first making was forty shirts and was gone in a weekend.",
        "砖红色八条灯芯绒，有三位客人提了意见，口袋比上回低了一指。头一批四十件，一个周末就没了。",
    ),
    Sample(
        Garment("shirt", "corduroy", "brick", "stone", 7102,
                Cut(pockets="chest", trim="espresso"), label="Vitrine"),
        Text("brick corduroy overshirt", "砖红灯芯绒衬衫"),
        Text("Cotton corduroy, eight wale", "八条棉灯芯绒"),
        "top",
        "red",
        620,
    ),
    price=52000,
)  # fmt: skip
MARKET_DRESS = made(
    "market-dress",
    Text("Linen market dress", "亚麻赶集裙"),
    Text(
        "A plain dress with two deep pockets, traced from one we bought at a market in Lyon and "
        "could not bring ourselves to sell. Washed before it is sewn.",
        "样式简单的裙子，两个深口袋，版型描自我们在里昂集市上买到、一直舍不得卖的那条。先洗后裁。",
    ),
    Sample(
        Garment("dress", "linen", "sage", "butter", 7103, Cut(trim="oat"), label="Vitrine"),
        Text("sage linen dress", "鼠尾草绿亚麻裙"),
        Text("Linen, 170 g, pre-washed", "170克亚麻，预洗"),
        "dress",
        "green",
        480,
    ),
    price=46800,
)  # fmt: skip
TWEED_CAP = made(
    "tweed-cap",
    Text("Tweed docker cap", "粗花呢卷边帽"),
    Text(
        "No brim, herringbone tweed, the edge turned up once. The hatter cuts twenty at a time "
        "or none, which is why this is a presale.",
        "没有帽檐，人字纹粗花呢，帽边翻起一道。帽匠要么一次裁二十顶，要么不裁，所以才做预售。",
    ),
    Sample(
        Garment("hat", "herringbone", "tobacco", "mist", 7104, Cut(trim="espresso"),
                label="Vitrine"),
        Text("tobacco tweed docker cap", "烟草色粗花呢卷边帽"),
        Text("Wool tweed, cotton lining", "羊毛粗花呢，棉里"),
        "other",
        "brown",
        160,
        ("56", "58", "60"),
    ),
    price=23800,
)  # fmt: skip
JUMPER = made(
    "net-loft-jumper",
    Text("Net-loft jumper", "渔网阁楼毛衣"),
    Text(
        "Knitted by four women above a net loft in Zhoushan, in undyed wool with the grease left "
        "in. Each of them signs her jumpers inside the hem with a stitch of her own.",
        "由舟山一间渔网阁楼上的四位阿姨手织，羊毛不染色，留着油脂。每人在下摆里侧用自己的针法落款。",
    ),
    Sample(
        Garment("knit", "cable", "cream", "slate", 7105, Cut(collar="crew"), label="Vitrine"),
        Text("cream cable jumper", "米白绞花毛衣"),
        Text("Undyed wool", "未染色羊毛"),
        "top",
        "white",
        760,
    ),
    price=78000,
)  # fmt: skip
FIELD_BAG = made(
    "field-bag",
    Text("Waxed field bag", "蜡布野外包"),
    Text(
        "Canvas waxed by hand, a strap of harness leather, two buckles from a saddler who is "
        "closing his workshop. There are buckles for sixty bags.",
        "手工上蜡的帆布，马具皮背带，两枚扣子来自一位即将歇业的马具匠。扣子够做六十只包。",
    ),
    Sample(
        Garment("bag", "canvas", "olive", "wood", 7106, Cut(trim="chestnut"), label="Vitrine"),
        Text("olive waxed bag", "橄榄绿蜡布包"),
        Text("Waxed cotton canvas, harness leather", "蜡棉帆布，马具皮"),
        "bag",
        "green",
        890,
        (),
    ),
    price=68000,
)  # fmt: skip
SCARF = made(
    "loom-end-scarf",
    Text("Loom-end scarf", "机头围巾"),
    Text(
        "Woven from what is left on the looms at the end of a season, so no two are striped the "
        "same. Fringed by twisting, not by knotting.",
        "用一季织完后机上剩下的纱织成，条纹条条不同。流苏是捻的，不打结。",
    ),
    Sample(
        Garment("scarf", "stripe", "rust", "rose", 7107, Cut(trim="cream"), label="Vitrine"),
        Text("rust striped scarf", "铁锈色条纹围巾"),
        Text("Wool and cotton", "羊毛与棉"),
        "other",
        "red",
        210,
        (),
    ),
    price=28800,
)  # fmt: skip
BANDANA = made(
    "discharge-bandana",
    Text("Discharge-printed bandana", "拔染方巾"),
    Text(
        "Printed by bleaching the pattern out of the indigo instead of laying colour on it. The "
        "block was cut in 1961 and has a crack, which prints as a fine white line.",
        "图案不是印上去的，而是从靛蓝里拔出来的。木版刻于1961年，有一道裂，印出来是一根细白线。",
    ),
    Sample(
        Garment("scarf", "paisley", "indigo", "clay", 7108, Cut(trim="cream"), label="Vitrine"),
        Text("indigo bandana", "靛蓝方巾"),
        Text("Cotton, 54 cm", "54厘米纯棉"),
        "other",
        "blue",
        60,
        ("54 cm",),
    ),
    price=9800,
)  # fmt: skip
