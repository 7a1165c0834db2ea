"""What makes the site one that can be put on a phone's first screen (安装到桌面): its sign, its helper, the page without a connection."""

import hashlib

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

from yijianshi.web.acting import now
from yijianshi.web.templatetags.yjs import site

_BLUE, _GROUND = "#1155d4", "#eef3f9"
_ICONS = (
    ("icon-192.png", "192x192", "any"),
    ("icon-512.png", "512x512", "any"),
    ("icon-full.png", "512x512", "maskable"),
)


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """Tell a browser how the site is called and drawn when it is put on the first screen."""
    called = site()
    told = {
        "id": "/",
        "name": f"{called.government or '政务服务'} · {called.name}",
        "short_name": called.name,
        "description": "一件事，报一次：只填一张表，交一套材料。",
        "lang": "zh-CN",
        "start_url": reverse("home"),
        "scope": "/",
        "display": "standalone",
        "theme_color": _BLUE,
        "background_color": _GROUND,
        "icons": [
            {"src": static(f"yijianshi/{name}"), "sizes": size, "type": "image/png", "purpose": purpose}
            for name, size, purpose in _ICONS
        ],
        "shortcuts": [
            {"name": "我的办件", "url": reverse("my-cases")},
            {"name": "全部一件事", "url": reverse("things")},
        ],
    }
    response = JsonResponse(told, json_dumps_params={"ensure_ascii": False})
    response["Content-Type"] = "application/manifest+json"
    response["Cache-Control"] = "public, max-age=3600"
    return response


@require_safe
def helper(request: HttpRequest) -> HttpResponse:
    """Give the browser its helper: it keeps the page without a connection, and no page of anybody."""
    kept = [reverse("offline"), static("yijianshi/ui.css"), static("yijianshi/app.js")]
    version = hashlib.sha256("\n".join(kept).encode()).hexdigest()[:12]
    words = render_to_string("portal/helper.js", {"kept": kept, "version": version})
    response = HttpResponse(words, content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """Show what a reader without a connection sees; the same for everybody, since the browser keeps it."""
    return render(request, "portal/offline.html", {"now": now(), "messages": ()})
