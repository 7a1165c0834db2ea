"""The one-time link of a new administrator: the first password is set here, and known to nobody else."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from yijianshi.services.people.invite_administrator import (
    InvitationNotValid,
    PasswordRefused,
    accept_invitation,
    invited_login,
)
from yijianshi.web import parts as p
from yijianshi.web.acting import now
from yijianshi.web.errors import refused


@never_cache
@sensitive_post_parameters("password", "again")
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for the first password, twice, and set it once."""
    try:
        login = invited_login(token=token, at=now())
        problem = _set_password(request, token) if request.method == "POST" else ""
    except InvitationNotValid as reason:
        return refused(request, "链接不能用了", str(reason), "要到新的链接以后，请在 24 小时内打开。", 404)
    if request.method == "POST" and not problem:
        return render(request, "account/invited.html", {"login": login, "now": now()})
    problems = p.Problems(items=(p.Problem(field="password", text=problem),)) if problem else None
    return render(
        request,
        "account/invitation.html",
        {"login": login, "problems": problems, "now": now()},
        status=422 if problem else 200,
    )


def _set_password(request: HttpRequest, token: str) -> str:
    """Set the password, or return why not."""
    password = request.POST.get("password", "")[:512]
    if password != request.POST.get("again", "")[:512]:
        return "两次填的密码不一样，请再填一遍"
    try:
        accept_invitation(token=token, password=password, at=now())
    except PasswordRefused as refusal:
        return "密码太容易猜：" + "；".join(refusal.reasons)
    return ""
