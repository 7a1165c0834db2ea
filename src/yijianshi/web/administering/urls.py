"""Addresses of the three administrators."""

from django.urls import path

from yijianshi.web.refusals import answering

from . import accounts, auditing, desks, protecting

urlpatterns = answering(
    [
        path("administer/accounts", accounts.accounts, name="admin-accounts"),
        path("administer/accounts/new", accounts.new, name="admin-account-new"),
        path("administer/accounts/<uuid:account>", accounts.account, name="admin-account"),
        path("administer/desks", desks.desks, name="admin-desks"),
        path("administer/proposals", protecting.proposed, name="admin-proposals"),
        path("administer/factors", protecting.factors, name="admin-factors"),
        path("administer/clients", protecting.clients, name="admin-clients"),
        path("administer/throttles", protecting.throttles, name="admin-throttles"),
        path("administer/reads", auditing.reads, name="admin-reads"),
        path("administer/reads/csv", auditing.reads_csv, name="admin-reads-csv"),
        path("administer/deeds", auditing.deeds, name="admin-deeds"),
        path("administer/deeds/csv", auditing.deeds_csv, name="admin-deeds-csv"),
    ]
)
