"""What a run needs to know of a seeded database: sessions, addresses, query counts, one paper.

`python -m tests.benchmarks.prepare` prints it as JSON; run with the database's DATABASE_URL.
"""

# ruff: noqa: E402 - settings come before models
import json
import os
import sys
from base64 import b64encode

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cabi_crm.settings")
os.environ.setdefault("CABI_MODE", "demo")
import django

django.setup()

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from companies.models import Workplace
from partnerships import documents
from partnerships.models import Agreement
from tests.benchmarks.words import COMMON, RARE

PLACES = 300


def session(user, backend):
    """A log-in without its page: as if `user` had just given the password."""
    store = SessionStore()
    store["_auth_user_id"] = str(user.pk)
    store["_auth_user_backend"] = backend
    store["_auth_user_hash"] = user.get_session_auth_hash()
    store.save()
    return store.session_key


def paper(agreement):
    """The framed page of `agreement` as HTML and variables: all that bare WeasyPrint needs."""
    content = documents.paper_from_agreement(agreement, language="da", paper="a4", full=False)
    kept = {}

    def keep(html, *, resources, variables, **rest):
        pictures = {
            name: [b64encode(each.content).decode(), each.mime] for name, each in resources.items()
        }
        kept.update(html=html, variables=dict(variables), pictures=pictures)
        return real(html, resources=resources, variables=variables, **rest)

    real, documents.lay_out = documents.lay_out, keep
    documents.agreement_pdf(content)
    documents.lay_out = real
    return kept


def queries(user, path):
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    client.get(path)
    with CaptureQueriesContext(connection) as seen:
        answer = client.get(path)
    if answer.status_code != 200:
        raise SystemExit(f"{path} answers {answer.status_code}")
    return len(seen)


def facts():
    consultant = User.objects.get(email="konsulent@demo.invalid")
    manager = User.objects.get(email="leder@demo.invalid")
    places = list(
        Workplace.objects.active().order_by("-p_number").values_list("pk", flat=True)[:PLACES]
    )
    agreements = list(Agreement.objects.active(timezone.localdate()).order_by("pk")[:PLACES])
    everything = reverse("companies:list")
    paths = {
        "list": everything,
        "common": f"{everything}?q={COMMON}",
        "rare": f"{everything}?q={RARE}",
        "overview": reverse("insights:overview"),
        "home": reverse("home"),
    }
    pages = [reverse("companies:workplace", args=[pk]) for pk in places]
    product, floor = (
        settings.AUTHENTICATION_BACKENDS[0],
        "django.contrib.auth.backends.ModelBackend",
    )
    return {
        "sessions": {
            "consultant": session(consultant, product),
            "manager": session(manager, product),
            "floor": session(consultant, floor),
        },
        "paths": paths,
        "pages": pages,
        "places": places,
        "logs": [reverse("companies:log_visit", args=[pk]) for pk in places],
        "papers": [reverse("partnerships:paper", args=[each.pk]) for each in agreements],
        "paper": paper(agreements[0]),
        "queries": {
            "list": queries(consultant, paths["list"]),
            "common": queries(consultant, paths["common"]),
            "workplace": queries(consultant, pages[0]),
            "overview": queries(manager, paths["overview"]),
            "home": queries(consultant, paths["home"]),
        },
    }


if __name__ == "__main__":
    json.dump(facts(), sys.stdout)
