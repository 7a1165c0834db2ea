"""王芳's own space: a link to go on with a draft, a copy of her data and a request to put it right; a photograph being read."""

from dataclasses import replace
from pathlib import Path
from tempfile import gettempdir

from tests.cast import HOME
from tests.photographs.answering import bytes_of, read_here
from tests.rights.world import Secret
from yijianshi.domain.own_data import SUBJECTS
from yijianshi.integrations.office import DemoOfficeApp
from yijianshi.services import outside
from yijianshi.services.photographs.carry_out import read_next
from yijianshi.services.photographs.take import take_photograph
from yijianshi.services.portal.carry_on import make_link
from yijianshi.services.portal.data_requests import ask_to_correct
from yijianshi.services.portal.own_copy import ask_for_copy
from yijianshi.store.submissions.models import SubmissionRow

CARD = "id-card_food-safety-manager"


def add(world) -> None:
    """Let her ask for all of it, and photograph the manager's card."""
    town, named = world.town, world.things
    wang = town.who("wangfang", enterprise=True)
    named["carry_on"] = Secret(
        make_link(draft=named["draft"], actor=wang, at=town.now).address.rpartition("/")[2]
    )
    named["own_copy"] = ask_for_copy(actor=wang, at=town.now)
    named["data_request"] = ask_to_correct(
        actor=wang, division=HOME, about=SUBJECTS[0], words="名称写错了，请改过来", at=town.now
    )
    named["submission_number"] = Secret(SubmissionRow.objects.get(pk=named["submission"]).number)
    read_here()
    named["paper_card"] = CARD
    named["photograph"] = take_photograph(
        draft=named["draft"], actor=wang, paper=CARD, filename="照片.jpg", content=bytes_of("id-card"), at=town.now
    )  # fmt: skip
    read_next(reader=outside.outside().reader, at=town.now)
    pushed = DemoOfficeApp(Path(gettempdir()) / "rights-office-app.jsonl", town.clock)
    world.outside = replace(outside.outside(), office=pushed)
    outside.use(world.outside)
