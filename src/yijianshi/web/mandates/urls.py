"""Where the pages of acting for others are."""

from django.urls import URLPattern, URLResolver, path

from yijianshi.web.refusals import answering

from . import accepting, asking, family, helping, overview, principals, visits, window

patterns: list[URLPattern | URLResolver] = [
    path("my/mandates", overview.mandates, name="mandates"),
    path("my/mandates/ask", asking.ask, name="mandate-ask"),
    path("my/mandates/children", family.children, name="mandate-children"),
    path("my/mandates/heir", family.heir, name="mandate-heir"),
    path("my/mandates/<uuid:mandate>", overview.mandate, name="mandate"),
    path("my/mandates/<uuid:mandate>/paper", overview.paper, name="mandate-paper"),
    path("my/mandates/<uuid:mandate>/end", overview.end, name="mandate-end"),
    path("entrusted/<str:token>", accepting.entrusted, name="entrusted"),
    path("account/principals", principals.principals, name="principals"),
    path("account/agents", principals.agents, name="agents"),
    path("my/home-visits", visits.visits, name="visits"),
    path("my/home-visits/ask", visits.ask, name="visit-ask"),
    path("my/home-visits/<uuid:visit>/cancel", visits.cancel, name="visit-cancel"),
    path("window/mandates", window.window, name="window-mandates"),
    path("window/mandates/<uuid:mandate>/end", window.end, name="window-mandate-end"),
    path("helping", helping.helping, name="helping"),
    path("helping/visits/<uuid:visit>", helping.visit, name="helping-visit"),
    path("helping/projects/<uuid:mandate>", helping.project, name="helping-project"),
    path("coordinate/<uuid:submission>/steward", helping.name, name="name-steward"),
]
urlpatterns = answering(patterns)
