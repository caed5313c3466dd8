"""Four pairs of shoes."""

from app.demo.copy.types import Evidence, Fault, Piece, Text
from app.demo.drawing.garment import Cut, Garment

SHOES: tuple[Piece, ...] = (
    Piece(
        sku="oxblood-loafers-1980s",
        title=Text("1980s loafers in oxblood leather", "80年代乐福鞋 牛血红"),
        story=Text(
            (
                "Hand-sewn aprons, leather soles with a good third of their life left, and a "
                "shine that comes from cream and not from varnish. They were resoled once in "
                "Porto by a man who wrote the date inside in ballpoint."
            ),
            (
                "鞋面手工缝围，皮底还剩三分之一多的寿命，光泽是鞋乳擦出来的，不是漆。在波尔图换过"
                "一次底，师傅用圆珠笔把日期写在了里面。"
            ),
        ),
        garment="shoes",
        era="1980s",
        origin="PT",
        brand="Porto Velinho",
        material=Text("Calf leather, leather sole", "小牛皮，皮底"),
        colour="red",
        grade="B",
        evidence=Evidence(
            Text("Creases at the vamp, one scuffed toe", "鞋面有折痕，一只鞋头有擦痕"),
            Text("Resoling dated 3.89 inside the left shoe", "左鞋内写着换底日期3.89"),
            Text("“Feito em Portugal” on the insole", "鞋垫印着「Feito em Portugal」"),
        ),
        measurements={"insole": 258, "outsole": 288, "width": 98},
        price=52000,
        weight=860,
        tags=("made_to_last", "repaired_by_hand"),
        collections=("autumn-in-brick",),
        look=Garment(
            "shoes",
            "leather",
            "oxblood",
            "stone",
            4261,
            Cut(style="loafer"),
            wear=0.25,
            focus="toe",
        ),
        noun=Text("oxblood loafers", "牛血红乐福鞋"),
        close_up=Text("Hand-sewn apron and saddle strap", "手缝鞋围与鞍带"),
        faults=(
            Fault(
                Text("right toe", "右鞋头"),
                Text("scuff of 1 cm, coloured in with cream", "1厘米擦痕，已用鞋乳补色"),
                5,
                "scuff",
                "toe",
                repaired=True,
            ),
        ),
    ),
    Piece(
        sku="chestnut-work-boots-1970s",
        title=Text("1970s lace-up work boots in chestnut", "70年代系带工装靴 栗棕"),
        story=Text(
            (
                "Six eyelets, four hooks, a plain toe and a wedge sole that forgives long days. "
                "The leather has darkened where the laces cross and lightened where the ankle "
                "bends. Conditioned twice by us, with a day between."
            ),
            (
                "六孔四钩，素头，楔形底，站一整天也吃得消。鞋带交叉处颜色变深，脚踝弯折处变浅。我"
                "们上了两遍油，中间隔一天。"
            ),
        ),
        garment="shoes",
        era="1970s",
        origin="US",
        brand="Tallow Creek",
        material=Text("Oil-tanned leather, rubber sole", "油鞣皮，橡胶底"),
        colour="brown",
        grade="C",
        evidence=Evidence(
            Text(
                "Deep creases, worn heel, a patched tongue; priced for it",
                "折痕深，后跟磨损，鞋舌补过，价格已体现",
            ),
            Text("Stamped 10 76 inside the shaft", "靴筒内压印10 76"),
            Text("Union stamp and “U.S.A.” on the shank", "鞋腰有工会印与「U.S.A.」"),
        ),
        measurements={"insole": 275, "outsole": 306, "width": 106},
        price=48000,
        weight=1420,
        tags=("union_made", "made_to_last", "repaired_by_hand"),
        collections=("indigo-at-work",),
        look=Garment(
            "shoes", "leather", "chestnut", "oat", 4262, Cut(style="boot"), wear=0.5, focus="toe"
        ),
        noun=Text("chestnut work boots", "栗棕工装靴"),
        close_up=Text(
            "Laces through brass hooks, leather creased at the ankle", "鞋带绕过铜钩，踝部皮面起皱"
        ),
        faults=(
            Fault(
                Text("left toe", "左鞋头"),
                Text("surface cracked in two lines, oiled", "皮面两道细裂，已上油"),
                5,
                "crack",
                "toe",
            ),
            Fault(
                Text("both heels", "两只后跟"),
                Text("outer edge worn about 4 mm", "外侧磨去约4毫米"),
                6,
                "scuff",
                "edge",
            ),
        ),
        year=1976,
        store="shanghai",
    ),
    Piece(
        sku="ink-mary-janes-1970s",
        title=Text("1970s Mary Janes in black leather", "70年代玛丽珍鞋 墨黑"),
        story=Text(
            (
                "A rounded toe, one strap, a heel of three centimetres that makes a decided "
                "sound on stone. Bought for a first job in a notary’s office in Coimbra and "
                "hardly worn after: she went to sea."
            ),
            (
                "圆头，一根带，三厘米的跟，踩在石板上声音笃定。买它是为了去科英布拉的公证处上班，"
                "后来几乎没再穿：她出海去了。"
            ),
        ),
        garment="shoes",
        era="1970s",
        origin="PT",
        brand="Porto Velinho",
        material=Text("Leather, stacked heel", "牛皮，叠皮跟"),
        colour="black",
        grade="A",
        evidence=Evidence(
            Text("Soles barely marked, one buckle with light rust", "鞋底几乎无痕，一只扣略有锈"),
            Text("Last number of a form used 1974 to 1979", "鞋楦号属1974至1979年使用的型号"),
            Text("“Feito em Portugal” on the insole", "鞋垫印着「Feito em Portugal」"),
        ),
        measurements={"insole": 240, "outsole": 262, "width": 86},
        price=39000,
        weight=620,
        tags=("made_to_last", "handed_down"),
        collections=("drawer-by-the-window",),
        look=Garment(
            "shoes", "leather", "ink", "rose", 4263, Cut(style="maryjane"), wear=0.1, focus="toe"
        ),
        noun=Text("black Mary Janes", "墨黑玛丽珍鞋"),
        close_up=Text("Strap and small square buckle", "鞋带与小方扣"),
        faults=(
            Fault(
                Text("left buckle", "左鞋扣"),
                Text("light rust on the inner side", "内侧轻微锈迹"),
                5,
                "stain",
                "edge",
            ),
        ),
    ),
    Piece(
        sku="ecru-plimsolls-1960s",
        title=Text("1960s canvas plimsolls, unworn", "60年代帆布胶底鞋 库存未穿"),
        story=Text(
            (
                "Old-stock gym shoes from a works sports club outside Brno, still tied together "
                "by the laces. The rubber has set a little; ten minutes by the radiator and it "
                "remembers how to bend."
            ),
            (
                "布尔诺郊外一家工厂体育社的库存体操鞋，两只还用鞋带系在一起。胶底有些发硬，暖气边"
                "放十分钟，它就想起怎么弯了。"
            ),
        ),
        garment="shoes",
        era="1960s",
        origin="CZ",
        brand="Sokolka",
        material=Text("Cotton canvas, rubber sole", "纯棉帆布，橡胶底"),
        colour="white",
        grade="S",
        evidence=Evidence(
            Text("Unworn, laced together as packed", "未穿过，仍按出厂时系在一起"),
            Text("Packing slip of 1967 in the box", "盒内有1967年的装箱单"),
            Text(
                "Moulded “Made in Czechoslovakia” under the sole",
                "鞋底模印「Made in Czechoslovakia」",
            ),
        ),
        measurements={"insole": 250, "outsole": 276, "width": 92},
        price=26000,
        weight=520,
        tags=("deadstock", "natural_fibre"),
        collections=("indigo-at-work",),
        look=Garment(
            "shoes",
            "canvas",
            "ecru",
            "sage",
            4264,
            Cut(style="plimsoll", trim="navy"),
            wear=0.0,
            focus="toe",
        ),
        noun=Text("canvas plimsolls", "帆布胶底鞋"),
        close_up=Text("Rubber toe cap and flat cotton laces", "橡胶包头与扁棉鞋带"),
        year=1967,
        store="shanghai",
    ),
)
