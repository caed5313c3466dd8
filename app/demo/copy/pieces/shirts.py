"""Three shirts with collars."""

from app.demo.copy.types import Evidence, Fault, Piece, Text
from app.demo.drawing.garment import Cut, Garment

SHIRTS: tuple[Piece, ...] = (
    Piece(
        sku="rust-plaid-flannel-1970s",
        title=Text("1970s plaid flannel shirt in rust and ink", "70年代格子法兰绒衬衫 锈红与墨"),
        story=Text(
            (
                "Brushed on both sides and washed until it hangs like a handkerchief. The plaid "
                "matches at the pocket, which somebody took trouble over. We replaced the fourth "
                "button from the top with one from the inside of the tail."
            ),
            (
                "双面起绒，洗到像手帕一样垂。胸袋的格子和衣身对得上，做的人花了心思。上数第四颗扣"
                "子是我们从下摆内侧的备扣里换上的。"
            ),
        ),
        garment="top",
        era="1970s",
        origin="US",
        brand="Tallow Creek",
        material=Text("Cotton flannel", "纯棉法兰绒"),
        colour="red",
        grade="B",
        evidence=Evidence(
            Text("Soft fading, collar edge thin", "整体柔和褪色，领边偏薄"),
            Text(
                "Care label without a fibre percentage, before 1979",
                "洗标不标成分比例，属1979年以前",
            ),
            Text(
                "“Made in U.S.A., Tennessee” on the label", "织标写着「Made in U.S.A., Tennessee」"
            ),
        ),
        measurements={"shoulder": 450, "chest": 1100, "length": 760, "sleeve": 610, "hem": 1080},
        price=32000,
        weight=380,
        tags=("natural_fibre", "repaired_by_hand"),
        collections=("autumn-in-brick",),
        look=Garment(
            "shirt",
            "plaid",
            "rust",
            "oat",
            4231,
            Cut(collar="point", pockets="chest", trim="espresso"),
            wear=0.3,
            focus="pocket",
        ),
        noun=Text("plaid flannel shirt", "格子法兰绒衬衫"),
        close_up=Text("Chest pocket, the plaid matched to the body", "胸袋，格子与衣身对齐"),
        faults=(
            Fault(
                Text("collar", "领边"),
                Text("edge worn thin over 4 cm", "边缘磨薄约4厘米"),
                5,
                "fray",
                "collar",
            ),
            Fault(
                Text("fourth button", "第四颗扣"),
                Text("replaced by us with the spare", "由我们换上备扣"),
                6,
                "missing",
                "button",
                repaired=True,
            ),
        ),
    ),
    Piece(
        sku="washed-western-shirt-1980s",
        title=Text("1980s western shirt in washed denim", "80年代西部牛仔衬衫 水洗蓝"),
        story=Text(
            (
                "Sawtooth pocket flaps, pearl snaps, and denim so light you can see a hand "
                "through it. It comes from a man who played pedal steel in wedding bands and "
                "owned eleven of these; this is the one his daughter kept back and then sent us "
                "after all."
            ),
            (
                "锯齿袋盖，珍珠面按扣，丹宁轻得能透出手影。原主在婚礼乐队弹踏板钢棒吉他，这样的衬"
                "衫有十一件；女儿本想留下这一件，后来还是寄给了我们。"
            ),
        ),
        garment="top",
        era="1980s",
        origin="US",
        brand="Pinyon Supply Co.",
        material=Text("Light cotton denim", "薄型纯棉丹宁"),
        colour="blue",
        grade="A",
        evidence=Evidence(
            Text("All snaps present; faint line at one cuff", "按扣齐全，一侧袖口有浅痕"),
            Text("Red-letter label, sewn in from 1981 to 1986", "红字织标，1981至1986年使用"),
            Text("“Made in U.S.A.” on the label", "织标写着「Made in U.S.A.」"),
        ),
        measurements={"shoulder": 455, "chest": 1120, "length": 790, "sleeve": 640, "hem": 1100},
        price=42000,
        weight=410,
        tags=("natural_fibre", "handed_down"),
        collections=("indigo-at-work",),
        look=Garment(
            "shirt",
            "denim",
            "washed",
            "clay",
            4230,
            Cut(style="western", collar="point", pockets="western", closure="snaps", trim="cream"),
            wear=0.5,
            focus="pocket",
        ),
        noun=Text("western denim shirt", "西部牛仔衬衫"),
        close_up=Text("Sawtooth flap with two pearl snaps", "锯齿袋盖与两粒珍珠面按扣"),
        faults=(
            Fault(
                Text("right cuff", "右袖口"),
                Text("white line where the cuff was turned back", "长年翻折留下一道白痕"),
                5,
                "fade",
                "cuff",
            ),
        ),
        compare_at=48000,
        store="shanghai",
    ),
    Piece(
        sku="dacron-floral-shirt-1970s",
        title=Text("1970s floral shirt, made in Suzhou", "70年代苏州小花的确良衬衫"),
        story=Text(
            (
                "Dacron was once worth queueing for: it needed no iron and dried overnight by "
                "the stove. Small flowers on a pale ground, a round collar edged by hand, never "
                "altered. The buttons have gone the colour of weak tea."
            ),
            (
                "的确良当年是要排队买的：不用熨，炉边一夜就干。浅底小花，圆领，领边手工收过，一直"
                "没有改动。扣子已经变成淡茶色。"
            ),
        ),
        garment="top",
        era="1970s",
        origin="CN",
        brand="Pingjiang No. 2",
        material=Text("Polyester with cotton", "涤棉（的确良）"),
        colour="pink",
        grade="A",
        evidence=Evidence(
            Text("Collar bright, seams whole, one pale mark", "领口干净，缝线完整，一处浅印"),
            Text(
                "Size written as a height in centimetres, the style of the 1970s",
                "尺码按身高厘米标写，是70年代的写法",
            ),
            Text("Printed neck label of a Suzhou workshop", "领标印有苏州一家被服社"),
        ),
        measurements={"shoulder": 390, "chest": 960, "length": 610, "sleeve": 540, "hem": 960},
        price=26000,
        weight=190,
        tags=("handed_down", "hand_washed"),
        collections=("drawer-by-the-window",),
        look=Garment(
            "shirt",
            "floral",
            "blush",
            "sage",
            4233,
            Cut(collar="round", trim="sand", pockets="none"),
            wear=0.1,
            focus="collar",
        ),
        noun=Text("floral Dacron shirt", "小花的确良衬衫"),
        close_up=Text("Round collar with a hand-finished edge", "圆领，领边是手工收的"),
        faults=(
            Fault(
                Text("left hem", "左下摆"),
                Text("pale yellow mark, 1 cm", "淡黄印，约1厘米"),
                5,
                "stain",
                "hem",
            ),
        ),
    ),
)
