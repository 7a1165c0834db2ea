"""Where the page of saved texts is."""

from django.urls import path

from yijianshi.web.refusals import answering

from . import keeping

urlpatterns = answering(
    [
        path("saved-texts", keeping.saved_texts, name="saved-texts"),
        path("saved-texts/<uuid:text>/drop", keeping.drop, name="saved-text-drop"),
    ]
)
