"""How a one-thing is put elsewhere (分享与接入): its lasting address, the line for a portal's page, files for other systems."""

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse
from django.views.decorators.http import require_safe

from yijianshi.domain.catalogue import Question
from yijianshi.domain.codes import BundleCode, DivisionCode
from yijianshi.domain.editions import UnknownBundle
from yijianshi.services.exporting.addresses import embedded, given_in, oembed
from yijianshi.services.outside import outside
from yijianshi.services.reading.guide import questions_of, read_guide
from yijianshi.web import parts as p
from yijianshi.web.acting import frame, today
from yijianshi.web.visitor.region import division_of, name_of

_LEAST_WIDTH, _USUAL_WIDTH, _USUAL_HEIGHT = 300, 480, 560


@dataclass(frozen=True, slots=True, kw_only=True)
class SharingPage:
    """What the page says: addresses, the line to paste, and files."""

    title: str
    region: str
    back: str
    situation: bool
    qr: p.QrCode
    snippet: str
    column: str
    portals: tuple[str, ...]
    answers: tuple[tuple[str, str, str], ...]  # key, question, how it is written
    files: tuple[tuple[str, str, str], ...]  # name, address, what for


@require_safe
def share(request: HttpRequest, bundle: str) -> HttpResponse:
    """
    Show how this one-thing, in the situation of the address, is reached from elsewhere.

    :raises UnknownBundle: if it is not published here.
    """
    division = division_of(request)
    questions = questions_of(BundleCode(bundle), division, today())
    pairs = [(key, value) for key, values in request.GET.lists() for value in map(str, values)]
    read = read_guide(
        bundle=BundleCode(bundle), division=division, given=given_in(pairs, questions),
        also=request.GET.getlist("also"), commit=request.GET.getlist("commit"), on=today(),
    )  # fmt: skip
    site, title = outside().address, read.edition.bundle.title
    query = f"division={division}" + (f"&{read.query()}" if read.query() else "")
    path = reverse("guide", args=[bundle])
    page = SharingPage(
        title=title,
        region=name_of(division),
        back=f"{path}?{query}",
        situation=bool(read.answers),
        qr=p.QrCode(
            address=f"{site}{path}?{query}", title="直达链接", shown=f"{site.partition('://')[2]}{path}",
            about="链接里带着地区和情形的回答，打开就是算好的；可以印在宣传单上，也可以放进别的网站。",
        ),
        snippet=embedded(site, bundle, query, title=title),
        column=f"{reverse('embed', args=[bundle])}?{query}",
        portals=tuple(settings.ENVIRONMENT.embedded_by),
        answers=tuple((question.key, question.text, _written(question)) for question in questions),
        files=_files(bundle, division, query),
    )  # fmt: skip
    return render(request, "embed/share.html", frame(request, nav="home", page=page))


@require_safe
def describe(request: HttpRequest) -> HttpResponse:
    """Tell a page system what to show for an address of ours (oEmbed 1.0); 404 if it is not a one-thing's."""
    parts = urlsplit(request.GET.get("url", ""))
    try:
        found = resolve(parts.path)
        bundle = BundleCode(found.kwargs["bundle"])
        pairs = parse_qsl(parts.query)
        division = DivisionCode(dict(pairs).get("division", "") or division_of(request))
        questions = questions_of(bundle, division, today())
        if found.url_name not in ("guide", "embed"):
            raise Resolver404
    except (Resolver404, KeyError, UnknownBundle):
        return JsonResponse({"detail": "这个地址不是一件事的指南页，没有可以嵌入的内容"}, status=404)
    read = read_guide(bundle=bundle, division=division, given=given_in(pairs, questions), on=today())
    query = f"division={division}" + (f"&{read.query()}" if read.query() else "")
    width = _within(request.GET.get("maxwidth", ""), _USUAL_WIDTH)
    height = _within(request.GET.get("maxheight", ""), _USUAL_HEIGHT)
    told = oembed(
        outside().address, bundle, query, title=read.edition.bundle.title, width=width, height=height
    )
    return JsonResponse(dict(told), json_dumps_params={"ensure_ascii": False})


def _within(most: str, usual: int) -> int:
    return max(_LEAST_WIDTH, min(usual, int(most))) if most.isdecimal() and len(most) < 6 else usual


def _written(question: Question) -> str:
    if question.type == "bool":
        return f"yes（{question.yes}）或 no（{question.no}）"
    if question.type == "number":
        return "数字" + (f"，单位 {question.unit}" if question.unit else "")
    several = "，可以写多次" if question.type == "multi" else ""
    return f"{'、'.join(question.options)}{several}"


def _files(bundle: str, division: DivisionCode, query: str) -> tuple[tuple[str, str, str], ...]:
    one, all_of_them = f"/api/v1/catalogue/{bundle}", "/api/v1/catalogue"
    return (
        ("办理流程（BPMN 2.0）", f"{one}/process.bpmn?{query}", "导入建模工具"),
        ("办理流程图（SVG）", f"{one}/process.svg?{query}", "放进文件和展板"),
        ("办事指南（JSON）", f"{one}/guide?{query}", "按情形取数"),
        ("一次告知书（PDF）", f"{reverse('notice-pdf', args=[bundle])}?{query}", "打印"),
        ("本地清单（表格）", f"{all_of_them}.xlsx?division={division}", "事项、单位、时限、依据、材料"),
        ("本地清单（CPSV-AP，Turtle）", f"{all_of_them}.ttl?division={division}", "与其他目录互通"),
        ("本地清单（CPSV-AP，JSON-LD）", f"{all_of_them}.jsonld?division={division}", "与其他目录互通"),
        ("发布变更", f"{all_of_them}/changes", "谁、何时、换了哪一版"),
        ("接口说明（OpenAPI）", "/api/v1/openapi.json", "全部接口"),
    )
