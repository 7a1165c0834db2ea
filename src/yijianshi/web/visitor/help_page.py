"""Help (帮助): how it goes, in six questions, and whom to ask."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from yijianshi.web.account.door import is_demo
from yijianshi.web.acting import frame

QUESTIONS = (
    (
        "“一件事”是什么？",
        "开一家饭店要找好几个部门。在这里您只报一次：填一张表、交一套材料，几个部门的事由我们去分、去催，结果一起给您。",
    ),
    ("要先注册吗？", "看指南、算材料和天数都不用登录。开始办理时才要登录，认清是您本人。"),
    ("填到一半怎么办？", "每填一格都替您存着。下次登录，从首页的“接着办”接着填，换手机也行。"),
    ("材料交错了怎么办？", "几个部门看完，合成一张补正通知，只通知一次。照着补齐就行，没问题的事项照常办。"),
    ("能只办其中几项吗？", "能。“选情形”那一步可以自己选；互相有先后的，页面会说明原因。"),
    ("想撤回呢？", "办结之前，在“我的办件”里可以撤回其中一项。撤回之前会先告诉您哪些会跟着停。"),
    ("不会用手机怎么办？", "带身份证到政务服务大厅的综合窗口，窗口替您填、替您扫描，进度照样能在这里看。"),
)


def help_page(request: HttpRequest) -> HttpResponse:
    """Show the help page."""
    return render(
        request, "visitor/help.html", frame(request, nav="help", questions=QUESTIONS, demo=is_demo())
    )
