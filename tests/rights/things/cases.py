"""A restaurant of 王芳's in the hands of its departments, another one not sent out yet, and a third that has everything."""

from datetime import timedelta

from tests.cast import PAPER
from tests.services.joining.conftest import BRIGADE, FIRE, FOOD, MARKET, MONDAY, SIGN, URBAN, Survey
from yijianshi.domain.corrections import Target
from yijianshi.domain.saved import SavedKind
from yijianshi.services.handling.consult import ask_unit
from yijianshi.services.handling.remark import make_remark
from yijianshi.services.handling.review import ask_review
from yijianshi.services.handling.saved_texts import keep_text
from yijianshi.services.joining.look_through import look_through_drawings
from yijianshi.services.joining.mark import mark_drawing
from yijianshi.services.joining.photograph import add_photo
from yijianshi.services.joining.upload import start_upload, upload_whole
from yijianshi.services.rekeying.bind import bind_number
from yijianshi.services.rekeying.result_file import keep_result_file
from yijianshi.store.accounts.models import Account
from yijianshi.store.corrections.models import RemarkRow
from yijianshi.store.joint.models import OperationRow
from yijianshi.store.materials.models import ManifestRow
from yijianshi.store.rekeying.models import OwnSystemRow
from yijianshi.store.results.models import CompositeRow, ResultRow

JPEG = b"\xff\xd8\xff\xe0" + bytes(2000)


def add(world) -> None:
    """File three restaurants and bring each as far as it is to come."""
    _new(world)
    _granted(world)
    _under_way(world)


def _new(world) -> None:
    town, named = world.town, world.things
    new = town.file(town.who("wangfang", enterprise=True))
    _remark(town, new, FOOD, "food-layout-document", "chenzhiyuan")
    named["new_submission"] = new
    named["new_case"] = town.case(new, FOOD).now.id
    named["remark"] = RemarkRow.objects.get(case=named["new_case"]).id


def _remark(town, submission, item, material, login) -> None:
    make_remark(
        case=town.case(submission, item).now.id, actor=town.who(login), target=Target.MATERIAL,
        code=material, reason="看不清尺寸", basis="条例第十一条", remedy="请标明长宽", at=town.now,
    )  # fmt: skip


def _granted(world) -> None:
    town, named = world.town, world.things
    done = town.file(town.who("wangfang", enterprise=True))
    town.later(minutes=1)
    town.release(done)
    survey = Survey(town, OperationRow.objects.get(submission=done).id, done)
    survey.fix()
    town.go_to(11, 20)
    for item in (FOOD, FIRE, SIGN):
        survey.say(item)
    for unit in (MARKET, BRIGADE, URBAN):
        survey.sign(unit)
    named["closed_operation"] = survey.id
    town.decide_all(done)
    named["granted_submission"] = done
    named["granted_case"] = town.case(done, FOOD).now.id
    named["machine_case"] = town.case(done, "licence-check").now.id
    named["result"] = ResultRow.objects.get(case=named["granted_case"]).id
    composite = CompositeRow.objects.get(submission=done, superseded_at=None)
    named["composite"], named["code"] = composite.id, composite.code


def _under_way(world) -> None:
    town, named = world.town, world.things
    wang = town.who("wangfang", enterprise=True)
    filed = town.file(wang)
    _remark(town, filed, SIGN, "sign-rendering", "zhoulin")
    town.later(minutes=1)
    town.release(filed)
    named["submission"], named["case"] = filed, town.case(filed, FOOD).now.id
    named["question"] = ask_unit(
        case=town.case(filed, FIRE).now.id, actor=town.who("zhaokai"), unit=MARKET, text="面积对不对？", at=town.now
    )  # fmt: skip
    named["text"] = keep_text(
        actor=town.who("chenzhiyuan"), kind=next(iter(SavedKind)), text="看不清", unit="", at=town.now
    )
    named["review"] = ask_review(case=named["machine_case"], actor=wang, words="地址不对", at=town.now)
    copy = ManifestRow.objects.filter(revision__submission=filed).order_by("id").first()
    named["copy"], named["filed_material"] = copy.copy_id, copy.material
    survey = Survey(town, OperationRow.objects.get(submission=filed).id, filed)
    named["operation"] = survey.id
    survey.fix(MONDAY)
    town.go_to(11, 23, after=timedelta(hours=15))
    named["photo"] = add_photo(
        operation=survey.id, actor=town.who("chenzhiyuan"), unit=MARKET, filename="门.jpg", content=JPEG, at=town.now
    )  # fmt: skip
    came = upload_whole(operation=survey.id, actor=wang, filename="一层.pdf", content=PAPER, at=town.now)
    look_through_drawings(at=town.now + timedelta(minutes=1))
    named["drawing"] = came.drawing
    named["mark"] = mark_drawing(
        drawing=came.drawing, actor=town.who("chenzhiyuan"), unit=MARKET, page=1, x=1, y=1, words="门在哪里？",
        asks_applicant=True, at=town.now,
    )  # fmt: skip
    named["upload"] = start_upload(
        operation=survey.id, actor=wang, filename="二层.pdf", size=9000, at=town.now
    ).id
    _own_system(town, named["case"])


def _own_system(town, case) -> None:
    """The market office types again what its own system cannot be sent."""
    chen = town.who("chenzhiyuan")
    OwnSystemRow.objects.create(
        unit=MARKET, name="市场监管系统", set_by=Account.objects.get(login="heli").id, set_at=town.now
    )
    bind_number(case=case, number="SC-1", accepted_on=town.now.date(), actor=chen, at=town.now)
    keep_result_file(case=case, filename="证.pdf", content=PAPER, actor=chen, at=town.now)
