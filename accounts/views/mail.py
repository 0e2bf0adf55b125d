"""The mail that users get, for administrators."""

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from accounts import actions
from accounts.access import UserRequest, may_administer, only
from accounts.enums import MailStatus
from accounts.filters import MailFilter
from accounts.models import Mail
from cabi_crm.ui.feedback import saved, warned
from cabi_crm.ui.lists import Column, ListPage


@require_GET
@only(may_administer)
def mails(request: UserRequest) -> HttpResponse:
    """What was sent, what waits and what is stuck; what it says is folded away."""
    page = ListPage(
        request=request,
        filterset=MailFilter(request.GET, Mail.objects.select_related("recipient")),
        columns=[
            Column(gettext_lazy("When"), "at"),
            Column(gettext_lazy("To")),
            Column(gettext_lazy("Subject")),
            Column(gettext_lazy("Status")),
        ],
        sorts={"at": ["id"]},
        default_sort="-at",
        page_size=50,
    )
    chosen = request.GET.get("status", "")
    return page.render("accounts/mails.html", section="admin", counts=counts(), chosen=chosen)


def counts() -> list[tuple[str, str, int]]:
    """How many mails have each status: its value, its words and the number."""
    rows = Mail.objects.order_by().values_list("status").annotate(number=Count("pk"))
    numbers = {str(status): number for status, number in rows}
    return [(value, str(label), numbers.get(value, 0)) for value, label in MailStatus.choices]


@require_POST
@only(may_administer)
def mail_again(request: UserRequest, pk: int) -> HttpResponse:
    """Send a mail that is stuck once more."""
    mail = get_object_or_404(Mail, pk=pk)
    if actions.send_again(mail=mail, by=request.user):
        saved(request, _("The mail to %(name)s is sent again.") % {"name": mail.recipient.name})
    else:
        warned(request, _("The mail has moved on meanwhile; nothing was changed."))
    return redirect("accounts:mails")


@require_POST
@only(may_administer)
def mail_leave(request: UserRequest, pk: int) -> HttpResponse:
    """Do not send a mail of which nobody knows whether it came through."""
    mail = get_object_or_404(Mail, pk=pk)
    if actions.leave_mail(mail=mail, by=request.user):
        saved(request, _("The mail to %(name)s is left as it is.") % {"name": mail.recipient.name})
    else:
        warned(request, _("The mail has moved on meanwhile; nothing was changed."))
    return redirect("accounts:mails")
