"""The second step at the door (第二道验证): after the password a code, a key or a code on paper; nobody is in before it."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from yijianshi.domain.guards import SECOND_STEP_LASTS
from yijianshi.services.guards.door import TooManyTries
from yijianshi.services.guards.keys import ask_key
from yijianshi.services.guards.prove import NotProved, Proof, prove_second
from yijianshi.services.people.signing_in import account_by_id
from yijianshi.web import parts as p
from yijianshi.web.account.letting_in import HALF, let_in
from yijianshi.web.acting import now

from .reader import caller, site

#: Where the session keeps the challenge that a key is to answer; it is used once.
CHALLENGE = "challenge"


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondPage:
    """What the second step says."""

    post: str
    options: str  # for the browser to ask a key, as JSON; empty where there is none
    next: str = ""
    asks_password: bool = False


@never_cache
@sensitive_post_parameters("code", "answer")
def second_step(request: HttpRequest) -> HttpResponse:
    """Ask for the second proof of who has given his password, and let him in."""
    half = request.session.get(HALF)
    account = account_by_id(UUID(half["account"])) if half else None
    if half is None or account is None or now().timestamp() - half["at"] > SECOND_STEP_LASTS / timedelta(seconds=1):  # fmt: skip
        request.session.pop(HALF, None)
        messages.warning(request, "等得太久了，请从登录名和密码重新开始。")
        return HttpResponseRedirect(reverse("login"))
    problem, status = "", 200
    if request.method == "POST":
        try:
            prove_second(
                account=account,
                proof=proof_in(request),
                caller=caller(request, account),
                site=site(request),
                at=now(),
            )
        except (NotProved, TooManyTries) as refusal:
            problem, status = str(refusal), 429 if isinstance(refusal, TooManyTries) else 422
        else:
            return let_in(request, account, half["next"], twice=True)
    page = SecondPage(post=reverse("second-step"), options=options_for(request, account.id))
    problems = (
        p.Problems(items=(p.Problem(field="code", text=problem),), then="再试一次") if problem else None
    )
    context = {"page": page, "problems": problems, "now": now()}
    return render(request, "guards/second.html", context, status=status)


def proof_in(request: HttpRequest) -> Proof:
    """Return what was posted as a proof; the challenge that the session kept is used up by it."""
    return Proof(
        code=request.POST.get("code", "")[:40],
        answer=request.POST.get("answer", "")[:20_000],
        kept=str(request.session.pop(CHALLENGE, "")),
    )


def options_for(request: HttpRequest, account: UUID) -> str:
    """Return what the browser is to ask the reader's keys, with a new challenge; nothing where there are none."""
    here = site(request)
    asked = ask_key(account=account, site=here) if here.takes_keys else None
    if asked is None:
        return ""
    request.session[CHALLENGE] = asked.kept
    return asked.options
