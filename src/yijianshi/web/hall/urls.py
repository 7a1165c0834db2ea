"""Where the pages of centres and halls are."""

from django.urls import path

from yijianshi.web.refusals import answering

from . import booking, calling, centres, for_others, keeping, running, supervised, tickets

urlpatterns = answering(
    [
        path("centres", centres.centres, name="centres"),
        path("centres/<slug:centre>", centres.centre, name="centre"),
        path("centres/<slug:centre>/book", booking.book_page, name="book"),
        path("my/bookings", booking.bookings, name="bookings"),
        path("my/bookings/<uuid:booking>", booking.booking, name="booking"),
        path("my/bookings/<uuid:booking>/change", booking.change, name="booking-change"),
        path("my/bookings/<uuid:booking>/calendar.ics", booking.calendar, name="booking-calendar"),
        path("hall/<slug:centre>/ticket", tickets.on_the_spot, name="take-ticket"),
        path("hall/<slug:centre>/display", tickets.display, name="hall-display"),
        path("kiosk/<slug:terminal>/ticket", tickets.at_a_terminal, name="kiosk-ticket"),
        path("ticket/<uuid:ticket>", tickets.ticket, name="ticket"),
        path("window/queue", calling.queue, name="queue"),
        path("window/book", for_others.who, name="window-book"),
        path("window/book/<uuid:party>", for_others.when, name="window-book-time"),
        path("hall", running.hall, name="hall"),
        path("hall/<slug:centre>/edit", keeping.edit, name="centre-edit"),
        path("supervise/hall", supervised.supervised, name="supervise-hall"),
    ]
)
