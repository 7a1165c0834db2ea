"""Where the pages of a department's officers are."""

from django.urls import path

from yijianshi.web.refusals import answering

from . import (
    acts,
    again,
    batch,
    case,
    charging,
    checks,
    countersigning,
    further,
    handing_over,
    inbox,
    material,
    members,
    more,
    remark,
)  # fmt: skip

urlpatterns = answering(
    [
        path("desk", inbox.inbox, name="desk"),
        path("desk/grant", batch.grant_many, name="desk-grant-many"),
        path("desk/checks", checks.checks, name="desk-checks"),
        path("desk/hand-over", handing_over.hand_over_many, name="desk-hand-over-many"),
        path("desk/<uuid:case>", case.case_page, name="desk-case"),
        path("desk/<uuid:case>/material/<uuid:copy>", material.material, name="desk-material"),
        path("desk/<uuid:case>/members", members.members, name="desk-members"),
        path("desk/<uuid:case>/remark", remark.remark, name="desk-remark"),
        path("desk/<uuid:case>/remark/<uuid:remark>/withdraw", remark.withdraw, name="desk-remark-withdraw"),
        path("desk/<uuid:case>/no-remark", remark.no_remark, name="desk-no-remark"),
        path("desk/<uuid:case>/accept", acts.accept, name="desk-accept"),
        path("desk/<uuid:case>/decline", acts.decline, name="desk-decline"),
        path("desk/<uuid:case>/suspend", acts.suspend, name="desk-suspend"),
        path("desk/<uuid:case>/resume", acts.resume, name="desk-resume"),
        path("desk/<uuid:case>/extend", further.extend, name="desk-extend"),
        path("desk/<uuid:case>/mend", further.mend, name="desk-mend"),
        path("desk/<uuid:case>/inspect", further.inspect, name="desk-inspect"),
        path("desk/<uuid:case>/claim", further.claim, name="desk-claim"),
        path("desk/<uuid:case>/hand-over", further.hand_over, name="desk-hand-over"),
        path("desk/<uuid:case>/revoke", further.revoke, name="desk-revoke"),
        path("desk/<uuid:case>/redo", further.redo, name="desk-redo"),
        path("desk/<uuid:case>/reopen", further.reopen, name="desk-reopen"),
        path("desk/<uuid:case>/check", checks.check, name="desk-check"),
        path("desk/<uuid:case>/repair", checks.repair, name="desk-repair"),
        path("desk/<uuid:case>/ask-again", again.ask_again_page, name="desk-ask-again"),
        path("desk/<uuid:case>/propose", countersigning.propose, name="desk-propose"),
        path("desk/<uuid:case>/confirm", countersigning.confirm, name="desk-confirm"),
        path("desk/<uuid:case>/send-back", countersigning.back, name="desk-send-back"),
        path("desk/<uuid:case>/presence", more.presence, name="desk-presence"),
        path("desk/<uuid:case>/grant", acts.grant, name="desk-grant"),
        path("desk/<uuid:case>/charge", charging.charge, name="desk-charge"),
        path("desk/<uuid:case>/refund", charging.refund, name="desk-refund"),
        path("desk/<uuid:case>/refuse", acts.refuse, name="desk-refuse"),
    ]
)
