"""One's own second factors (第二道验证): look at them, add a telephone or a key, print codes, take one away."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from yijianshi.services.contents import is_key
from yijianshi.services.guards.door import TooManyTries
from yijianshi.services.guards.factors import (
    FactorRefused,
    Factors,
    factors_of,
    has_factor,
    must_prove_twice,
    refuse_last,
)
from yijianshi.services.guards.keys import add_key, ask_new_key, drop_key
from yijianshi.services.guards.prove import NotProved, prove_by_password, prove_second
from yijianshi.services.guards.recovery import make_codes
from yijianshi.services.guards.totp import Enrolment, begin_telephone, confirm_telephone, drop_telephone
from yijianshi.web import parts as p
from yijianshi.web.account.letting_in import STEPPED_UP
from yijianshi.web.acting import TWICE, now

from .reader import caller, has_stepped_up, own, own_page, reader, roles, site, step_up
from .second import CHALLENGE, SecondPage, options_for, proof_in


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardsPage:
    """What the page about one's second factors says."""

    factors: Factors
    is_must: bool
    is_missing: bool  # he may do nothing else before
    is_to_confirm: bool  # he has one and has not proved it in this session
    takes_keys: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TelephonePage:
    """A telephone that is being added."""

    enrolment: Enrolment
    code: p.QrCode
    spelt: str


@own
def guards(request: HttpRequest) -> HttpResponse:
    """Show the reader's second factors, and what is missing."""
    account = reader(request)
    found = factors_of(account.id)
    is_must = must_prove_twice(account, roles(request))
    page = GuardsPage(
        factors=found,
        is_must=is_must,
        is_missing=is_must and not found.count,
        is_to_confirm=is_must and bool(found.count) and TWICE not in request.session,
        takes_keys=site(request).takes_keys,
    )
    return own_page(request, "guards/guards.html", page)


@own
@sensitive_post_parameters("code", "answer", "password")
def confirm(request: HttpRequest) -> HttpResponse:
    """Ask who sits here once more, before guards change: by the second factor, or by the password where there is none."""
    account, back = reader(request), _back(request)
    by_password = not has_factor(account.id)
    problem, status = "", 200
    if request.method == "POST":
        try:
            if by_password:
                prove_by_password(
                    account=account,
                    password=request.POST.get("password", "")[:512],
                    caller=caller(request, account),
                    at=now(),
                )
            else:
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
            _proved(request, twice=not by_password)
            return HttpResponseRedirect(back)
    page = SecondPage(
        post=reverse("guards-confirm"),
        next=back,
        asks_password=by_password,
        options="" if by_password else options_for(request, account.id),
    )
    field = "password" if by_password else "code"
    problems = p.Problems(items=(p.Problem(field=field, text=problem),), then="再试一次") if problem else None
    return own_page(request, "guards/second.html", page, status=status, problems=problems)


@own
@sensitive_post_parameters("code")
def telephone(request: HttpRequest) -> HttpResponse:
    """Show the square code for a telephone, and take it once it has made a right code."""
    account, here = reader(request), reverse("guards-telephone")
    if not has_stepped_up(request):
        return step_up(request, here)
    problem = ""
    if request.method == "POST":
        try:
            confirm_telephone(account=account.id, code=request.POST.get("code", "")[:20], at=now())
        except FactorRefused as refusal:
            problem = str(refusal)
        else:
            _proved(request, twice=True)
            messages.success(request, "手机加好了，以后登录要填它上面的 6 位数。")
            return HttpResponseRedirect(reverse("guards"))
    enrolment = begin_telephone(account=account.id, login=account.login, at=now())
    spelt = " ".join(enrolment.secret[n : n + 4] for n in range(0, len(enrolment.secret), 4))
    page = TelephonePage(
        enrolment=enrolment,
        spelt=spelt,
        code=p.QrCode(
            address=enrolment.address,
            title="用验证器扫一扫",
            about="扫不了，就在验证器里选“手动输入”，照下面的字母填",
            shown=spelt,
        ),
    )
    problems = (
        p.Problems(items=(p.Problem(field="code", text=problem),), then="再试一次") if problem else None
    )
    return own_page(request, "guards/telephone.html", page, status=422 if problem else 200, problems=problems)


@own
def key(request: HttpRequest) -> HttpResponse:
    """Add a security key: the browser asks it, and the form brings its answer."""
    account, here = reader(request), site(request)
    if not has_stepped_up(request):
        return step_up(request, reverse("guards-key"))
    problem = ""
    if request.method == "POST":
        try:
            add_key(
                account=account.id,
                name=request.POST.get("name", ""),
                answer=request.POST.get("answer", ""),
                kept=str(request.session.pop(CHALLENGE, "")),
                site=here,
                at=now(),
            )
        except FactorRefused as refusal:
            problem = str(refusal)
        else:
            _proved(request, twice=True)
            messages.success(request, "密钥加好了，以后登录可以用它。")
            return HttpResponseRedirect(reverse("guards"))
    options = ""
    if here.takes_keys:
        asked = ask_new_key(account=account.id, login=account.login, site=here)
        request.session[CHALLENGE], options = asked.kept, asked.options
    problems = (
        p.Problems(items=(p.Problem(field="name", text=problem),), then="再试一次") if problem else None
    )
    return own_page(
        request,
        "guards/key.html",
        SecondPage(post=reverse("guards-key"), options=options),
        status=422 if problem else 200,
        problems=problems,
        name=request.POST.get("name", "")[:40],
    )


@require_POST
@own
def codes(request: HttpRequest) -> HttpResponse:
    """Make new codes on paper and show them this once."""
    account = reader(request)
    if not has_stepped_up(request):
        return step_up(request, reverse("guards"))
    if not has_factor(account.id):
        raise FactorRefused("备用码是给手机或密钥丢了的日子用的。请先加一部手机或一把密钥")
    return own_page(request, "guards/codes.html", make_codes(account=account.id))


@require_POST
@own
def remove(request: HttpRequest) -> HttpResponse:
    """Take a telephone or a key away, if the reader has proved himself by a second factor."""
    account = reader(request)
    if not has_stepped_up(request) or TWICE not in request.session:
        return step_up(request, reverse("guards"))
    refuse_last(account, roles(request))
    which = request.POST.get("which", "")
    gone = (
        drop_telephone(account=account.id)
        if which == "telephone"
        else is_key(which) and drop_key(account=account.id, key=UUID(which))
    )
    if gone:
        messages.success(request, "已经去掉，以后登录不能再用它。")
    return HttpResponseRedirect(reverse("guards"))


def _proved(request: HttpRequest, *, twice: bool) -> None:
    """Note that it is the reader who sits here, under a new session key."""
    request.session.cycle_key()
    request.session[STEPPED_UP] = now().timestamp()
    if twice:
        request.session[TWICE] = now().timestamp()


def _back(request: HttpRequest) -> str:
    wanted = (request.POST if request.method == "POST" else request.GET).get("next", "")
    here = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if here else reverse("guards")
