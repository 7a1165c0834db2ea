"""Where the pages of a coordinator are."""

from django.urls import path

from yijianshi.web.refusals import answering

from . import inbox, release, reroute, submission

urlpatterns = answering(
    [
        path("coordinate", inbox.waiting, name="coordinate"),
        path("coordinate/released", inbox.released, name="coordinate-released"),
        path("coordinate/<uuid:submission>", submission.submission_page, name="coordinate-submission"),
        path("coordinate/<uuid:submission>/release", release.release, name="coordinate-release"),
        path(
            "coordinate/<uuid:submission>/material/<uuid:copy>",
            submission.material,
            name="coordinate-material",
        ),
        path("coordinate/<uuid:submission>/reroute/<uuid:case>", reroute.reroute, name="coordinate-reroute"),
        path("coordinate/<uuid:submission>/remark/<uuid:case>", submission.remark, name="coordinate-remark"),
        path(
            "coordinate/<uuid:submission>/remark/<uuid:remark>/withdraw",
            submission.withdraw,
            name="coordinate-remark-withdraw",
        ),
    ]
)
