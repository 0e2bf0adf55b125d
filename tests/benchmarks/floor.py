"""The floor: plain Django, one model a page and bare templates, on the same database.

Only what any page must do: session, user, one query, a template. No design, no rights, no forms.
"""

import functools
import json
import os
import uuid
from base64 import b64decode
from pathlib import Path

from django.db import connection
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template import engines
from django.urls import path
from django.utils import timezone

from cabi_crm.pdf import Resource, lay_out
from companies.models import Activity, Workplace

LIST = """<!doctype html><title>Floor</title><p>{{ request.user.name }}</p><table>
{% for row in rows %}<tr><td><a href="/floor/workplace/{{ row.0 }}/">{{ row.1 }}</a><td>{{ row.2 }}
<td>{{ row.3 }} {{ row.4 }}{% endfor %}</table>"""
PAGE = """<!doctype html><title>{{ place.name }}</title><p>{{ request.user.name }}</p>
<h1>{{ place.name }}</h1><p>{{ place.street }} {{ place.postcode }} {{ place.town }}</p><ul>
{% for row in rows %}<li>{{ row.starts_at }} {{ row.kind }} {{ row.outcome }} {{ row.note }}
{% endfor %}</ul><form method="post">{% csrf_token %}<input name="outcome"></form>"""
FOUND = """WITH found AS MATERIALIZED (SELECT id, name, p_number, postcode, town
FROM companies_workplace WHERE search_text LIKE %s AND ceased_on IS NULL)
SELECT * FROM found ORDER BY name, id LIMIT 25"""
COLUMNS = ("pk", "name", "p_number", "postcode", "town")


@functools.cache
def template(text):
    return engines["django"].from_string(text)


def answer(request, text, **context):
    return HttpResponse(template(text).render(context, request))


def list_page(request):
    rows = Workplace.objects.order_by("name", "pk").values_list(*COLUMNS)[:25]
    return answer(request, LIST, rows=rows)


def search(request):
    with connection.cursor() as cursor:
        cursor.execute(FOUND, [f"%{request.GET['q']}%"])
        rows = cursor.fetchall()
    return answer(request, LIST, rows=rows)


def workplace(request, pk):
    if request.method == "POST":
        log(request, pk)
        return redirect(request.path)
    place = Workplace.objects.get(pk=pk)
    rows = Activity.objects.filter(workplace_id=pk).order_by("-starts_at")[:10]
    return answer(request, PAGE, place=place, rows=rows)


def log(request, pk):
    """One insert, as plain as a logged visit can be."""
    Activity.objects.create(
        workplace_id=pk,
        kind="visit",
        status="held",
        starts_at=timezone.now(),
        user=request.user,
        outcome=request.POST["outcome"],
        submission=uuid.uuid4(),
    )


def pdf(request):
    """Bare WeasyPrint: the framed page of one agreement, laid out once in a known size."""
    return HttpResponse(bare_pdf(), content_type="application/pdf")


def bare_pdf():
    paper = json.loads(Path(os.environ["BENCH_PAPER"]).read_text(encoding="utf-8"))
    pictures = {
        name: Resource(b64decode(content), mime)
        for name, (content, mime) in paper["pictures"].items()
    }
    return lay_out(paper["html"], resources=pictures, variables=paper["variables"]).write()


urlpatterns = [
    path("floor/", list_page),
    path("floor/search/", search),
    path("floor/workplace/<int:pk>/", workplace),
    path("floor/pdf/", pdf),
]
