"""
Bring what was typed into the shape in which it can be compared (规整): width, case, blanks, old characters, fillers.
"""

import re
import unicodedata
from collections.abc import Iterable

#: The commonest traditional characters and their simplified forms, in pairs.
_PAIRS = (
    "開开關关辦办證证戶户學学業业養养醫医療疗險险過过買买賣卖車车運运輸输飯饭館馆餐餐舖铺鋪铺藥药網网產产動动權权"
    "記记註注銷销變变遷迁結结婚婚領领補补貼贴費费稅税務务發发票票員员錄录職职離离訴诉專专標标師师兒儿嬰婴獎奖勵励"
    "園园圓圆軍军復复殘残障障護护歲岁齡龄親亲喪丧終终設设備备廠厂庫库貨货擔担質质銀银貸贷錢钱戰战處处從从來来時时"
    "個个們们爺爷媽妈這这裡里裏里嗎吗幾几應应該该與与為为書书長长問问間间門门電电氣气氣气環环評评審审驗验竣竣築筑"
    "樓楼宅宅鋪铺單单據据約约場场廣广東东區区縣县鄉乡鎮镇號号碼码報报銷销讓让還还債债務务實实現现頭头滿满續续轉转"
    "獨独遲迟紅红綠绿雙双龍龙國国際际團团幫帮優优惠惠撫抚卹恤靈灵機机構构擬拟導导師师歷历畢毕檔档訂订購购聯联簽签"
)
_SIMPLE = str.maketrans({_PAIRS[n]: _PAIRS[n + 1] for n in range(0, len(_PAIRS), 2)})
_HAN = "\u4e00-\u9fff"
_OTHER = re.compile(rf"[^{_HAN}a-z0-9]+")
_BLANK_BETWEEN_HAN = re.compile(rf"(?<=[{_HAN}]) (?=[{_HAN}])")

#: What a question wraps around its matter; longer ones first, so that 怎么办理 goes before 怎么办.
_FILLERS = (
    "需要准备什么材料", "需要什么材料", "要什么材料", "带什么材料", "需要哪些材料", "需要哪些手续", "要哪些手续", "要什么手续",
    "有哪些手续", "需要什么手续", "走什么流程", "什么流程", "哪些手续", "什么手续", "什么证件", "什么条件", "要什么证", "哪些证",
    "什么证", "怎么办理", "如何办理", "怎么办", "怎么弄", "怎么搞", "怎么申请", "怎么领取", "怎么查", "怎么交", "怎么领", "怎么报",
    "怎么", "怎样", "如何", "咋办", "咋弄", "咋", "哪里办", "在哪办", "去哪办", "在哪里", "去哪里", "在哪", "去哪", "哪里", "哪儿",
    "什么时候", "要多久", "多久", "要几天", "几天", "多少钱", "多少", "要办什么", "办什么", "办啥", "办哪些", "什么", "哪些", "需要",
    "有没有", "是不是", "能不能", "可不可以", "可以", "可不可", "请问", "我们家", "我们", "我想", "我要", "我家", "想要", "打算", "准备",
    "办理", "申请", "手续", "流程", "材料", "证件", "要求", "条件", "指南", "都要", "得要", "还要", "应该", "一个", "一家", "一套", "一下",
    "啥", "吗", "呢", "啊", "呀", "吧", "嘛", "了", "的", "我", "想", "要", "怎", "请", "都", "该", "能", "在", "得",
)  # fmt: skip
_FILLER = re.compile("|".join(sorted(map(re.escape, _FILLERS), key=len, reverse=True)))
#: Stands where something was left out, so that what stood left and right of it does not read as one word.
GAP = "|"


def plain(text: str) -> str:
    """Return the text in half width, small letters and simplified characters, with only words and digits left."""
    folded = unicodedata.normalize("NFKC", text).lower().translate(_SIMPLE)
    return _BLANK_BETWEEN_HAN.sub("", _OTHER.sub(" ", folded).strip())


def core(text: str) -> str:
    """Return plain text without what a question wraps around its matter; the text itself if nothing else is in it."""
    rest = re.sub(r"\|+", GAP, _FILLER.sub(GAP, text)).strip(GAP)
    return rest or text


def is_latin(text: str) -> bool:
    """Whether plain text has no Chinese character at all."""
    return not re.search(f"[{_HAN}]", text)


class Thesaurus:
    """Words that mean another word (同义词); the longest fits first, so that 小孩子 is not read as 小 and 孩子."""

    def __init__(self, meanings: Iterable[tuple[str, str]]) -> None:
        self._means = {plain(said): plain(word) for said, word in meanings}
        longest_first = sorted(self._means, key=len, reverse=True)
        self._said = re.compile("|".join(map(re.escape, longest_first))) if longest_first else None

    def settle(self, text: str) -> str:
        """Return plain text with every such word put as the word that it means."""
        return self._said.sub(lambda found: self._means[found[0]], text) if self._said else text
