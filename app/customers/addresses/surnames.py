"""Chinese surnames, and how much a word looks like a person's name."""

from __future__ import annotations

import re

COMPOUND = frozenset(
    re.findall(
        r"..",
        "欧阳司马上官诸葛东方皇甫尉迟公孙慕容令狐司徒夏侯长孙宇文端木南宫独孤轩辕澹台公冶宗政濮阳淳于太叔申屠仲孙"
        "钟离司空闾丘呼延百里东郭西门第五拓跋完颜纳兰",
    )
)
SINGLE = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任"
    "沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔"
    "向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕"
    "单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳欧阳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦"
    "麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩"
    "明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强"
    "帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修"
    "邰赫杭况那宿鲜印逯隆茹诺战慕危玉银亢嵇公哈湛宾戎勾茅利於呼居揭干但尉冶斯元束檀衣信展阴昝智幸奉植衡富尧"
    "闭由肖傅闫佀赖"
)
_HAN = r"[㐀-鿿]"
_TITLE = re.compile(
    r"(?:先生|女士|小姐|老师|同学|阿姨|师傅|叔叔|医生|经理|老板|总|哥|姐|姨|叔|嫂)$"
)
_FAMILIAR = re.compile(rf"[小阿老大]{_HAN}{{1,2}}")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ.'’-]*(?: [A-Za-zÀ-ɏ][A-Za-zÀ-ɏ.'’-]*){0,3}")
_FOREIGN = re.compile(rf"{_HAN}{{1,8}}(?:[·•・]{_HAN}{{1,10}}){{1,3}}")
# What only a place ends in, and what a place ends in but a given name may, too: 张庭.
_PLACE = re.compile(
    r"\d|(?:驿站|小区|花园|大厦|广场|学校|中学|小学|大学|学院|医院|公寓|中心|快递|超市|公司|酒店|商城|新村|家园|"
    r"门卫|前台|物业|宿舍|单位|自提|楼下|门口|街道|社区|胡同|东门|西门|南门|北门|代收|丰巢|柜|栋|幢|弄|路|镇|"
    r"乡|[区县市省]|[号室楼]|单元)$"
)
_MAYBE_PLACE = re.compile(
    r"[村街道巷座层苑园院里坊府城厦场店馆厅所站校处部行司厂港湾库桥门组庭居庄寨屯旗]$"
)
_SPEECH = re.compile(r"[我你您要请的了吗呢吧这那]")
CERTAIN, LIKELY, POSSIBLE, DOUBTFUL = 0.95, 0.8, 0.6, 0.4
LONGEST_GIVEN, LONGEST_NICKNAME = 2, 4


def likeness(word: str) -> float:
    """How much a word looks like a person's name, from 0 (a place, a number) to 0.95."""
    if not word or _PLACE.search(word):
        return 0.0
    if _LATIN.fullmatch(word):
        return LIKELY if len(word) > 1 else 0.0
    if _FOREIGN.fullmatch(word):
        return CERTAIN
    if not re.fullmatch(rf"{_HAN}{{2,5}}", word):
        return DOUBTFUL if re.fullmatch(r"[\w·]{2,12}", word) else 0.0
    return _of_han(word)


def _of_han(word: str) -> float:
    if _TITLE.search(word):
        return LIKELY
    if 0 < len(_given(word)) <= LONGEST_GIVEN:
        return POSSIBLE if _MAYBE_PLACE.search(word) and len(word) > LONGEST_GIVEN else CERTAIN
    if _SPEECH.search(word):
        return 0.0
    if _FAMILIAR.fullmatch(word):
        return POSSIBLE
    return DOUBTFUL if len(word) <= LONGEST_NICKNAME and not _MAYBE_PLACE.search(word) else 0.0


def _given(word: str) -> str:
    """What follows the surname; empty when there is none in front."""
    if word[:2] in COMPOUND and len(word) > len("欧阳"):
        return word[2:]
    return word[1:] if word[0] in SINGLE else ""
