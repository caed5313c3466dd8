"""Hats, scarves and a bandana."""

from app.demo.copy.types import Evidence, Fault, Piece, Text
from app.demo.drawing.garment import Cut, Garment

ACCESSORIES: tuple[Piece, ...] = (
    Piece(
        sku="oxblood-beret-1950s",
        title=Text("1950s wool beret in oxblood", "50年代羊毛贝雷帽 牛血红"),
        story=Text(
            (
                "Knitted, felted in warm water and shaped over a plate, the way it is still done "
                "in Béarn. The little stalk is intact, which brings luck, or at least the habit "
                "of touching it."
            ),
            (
                "先织，再用温水毡化，套在盘子上定型，贝阿恩至今还这么做。顶上那根小蒂还在，据说带"
                "来好运，至少让人老想去摸它。"
            ),
        ),
        garment="other",
        era="1950s",
        origin="FR",
        brand="Laborde Frères",
        material=Text("Felted wool", "羊毛毡"),
        colour="red",
        grade="A",
        evidence=Evidence(
            Text("Felt even, leather band dry at one point", "毡面均匀，内圈皮条一处发干"),
            Text("Gilt stamp on the band, used until 1959", "皮条上的烫金印用到1959年"),
            Text("“Nay, Basses-Pyrénées” on the lining", "里衬写着「Nay, Basses-Pyrénées」"),
        ),
        measurements={},
        price=16000,
        weight=110,
        tags=("natural_fibre", "made_to_last"),
        collections=("autumn-in-brick", "drawer-by-the-window"),
        look=Garment(
            "hat", "wool", "oxblood", "butter", 4271, Cut(style="beret"), wear=0.1, focus="crown"
        ),
        noun=Text("oxblood beret", "牛血红贝雷帽"),
        close_up=Text("The stalk at the centre of the felt", "毡面中央的小蒂"),
        faults=(
            Fault(
                Text("inner band", "内圈皮条"),
                Text("leather dry, one crack of 5 mm", "皮面发干，一道5毫米细裂"),
                5,
                "crack",
                "inside",
            ),
        ),
    ),
    Piece(
        sku="tweed-flat-cap-1970s",
        title=Text("1970s flat cap in moss tweed", "70年代粗花呢鸭舌帽 苔绿"),
        story=Text(
            (
                "Eight pieces meeting under one button, lined in quilted satin, sized for a head "
                "of 58 centimetres. It was left on a peg in a Lund café in 1979 and claimed by "
                "nobody for forty years."
            ),
            (
                "八片布在顶扣下相会，绗缝缎里，适合58厘米的头围。1979年它被遗忘在隆德一家咖啡馆的"
                "衣帽钩上，四十年没人来领。"
            ),
        ),
        garment="other",
        era="1970s",
        origin="GB",
        brand="Corrie & Lund",
        material=Text("Wool tweed, satin lining", "羊毛粗花呢，缎里"),
        colour="green",
        grade="B",
        evidence=Evidence(
            Text("Peak softened, small moth graze", "帽檐变软，有一处轻微虫啃"),
            Text("Café lost-property tag dated 1979", "咖啡馆失物牌，日期1979年"),
            Text("“Made in Great Britain” on the lining", "里衬写着「Made in Great Britain」"),
        ),
        measurements={},
        price=22000,
        weight=130,
        tags=("natural_fibre", "made_to_last"),
        collections=("autumn-in-brick",),
        look=Garment(
            "hat", "tweed", "moss", "clay", 4272, Cut(style="cap"), wear=0.2, focus="crown"
        ),
        noun=Text("moss tweed cap", "苔绿粗花呢鸭舌帽"),
        close_up=Text("Eight seams meeting under the crown button", "八道缝在顶扣下相会"),
        faults=(
            Fault(
                Text("crown, left", "帽顶左侧"),
                Text("surface grazed by a moth, not through", "表面虫啃，未穿"),
                5,
                "hole",
                "crown",
            ),
        ),
        year=1979,
        store="shanghai",
    ),
    Piece(
        sku="plaid-wool-scarf-1970s",
        title=Text("1970s brushed wool scarf in plaid", "70年代格纹羊毛围巾"),
        story=Text(
            (
                "Two metres of brushed lambswool in mustard and charcoal, with a twisted fringe "
                "that has stayed twisted. It has the warmth of a much heavier thing. We washed "
                "it in cool water with a drop of vinegar."
            ),
            (
                "两米长的拉绒羊羔毛，芥末黄配炭灰，流苏拧过，到现在也没散。它比看上去暖得多。我们"
                "用凉水加一滴醋洗过。"
            ),
        ),
        garment="other",
        era="1970s",
        origin="GB",
        brand="Ardnish Woollens",
        material=Text("Lambswool", "羊羔毛"),
        colour="yellow",
        grade="A",
        evidence=Evidence(
            Text("Nap full, fringe whole, one loose thread", "绒面饱满，流苏完整，一处浮线"),
            Text("Label layout of 1974 to 1981", "织标版式属1974至1981年"),
            Text("“Made in Scotland” on the label", "织标写着「Made in Scotland」"),
        ),
        measurements={},
        price=24000,
        weight=260,
        tags=("natural_fibre", "hand_washed"),
        collections=("autumn-in-brick",),
        look=Garment(
            "scarf",
            "tartan",
            "mustard",
            "slate",
            4273,
            Cut(style="long", trim="charcoal"),
            wear=0.05,
            focus="edge",
        ),
        noun=Text("plaid wool scarf", "格纹羊毛围巾"),
        close_up=Text("Twisted fringe at the end of the scarf", "围巾末端拧过的流苏"),
        faults=(
            Fault(
                Text("one end", "一端"),
                Text("loose thread of 2 cm, drawn back in", "2厘米浮线，已理回"),
                5,
                "pull",
                "edge",
                repaired=True,
            ),
        ),
    ),
    Piece(
        sku="dotted-silk-square-1960s",
        title=Text("1960s silk square with dots", "60年代波点真丝方巾"),
        story=Text(
            (
                "Cream dots on teal, a hand-rolled edge, seventy centimetres each way. It was "
                "used for years to tie up a bundle of letters, which is a good way to treat silk."
            ),
            (
                "青底奶油点，手工卷边，七十厘米见方。很多年里，它被用来捆一沓信，对真丝来说这是不"
                "错的待遇。"
            ),
        ),
        garment="other",
        era="1960s",
        origin="FR",
        brand="Maison Clairvoy",
        material=Text("Silk twill", "真丝斜纹绸"),
        colour="green",
        grade="A",
        evidence=Evidence(
            Text("Edge whole, one faint crease", "卷边完整，一道浅折痕"),
            Text("Signature of a printer who closed in 1968", "印有一家1968年歇业的印坊署名"),
            Text("“Soie, Lyon” printed in the corner", "一角印着「Soie, Lyon」"),
        ),
        measurements={},
        price=28000,
        weight=60,
        tags=("natural_fibre", "handed_down"),
        collections=("drawer-by-the-window",),
        look=Garment(
            "scarf",
            "dots",
            "teal",
            "oat",
            4274,
            Cut(style="square", trim="cream"),
            wear=0.0,
            focus="edge",
        ),
        noun=Text("dotted silk square", "波点真丝方巾"),
        close_up=Text("Hand-rolled edge of the silk", "真丝的手工卷边"),
        faults=(
            Fault(
                Text("centre", "中央"),
                Text("faint crease from the bundle’s knot", "捆信打结处一道浅折痕"),
                5,
                "fade",
                "front",
            ),
        ),
        merchant="consignor",
        store="shanghai",
    ),
    Piece(
        sku="indigo-bandana-1950s",
        title=Text("1950s bandana in indigo, discharge printed", "50年代靛蓝拔染头巾"),
        story=Text(
            (
                "White paisley drawn out of the blue with acid, so that the pattern is in the "
                "cloth and not on it. Selvedges left and right, narrow hems above and below. "
                "Soft as a page turned often."
            ),
            (
                "白色佩斯利是用酸从蓝底里拔出来的，花在布里，不在布上。左右是布边，上下窄卷边。软"
                "得像常翻的一页书。"
            ),
        ),
        garment="other",
        era="1950s",
        origin="US",
        brand="Elk River",
        material=Text("Cotton", "纯棉"),
        colour="blue",
        grade="B",
        evidence=Evidence(
            Text("Faded evenly, one corner mended", "整体匀褪，一角补过"),
            Text("Selvedge mark of a kind printed before 1960", "布边印记属1960年以前"),
            Text("“Fast color, U.S.A.” in the border", "边框里印着「Fast color, U.S.A.」"),
        ),
        measurements={},
        price=12800,
        weight=40,
        tags=("natural_fibre", "repaired_by_hand"),
        collections=("indigo-at-work",),
        look=Garment(
            "scarf",
            "paisley",
            "indigo",
            "stone",
            4275,
            Cut(style="bandana", trim="cream"),
            wear=0.4,
            focus="corner",
        ),
        noun=Text("indigo bandana", "靛蓝头巾"),
        close_up=Text("Paisley and border at one corner", "一角的佩斯利与边框"),
        faults=(
            Fault(
                Text("lower right corner", "右下角"),
                Text("tear of 1 cm, darned in white", "1厘米裂口，白线织补"),
                5,
                "darn",
                "corner",
                repaired=True,
            ),
        ),
    ),
)
