"""What an application consists of: known values, materials, the one correction, and what came out of it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from .words import Act, Tag


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A value nobody has to type: where it comes from, when, and the way to object (有误？)."""

    name: str
    value: str
    source: str = ""
    at: datetime | None = None
    object_href: str = ""
    object_words: str = "有误？"
    objected: str = ""
    by_applicant: bool = False
    wide: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """A framed list of known values; two columns on wide screens."""

    template: ClassVar[str] = "parts/facts.html"
    items: tuple[Known, ...]
    single: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialRow:
    """
    One document of the file. `state`: asked (要您上传), again (要重拍), accepted (已收下), checking (在过检), shared (部门共享),
    generated (系统生成), awaited (待前序产出), owed (容缺后补).
    """

    template: ClassVar[str] = "parts/material.html"
    name: str
    state: str
    about: str = ""
    problem: str = ""
    upload: str = ""  # where a file is posted to, as `file`
    fields: tuple[tuple[str, str], ...] = ()
    accept: str = "image/*,.pdf,.ofd"
    links: tuple[tuple[str, str], ...] = ()  # (words, address): 看样例, 预览, 换一份 …
    source: str = ""
    at: datetime | None = None
    object_href: str = ""

    @property
    def look(self) -> str:
        return {"asked": "todo", "again": "bad", "awaited": "later", "owed": "later"}.get(self.state, "ok")

    @property
    def sign(self) -> str:
        signs = {
            "again": "alert",
            "accepted": "check",
            "shared": "reg",
            "generated": "gear",
            "checking": "shield",
        }
        return signs.get(self.state, "clock" if self.look == "later" else "doc")

    @property
    def tag(self) -> Tag | None:
        tags = {
            "accepted": Tag(state="done", word="已收下"),
            "checking": Tag(state="wait", word="在过检"),
            "awaited": Tag(state="wait", word="待前序办出"),
            "owed": Tag(state="todo", word="可以后补"),
        }
        return tags.get(self.state)


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """One department's remark in the one correction: what, why, who says so and when."""

    what: str
    why: str
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """The one thing that waits for the applicant (一次补正): first on the page, one button, one deadline."""

    template: ClassVar[str] = "parts/correction.html"
    title: str
    until: date | None
    remarks: tuple[Remark, ...]
    act: Act | None = None
    meanwhile: str = ""
    once: str = "只通知这一次，不会再有第二次"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A letter, receipt or licence to look at or take away; a granted licence carries the vermilion seal."""

    template: ClassVar[str] = "parts/paper.html"
    name: str
    about: str = ""
    href: str = ""
    verb: str = "下载"
    look_href: str = ""
    sealed: str = ""  # words of the seal, such as 准予许可
    void: str = ""  # why it no longer holds


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One legal paper of a case: its name, day and number; without an address it is not this reader's to open."""

    name: str
    on: date
    number: str
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letters:
    """The legal papers of one case (文书), newest first; the earlier ones are folded away."""

    template: ClassVar[str] = "parts/letters.html"
    newest: tuple[Letter, ...]
    earlier: tuple[Letter, ...] = ()
    about: str = ""  # of which item, for who hears the page


@dataclass(frozen=True, slots=True, kw_only=True)
class QrCode:
    """A square code with its address in words beside it, so that nobody depends on a camera."""

    template: ClassVar[str] = "parts/qr.html"
    address: str
    title: str
    about: str = ""
    shown: str = ""  # the code or address in words
