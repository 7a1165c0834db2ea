"""Where the pages of offers are."""

from django.urls import path

from yijianshi.web.refusals import answering

from . import desk, mine

urlpatterns = answering(
    [
        path("my/offers/<uuid:offer>", mine.offer, name="offer"),
        path("my/offers/<uuid:offer>/object", mine.object_, name="offer-object"),
        path("my/offers/<uuid:offer>/decline", mine.decline, name="offer-decline"),
        path("desk/offers", desk.offers, name="desk-offers"),
        path("desk/offers/new", desk.make, name="desk-offers-new"),
        path("desk/offers/<uuid:offer>", desk.reply, name="desk-offer-reply"),
    ]
)
