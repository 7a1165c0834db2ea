"""
Words that officials write and people do not say, each with what to write instead; and how long a sentence may be.

Looked through are the templates of pages for people and the words in the modules behind them, as they are written.
"""

import re
from pathlib import Path

from tests.architecture.tree import SOURCE

INSTEAD = {
    "予以": "（去掉）", "进行办理": "办", "相关部门": "说出部门的名字", "有关部门": "说出部门的名字", "贵单位": "您的单位",
    "务必": "请", "兹": "（去掉）", "须知": "要知道的", "如有疑问": "有不明白的", "敬请": "请", "谅解": "（去掉）", "望周知": "（去掉）",
    "办理完毕": "办完", "予以受理": "受理", "不得": "不能", "严禁": "不要", "请知悉": "（去掉）", "特此": "（去掉）", "上述": "上面的",
    "鉴于": "因为", "届时": "到时候", "逾期": "过期", "缴纳": "缴", "递交": "交", "莅临": "来", "点击": "点", "操作成功": "说办成了什么",
    "操作失败": "说什么没办成", "系统繁忙": "说是我们这边的问题", "非法": "说哪里不对", "温馨提示": "（去掉）", "暂无数据": "还没有……",
    "提交成功": "已提交", "确定要": "说要做什么", "您的请求": "说是哪件事", "予以更正": "更正",
}  # fmt: skip
LONGEST = 60
#: Names of laws, and words quoted from them, are written as they are.
_QUOTED = re.compile(r"《[^》]*》|“[^”]*”|（[^）]*条[^）]*）|不予更正|不予受理|不予")
PAGES = ("visitor", "applicant", "portal", "account", "payer", "offers", "reviews", "parts")
#: Pages of these folders that officials and keepers of portals read.
_FOR_OFFICIALS = {"data_requests.html", "data_request.html", "portals.html", "joining.html", "queue.html", "answer.html", "desk.html", "make.html", "reply.html", "at_desk.html"}  # fmt: skip
_MODULES = ("visitor", "applicant", "account")


def found_in() -> list[str]:
    """Return where a page says what nobody says, or says too much at once; one line each."""
    found = []
    for name, sentence in _sentences():
        plain = _QUOTED.sub("", sentence)
        found += [
            f"{name}: “{word}”，改成：{INSTEAD[word]}（{sentence}）" for word in INSTEAD if word in plain
        ]
        if len(re.findall(r"[\u4e00-\u9fff]", plain)) > LONGEST:
            found.append(f"{name}: 一句话太长（{len(plain)} 字）：{sentence}")
    return found


def _sentences() -> list[tuple[str, str]]:
    web, found = SOURCE / "web", []
    for folder in PAGES:
        for path in sorted((web / "templates" / folder).rglob("*.html")):
            if path.name not in _FOR_OFFICIALS:
                found += [(path.name, one) for one in _spoken(_without_markup(path))]
    for folder in _MODULES:
        for path in sorted((web / folder).glob("*.py")):
            texts = re.findall(
                r'f?"((?:[^"\\\n]|\\.)*[\u4e00-\u9fff](?:[^"\\\n]|\\.)*)"', path.read_text(encoding="utf-8")
            )
            found += [(path.name, one) for text in texts for one in _spoken(text)]
    return found


def _without_markup(path: Path) -> str:
    text = path.read_text(encoding="utf-8")
    text = re.sub(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", "", text, flags=re.DOTALL)
    text = re.sub(r"\{%[^%]*%\}", "\n", text)
    text = re.sub(r"\{\{[^}]*\}\}", "某", text)
    return re.sub(r"<[^>]+>", "\n", text)


def _spoken(text: str) -> list[str]:
    return [one.strip() for one in re.split(r"[。！？；\n]", text) if re.search(r"[\u4e00-\u9fff]", one)]
