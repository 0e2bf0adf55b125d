"""The partnership dashboard, its tables as files, and the year's goals."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.access import UserRequest, may_read_figures, may_set_goals, only
from accounts.models import Event, Team, User
from cabi_crm.ui.feedback import saved
from cabi_crm.ui.figures import csv_file
from insights.actions import set_goals, undo_goals
from insights.documents import overview as overview_of
from insights.forms import GoalsForm, ScopeForm
from insights.models import Figures, Goal
from insights.rules import Period


def chosen(request: UserRequest) -> tuple[ScopeForm, Figures]:
    """The year and team asked for, and their figures."""
    today = timezone.localdate()
    form = ScopeForm(request.GET, today=today, teams=list(Team.objects.all()))
    figures = Figures(request.user, Period(form.chosen_year, today), form.chosen_team)
    return form, figures


@require_safe
@only(may_read_figures)
def overview(request: UserRequest) -> HttpResponse:
    """The dashboard."""
    form, figures = chosen(request)
    context = {
        "section": "insights",
        "form": form,
        "period": figures.period,
        "page": overview_of(figures),
        "may_set_goals": may_set_goals(request.user),
    }
    return render(request, "insights/overview.html", context)


@require_GET
@only(may_read_figures)
def table(request: UserRequest, slug: str) -> HttpResponse:
    """The table of one chart as CSV."""
    _form, figures = chosen(request)
    chart = next((c for c in overview_of(figures).charts if c.slug == slug), None)
    if chart is None:
        raise Http404
    rows = [[cell.value for cell in row] for row in chart.table.rows]
    return csv_file(f"{slug}-{figures.period.end.isoformat()}", [chart.table.headings, *rows])


@require_http_methods(["GET", "HEAD", "POST"])
@only(may_set_goals)
def goals(request: UserRequest) -> HttpResponse:
    """The goals of a year."""
    this_year = timezone.localdate().year
    years = [this_year - 1, this_year, this_year + 1]
    year = next((y for y in years if str(y) == request.GET.get("year")), this_year)
    form = goals_form(request, year)
    if request.method == "POST" and form.is_valid():
        event = set_goals(year=year, numbers=form.numbers, by=request.user)
        undo = reverse("insights:goals_undo", args=[event.pk]) if event else ""
        saved(request, _("The goals for %(year)s are saved.") % {"year": year}, undo=undo)
        return redirect(f"{reverse('insights:goals')}?year={year}")
    context = {"section": "insights", "form": form, "years": years, "year": year}
    return render(request, "insights/goals.html", context, status=422 if form.errors else 200)


def goals_form(request: UserRequest, year: int) -> GoalsForm:
    """The form of a year, filled in with what was sent or with what is set."""
    return GoalsForm(
        request.POST if request.method == "POST" else None,
        year=year,
        goals=Goal.objects.as_rules(year),
        teams=list(Team.objects.all()),
        people=list(User.objects.consultants()),
    )


@require_POST
@only(may_set_goals)
def goals_undo(request: UserRequest, pk: int) -> HttpResponse:
    """Take back what one save of goals did."""
    event = get_object_or_404(Event, pk=pk, action="goals_set", actor=request.user)
    undo_goals(event=event, by=request.user)
    saved(request, _("The goals are as they were before."))
    return redirect(f"{reverse('insights:goals')}?year={event.changes['year']}")
