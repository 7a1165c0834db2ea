"""Where the pages of joint operations are: the desk's, the applicant's, and where drawings arrive."""

from django.urls import path

from yijianshi.web.refusals import answering

from . import arranging, drawing, mine, operation, operations, opinion, photos, uploads

urlpatterns = answering(
    [
        path("joint", operations.operations, name="joint"),
        path("joint/plan/<uuid:submission>", arranging.plan, name="joint-plan"),
        path("joint/<uuid:operation>", operation.operation, name="joint-operation"),
        path("joint/<uuid:operation>/times", arranging.times, name="joint-times"),
        path("joint/<uuid:operation>/fix", arranging.fix, name="joint-fix"),
        path("joint/<uuid:operation>/move", arranging.move, name="joint-move"),
        path("joint/<uuid:operation>/cancel", arranging.cancel, name="joint-cancel"),
        path("joint/<uuid:operation>/opinion/<uuid:case>", opinion.opinion, name="joint-opinion"),
        path("joint/<uuid:operation>/sign", opinion.sign, name="joint-sign"),
        path("joint/<uuid:operation>/close", opinion.close, name="joint-close"),
        path("joint/<uuid:operation>/photos", photos.add, name="joint-photos"),
        path("joint/<uuid:operation>/drawing/<uuid:drawing>", drawing.drawing, name="joint-drawing"),
        path("joint/<uuid:operation>/mark/<uuid:mark>/resolve", drawing.resolve, name="joint-resolve"),
        path("joint/<uuid:operation>/uploads", uploads.create, name="joint-uploads"),
        path("joint/uploads/<uuid:upload>", uploads.upload, name="joint-upload"),
        path("joint/photos/<uuid:photo>", photos.photo, name="joint-photo"),
        path("joint/photos/<uuid:photo>/drop", photos.drop, name="joint-photo-drop"),
        path("joint/drawings/<uuid:drawing>", drawing.file, name="joint-drawing-file"),
        path("my/<uuid:submission>/joint/<uuid:operation>", mine.operation, name="my-joint"),
        path("my/<uuid:submission>/joint/<uuid:operation>/times", mine.times, name="my-joint-times"),
        path("my/<uuid:submission>/joint/<uuid:operation>/move", mine.move, name="my-joint-move"),
        path("my/<uuid:submission>/joint/<uuid:operation>/upload", mine.upload, name="my-joint-upload"),
        path(
            "my/<uuid:submission>/joint/<uuid:operation>/drawing/<uuid:drawing>",
            mine.drawing,
            name="my-joint-drawing",
        ),
    ]
)
