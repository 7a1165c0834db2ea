"""
What a material of a list is: one of the catalogue's, an electronic licence, an application form, or only a name.

Basis: 国务院令第716号, arts. 7-12: what can be had by sharing is not demanded; electronic licences are as good as paper.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from yijianshi.domain.catalogue import Bundle, Catalogue, ServiceItem
from yijianshi.domain.codes import MaterialCode
from yijianshi.domain.definitions import Acquisition, Forbidden, Material

from .matching import strict

_ALIKE = 88.0
_NOISE = re.compile(
    r"[（(].*?[)）]|原件|复印件|扫描件|影印件|电子版|纸质版?|及其?$|加盖公章|一式.份|[一二三两四\d]份|有效的?|本人的?|合法的?"
)
_FORM = re.compile(r"(申请|申报|登记|备案|报名|审批|信息采集|信息确认)(表|书)$")
_OTHERWISE = re.compile(r"申请|说明|承诺|合同|协议|委托|报告|方案|或|图$|照片|清单|目录|制度|声明")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What one name of a material means."""

    key: str  # by which two names are known to mean the same document
    name: str
    way: str  # upload | shared | generated
    code: MaterialCode | None = None
    from_where: str = ""  # the licence or the register that spares it


class Materials:
    """Tells what the names of materials mean; each distinct name is looked at once."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._by_name: dict[str, MaterialCode] = {}
        for material in catalogue.materials.values():
            for name in (material.name, *material.aliases):
                self._by_name.setdefault(_bare(name), material.code)
        self._choices = list(self._by_name)
        self._licences = sorted(
            (
                (word, licence.name)
                for licence in catalogue.licences.values()
                if len(word := _bare(licence.name).removeprefix("居民")) >= 3
            ),
            key=lambda pair: -len(pair[0]),
        )
        self._known: dict[str, Wanted] = {}
        self._forbidden: dict[tuple[str, str], Forbidden | None] = {}

    def of(self, name: str) -> Wanted:
        """Return what a material's name means."""
        if name not in self._known:
            self._known[name] = self._find(name)
        return self._known[name]

    def known(self, code: MaterialCode) -> Material:
        """Return a material of the catalogue."""
        return self._catalogue.materials[code]

    def _find(self, name: str) -> Wanted:
        bare = _bare(name)
        code = self._by_name.get(bare)
        if code is None and len(bare) >= 4:
            best = process.extractOne(bare, self._choices, scorer=fuzz.ratio, score_cutoff=_ALIKE)
            code = self._by_name[best[0]] if best else None
        if code is not None:
            return self._of_catalogue(name, code)
        if _FORM.search(bare):
            return Wanted(bare, name, "generated", from_where="并入一张表，系统生成")
        if not _OTHERWISE.search(bare):
            for word, licence in self._licences:
                if word in bare:
                    return Wanted(bare, name, "shared", from_where=f"电子证照：{licence}")
        return Wanted(bare or name, name, "upload")

    def _of_catalogue(self, name: str, code: MaterialCode) -> Wanted:
        material = self._catalogue.materials[code]
        if material.acquisition is Acquisition.GENERATED:
            return Wanted(code, name, "generated", code, "并入一张表，系统生成")
        if material.acquisition is Acquisition.APPLICANT:
            return Wanted(code, name, "upload", code)
        licence = self._catalogue.licences.get(material.licence) if material.licence else None
        return Wanted(code, name, "shared", code, f"电子证照：{licence.name}" if licence else "部门共享")

    def forbidden(self, name: str, *, items: Iterable[tuple[Bundle, ServiceItem]]) -> Forbidden | None:
        """Return why a material must not be asked for by an item of the list that is these items of the catalogue."""
        known = list(items)
        key = (name, "/".join(f"{bundle.code}.{item.code}" for bundle, item in known))
        if key not in self._forbidden:
            self._forbidden[key] = next(
                (f for f in self._catalogue.forbidden if self._is_forbidden(f, name, known)), None
            )
        return self._forbidden[key]

    def _is_forbidden(self, rule: Forbidden, name: str, known: list[tuple[Bundle, ServiceItem]]) -> bool:
        about = [
            (bundle, item)
            for bundle, item in known
            if rule.item in (None, item.code, item.base_item) and rule.bundle in (None, bundle.code)
        ]
        if (rule.item or rule.bundle) and not about:
            return False
        code = self.of(name).code
        own = any(need.material == code for _, item in about for need in item.materials)
        if code is not None and own and "复印件" not in rule.material:
            return False  # the catalogue itself has it among the item's materials, under its condition
        if code in rule.material_codes:
            return True
        said = re.sub(r"[（(].*?[)）]", "", rule.material)
        if "复印件" in said and "复印件" not in name:
            return False
        words = [strict(word) for word in re.split(r"[、/]", said.removesuffix("复印件"))]
        return any(len(word) >= 3 and word in strict(name) for word in words)


def _bare(name: str) -> str:
    text = unicodedata.normalize("NFKC", name)
    return strict(_NOISE.sub("", text)) or strict(text)
