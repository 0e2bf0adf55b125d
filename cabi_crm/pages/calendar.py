"""A user's calendar for other programs, behind a secret address instead of a log-in."""

from datetime import date, timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.access import may_read_companies
from accounts.models import Absence, Organisation, User
from accounts.rules import fingerprint
from cabi_crm.ui.ics import calendar_answer, write_calendar
from companies.documents.calendar import Share, entries_of

BACK, AHEAD = timedelta(days=30), timedelta(days=365)


@require_GET
@login_not_required
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar of whoever holds the secret; 404 for every other, whatever is wrong with it."""
    user = User.objects.working().filter(calendar_key=fingerprint(token)).first()
    if user is None or not may_read_companies(user):
        raise Http404
    with translation.override(user.language or settings.LANGUAGE_CODE):
        organisation = Organisation.objects.current().label
        content = write_calendar(
            entries_of(shares_of(user, timezone.localdate())),
            name=_("%(name)s’s day at %(organisation)s")
            % {"name": user.name, "organisation": organisation or "Cabi CRM"},
        )
    return calendar_answer(content, file_name="kalender.ics")


def shares_of(user: User, today: date) -> list[Share]:
    """The user's own days, and those of colleagues while the user covers for them."""
    covers = Absence.objects.today()
    shares = [Share(user, today - BACK, today + AHEAD)]
    for colleague in covers.covered_by(user):
        absence = covers.absence_of(colleague)
        if absence:
            mark = _("for %(name)s") % {"name": colleague.name}
            shares.append(Share(colleague, absence.starts_on, absence.ends_on, mark))
    return shares
