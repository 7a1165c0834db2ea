"""Changing one's own password (换密码): the present one first; everywhere else one is signed out by it."""

from django.contrib import auth, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters

from yijianshi.services.guards.door import TooManyTries
from yijianshi.services.guards.passwords import PasswordRefused, change_password
from yijianshi.services.guards.prove import NotProved, prove_by_password
from yijianshi.web import parts as p
from yijianshi.web.account.letting_in import know_device
from yijianshi.web.acting import PASSWORD_OLD, now

from .reader import caller, own, own_page, reader


@own
@sensitive_post_parameters("present", "password", "again")
def password(request: HttpRequest) -> HttpResponse:
    """Ask for the present and the next password, and change it."""
    account = reader(request)
    problem: tuple[str, str] | None = None
    if request.method == "POST":
        problem = _change(request)
        if problem is None:
            request.session.pop(PASSWORD_OLD, None)
            messages.success(request, "密码换好了，别处都已退出。")
            response = HttpResponseRedirect(reverse("guards"))
            know_device(request, response, account)
            return response
    problems = p.Problems(items=(p.Problem(field=problem[0], text=problem[1]),)) if problem else None
    is_old = bool(request.session.get(PASSWORD_OLD))
    return own_page(
        request, "guards/password.html", is_old, status=422 if problem else 200, problems=problems,
        wrong=problem[0] if problem else "", login=account.login,
    )  # fmt: skip


def _change(request: HttpRequest) -> tuple[str, str] | None:
    """Change the password, or return in which field what is wrong."""
    account = reader(request)
    wanted = request.POST.get("password", "")[:512]
    try:
        prove_by_password(
            account=account,
            password=request.POST.get("present", "")[:512],
            caller=caller(request, account),
            at=now(),
        )
    except (NotProved, TooManyTries) as refusal:
        return "present", str(refusal)
    if wanted != request.POST.get("again", "")[:512]:
        return "again", "两次填的新密码不一样，请再填一遍"
    try:
        change_password(account=account, password=wanted, at=now())
    except PasswordRefused as refusal:
        return "password", "这个密码不能用：" + str(refusal)
    auth.update_session_auth_hash(request, account)  # and a new session key
    return None
