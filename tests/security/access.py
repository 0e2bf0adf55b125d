"""Who may reach which address: the whole answer, in one table that does not lean on the code."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.world import World

ROLES = frozenset(
    {"consultant", "caseworker", "recruiter", "manager", "administrator", "auditor", "reader"}
)
# Without log-in, and with the session of somebody who may no longer log in.
STRANGERS = frozenset({"anonymous", "deactivated"})
COMPANY_READERS = ROLES - {"auditor"}
COMPANY_WRITERS = COMPANY_READERS - {"reader"}
AGREEMENT_WRITERS = frozenset({"consultant", "recruiter", "manager"})
OWNERS = frozenset({"consultant", "recruiter"})
FIGURE_READERS = frozenset({"manager", "reader"})
OWN_OR_MANAGER = frozenset(
    {"consultant", "manager"}
)  # the consultant is the one away, or the giver
KEEPERS = OWNERS | {"manager"}
ADMINISTRATOR = frozenset({"administrator"})

Arguments = Callable[[World], dict[str, object]]


@dataclass(frozen=True)
class Rule:
    """An address: who reaches it, by which methods, with which row of the world."""

    open_to: frozenset[str]
    methods: frozenset[str] = frozenset({"GET"})
    arguments: Arguments = lambda world: {}
    # Pages of a library answer more methods than ours, and some lead on to another page.
    library: bool = False


GET = frozenset({"GET"})
POST = frozenset({"POST"})
BOTH = GET | POST


def page(open_to: frozenset[str], arguments: Arguments = lambda world: {}) -> Rule:
    """Reads only."""
    return Rule(open_to, GET, arguments)


def form(open_to: frozenset[str], arguments: Arguments = lambda world: {}) -> Rule:
    """Shows a form and takes it."""
    return Rule(open_to, BOTH, arguments)


def deed(open_to: frozenset[str], arguments: Arguments = lambda world: {}) -> Rule:
    """Does something; there is nothing to read."""
    return Rule(open_to, POST, arguments)


def library(open_to: frozenset[str], **arguments: object) -> Rule:
    """A page of django-allauth."""
    return Rule(open_to, BOTH, lambda world: arguments, library=True)


def workplace(world: World) -> dict[str, object]:
    """The carpenter."""
    return {"pk": world.workplace.pk}


def lead(world: World) -> dict[str, object]:
    """Something to spot at the carpenter's."""
    return {"pk": world.workplace.pk, "kind": "mentor"}


def draft(world: World) -> dict[str, object]:
    """An agreement that can still be edited."""
    return {"pk": world.draft.pk}


def agreement(world: World) -> dict[str, object]:
    """An active agreement."""
    return {"pk": world.agreement.pk}


def handover(world: World) -> dict[str, object]:
    """An open handover of the consultant's."""
    return {"pk": world.handover.pk}


def enquiry(world: World) -> dict[str, object]:
    """One that waits for an answer."""
    return {"pk": world.enquiry.pk}


def instrument(world: World) -> dict[str, object]:
    """Something in the bag."""
    return {"pk": world.instrument.pk}


def delivery(world: World) -> dict[str, object]:
    """A register delivery that was looked at and not carried out."""
    return {"pk": world.delivery.pk}


def wording(world: World) -> dict[str, object]:
    """A template that agreements use."""
    return {"pk": world.template.pk}


EVERYBODY = ROLES | STRANGERS
TABLE: dict[str, Rule] = {
    # The roof
    "home": page(ROLES),
    "numbers": page(OWNERS),
    "more": page(ROLES),
    "search": page(ROLES),
    "help": page(EVERYBODY),
    "accessibility": page(EVERYBODY),
    "language": deed(EVERYBODY),
    "gallery": page(ROLES),
    "calendar_feed": page(EVERYBODY, lambda w: {"token": w.calendar_secret}),
    # Log-in and two factors
    "account_login": library(EVERYBODY),
    "account_logout": library(EVERYBODY),
    "account_inactive": library(EVERYBODY),
    "account_signup": library(EVERYBODY),
    "account_reauthenticate": library(ROLES),
    "account_change_password": library(ROLES),
    "account_reset_password": library(EVERYBODY),
    "account_reset_password_done": library(EVERYBODY),
    "account_reset_password_from_key": library(EVERYBODY, uidb36="1", key="no-such-key"),
    "account_reset_password_from_key_done": library(EVERYBODY),
    "mfa_index": library(ROLES),
    "mfa_authenticate": library(EVERYBODY),
    "mfa_reauthenticate": library(ROLES),
    "mfa_activate_totp": library(ROLES),
    "mfa_deactivate_totp": library(ROLES),
    "mfa_view_recovery_codes": library(ROLES),
    "mfa_generate_recovery_codes": library(ROLES),
    "mfa_download_recovery_codes": library(ROLES),
    # accounts
    "accounts:settings": form(ADMINISTRATOR),
    "accounts:logo": page(ROLES),
    "accounts:users": page(ADMINISTRATOR),
    "accounts:user_new": form(ADMINISTRATOR),
    "accounts:user_edit": form(ADMINISTRATOR, lambda w: {"pk": w.users["reader"].pk}),
    "accounts:teams": form(ADMINISTRATOR),
    "accounts:team_edit": form(ADMINISTRATOR, lambda w: {"pk": w.users["consultant"].team_id}),
    "accounts:events": page(frozenset({"auditor"})),
    "accounts:operations": form(ADMINISTRATOR),
    "accounts:directory": page(COMPANY_READERS),
    "accounts:own": form(ROLES),
    "accounts:area_add": deed(ROLES),
    "accounts:area_remove": deed(frozenset({"consultant"}), lambda w: {"pk": w.area.pk}),
    "accounts:area_restore": deed(frozenset({"consultant"}), lambda w: {"pk": w.area_removed.pk}),
    "accounts:absence_new": form(ROLES),
    "accounts:absences": page(frozenset({"manager"})),
    "accounts:absence_enter": form(frozenset({"manager"})),
    "accounts:absence_edit": form(OWN_OR_MANAGER, lambda w: {"pk": w.absence.pk}),
    "accounts:absence_remove": deed(OWN_OR_MANAGER, lambda w: {"pk": w.absence.pk}),
    "accounts:absence_restore": deed(OWN_OR_MANAGER, lambda w: {"pk": w.absence_removed.pk}),
    "accounts:draft": deed(ROLES, lambda world: {"form": "visit-w1"}),
    "accounts:draft_drop": deed(ROLES, lambda world: {"form": "visit-w1"}),
    "accounts:notice_dismiss": deed(frozenset({"consultant"}), lambda w: {"pk": w.notice.pk}),
    "accounts:notices_dismiss": deed(ROLES),
    "accounts:mails": page(ADMINISTRATOR),
    "accounts:mail_again": deed(ADMINISTRATOR, lambda w: {"pk": w.mail.pk}),
    "accounts:mail_leave": deed(ADMINISTRATOR, lambda w: {"pk": w.mail.pk}),
    "accounts:calendar": page(COMPANY_READERS),
    "accounts:calendar_new": deed(COMPANY_READERS),
    "accounts:calendar_stop": deed(COMPANY_READERS),
    # companies
    "companies:activity_ics": page(COMPANY_READERS, lambda w: {"pk": w.planned.pk}),
    "companies:list": page(COMPANY_READERS),
    "companies:portfolio": page(COMPANY_READERS),
    "companies:bank_check": page(KEEPERS),
    "companies:relation_set": deed(KEEPERS, workplace),
    "companies:relation_undo": deed(frozenset({"manager"}), lambda w: {"pk": w.relation_set.pk}),
    "companies:bank_later": deed(KEEPERS, workplace),
    "companies:bank_again": deed(KEEPERS, workplace),
    "companies:handovers": page(KEEPERS),
    "companies:handover_new": form(KEEPERS),
    "companies:handover": form(OWN_OR_MANAGER, handover),
    "companies:handover_round": form(OWN_OR_MANAGER, handover),
    "companies:handover_round_cancel": deed(OWN_OR_MANAGER, handover),
    "companies:handover_round_undo": deed(
        frozenset({"manager"}), lambda w: {"pk": w.round_planned.pk}
    ),
    "companies:handover_check": form(OWN_OR_MANAGER, handover),
    "companies:handover_undo": deed(OWN_OR_MANAGER, handover),
    "companies:handover_drop": deed(OWN_OR_MANAGER, handover),
    "companies:handover_resume": deed(OWN_OR_MANAGER, handover),
    "companies:handover_pdf": page(OWN_OR_MANAGER, handover),
    "companies:handover_item_restore": deed(
        OWN_OR_MANAGER, lambda w: {"pk": w.handover.items.get().pk}
    ),
    "companies:log": page(COMPANY_WRITERS),
    "companies:workplace": page(COMPANY_READERS, workplace),
    "companies:history": page(COMPANY_READERS, workplace),
    "companies:profile_edit": form(COMPANY_WRITERS, workplace),
    "companies:visit_times": form(COMPANY_WRITERS, workplace),
    "companies:seasons": form(COMPANY_WRITERS, workplace),
    "companies:season_edit": form(COMPANY_WRITERS, lambda w: {"pk": w.season.pk}),
    "companies:season_remove": deed(COMPANY_WRITERS, lambda w: {"pk": w.season.pk}),
    "companies:season_restore": deed(COMPANY_WRITERS, lambda w: {"pk": w.season_removed.pk}),
    "companies:contact_terms": form(COMPANY_WRITERS, workplace),
    "companies:pause_end": deed(COMPANY_WRITERS, workplace),
    "companies:pause_resume": deed(
        COMPANY_WRITERS, lambda w: {"pk": w.workplace.pk, "until": "2027-01-01"}
    ),
    "companies:next_step": deed(COMPANY_WRITERS, lambda w: {"pk": w.visit.pk}),
    "companies:owner_take": deed(OWNERS, workplace),
    "companies:owner_give_up": deed(OWNERS, workplace),
    "companies:log_visit": form(COMPANY_WRITERS, workplace),
    "companies:plan": form(COMPANY_WRITERS, workplace),
    "companies:contacts": page(COMPANY_READERS, workplace),
    "companies:contact_new": form(COMPANY_WRITERS, workplace),
    "companies:contact_edit": form(COMPANY_WRITERS, lambda w: {"pk": w.contact.pk}),
    "companies:contact_left": deed(COMPANY_WRITERS, lambda w: {"pk": w.contact.pk}),
    "companies:contact_restore": deed(COMPANY_WRITERS, lambda w: {"pk": w.former_contact.pk}),
    "companies:contact_confirm": deed(COMPANY_WRITERS, lambda w: {"pk": w.contact.pk}),
    "companies:contact_unconfirm": deed(COMPANY_WRITERS, lambda w: {"pk": w.contact.pk}),
    "companies:stale_contacts": page(COMPANY_READERS),
    "companies:seen_new": form(COMPANY_WRITERS, workplace),
    "companies:seen_edit": form(COMPANY_WRITERS, lambda w: {"pk": w.seen.pk}),
    "companies:seen_gone": deed(COMPANY_WRITERS, lambda w: {"pk": w.seen.pk}),
    "companies:seen_back": deed(COMPANY_WRITERS, lambda w: {"pk": w.seen_gone.pk}),
    "companies:seen_remove": deed(COMPANY_WRITERS, lambda w: {"pk": w.seen.pk}),
    "companies:seen_restore": deed(COMPANY_WRITERS, lambda w: {"pk": w.seen_removed.pk}),
    "companies:spot": deed(COMPANY_WRITERS, lead),
    "companies:spot_gone": deed(COMPANY_WRITERS, lead),
    "companies:spot_back": deed(COMPANY_WRITERS, lead),
    "companies:service": page(COMPANY_READERS, workplace),
    "companies:service_new": deed(COMPANY_WRITERS, workplace),
    "companies:service_remove": deed(COMPANY_WRITERS, lambda w: {"pk": w.service.pk}),
    "companies:service_restore": deed(COMPANY_WRITERS, lambda w: {"pk": w.service_removed.pk}),
    "companies:activity_edit": form(COMPANY_WRITERS, lambda w: {"pk": w.visit.pk}),
    "companies:activity_remove": deed(COMPANY_WRITERS, lambda w: {"pk": w.visit.pk}),
    "companies:activity_restore": deed(COMPANY_WRITERS, lambda w: {"pk": w.removed.pk}),
    "companies:activity_cancel": deed(COMPANY_WRITERS, lambda w: {"pk": w.planned.pk}),
    "companies:activity_reopen": deed(COMPANY_WRITERS, lambda w: {"pk": w.cancelled.pk}),
    "companies:enquiries": page(COMPANY_READERS),
    "companies:enquiry_new": form(COMPANY_WRITERS),
    "companies:enquiry": page(COMPANY_READERS, enquiry),
    "companies:enquiry_answer": deed(COMPANY_WRITERS, enquiry),
    "companies:enquiry_edit": form(COMPANY_WRITERS, enquiry),
    "companies:enquiry_take": deed(COMPANY_WRITERS, enquiry),
    "companies:enquiry_assign": deed(COMPANY_WRITERS, enquiry),
    "companies:enquiry_tie": form(COMPANY_WRITERS, enquiry),
    "companies:enquiry_remove": deed(COMPANY_WRITERS, enquiry),
    "companies:enquiry_restore": deed(COMPANY_WRITERS, lambda w: {"pk": w.enquiry_removed.pk}),
    "companies:enquiry_reopen": deed(COMPANY_WRITERS, enquiry),
    "companies:tasks": page(COMPANY_WRITERS),
    "companies:task_new": form(COMPANY_WRITERS),
    "companies:task_edit": form(COMPANY_WRITERS, lambda w: {"pk": w.task.pk}),
    "companies:task_done": deed(COMPANY_WRITERS, lambda w: {"pk": w.task.pk}),
    "companies:task_reopen": deed(COMPANY_WRITERS, lambda w: {"pk": w.task_done.pk}),
    "companies:task_move": deed(COMPANY_WRITERS, lambda w: {"pk": w.task.pk, "day": "2026-12-01"}),
    "companies:task_remove": deed(COMPANY_WRITERS, lambda w: {"pk": w.task.pk}),
    "companies:task_restore": deed(COMPANY_WRITERS, lambda w: {"pk": w.task_removed.pk}),
    "companies:suggestion": form(COMPANY_WRITERS, workplace),
    "companies:suggestion_undo": deed(COMPANY_WRITERS, workplace),
    "companies:preparation": page(COMPANY_READERS, workplace),
    "companies:preparation_edit": form(COMPANY_WRITERS, workplace),
    "companies:similar": page(COMPANY_READERS, workplace),
    "companies:preparation_sheet": page(COMPANY_READERS, workplace),
    "companies:preparation_blank": page(COMPANY_READERS, workplace),
    "companies:brief": page(COMPANY_READERS, workplace),
    "companies:sources": page(ADMINISTRATOR),
    "companies:source_new": form(ADMINISTRATOR),
    "companies:source_edit": form(ADMINISTRATOR, lambda w: {"pk": w.source.pk}),
    "companies:source_check": deed(ADMINISTRATOR, lambda w: {"pk": w.source.pk}),
    "companies:source_remove": deed(ADMINISTRATOR, lambda w: {"pk": w.source.pk}),
    "companies:source_restore": deed(ADMINISTRATOR, lambda w: {"pk": w.source_removed.pk}),
    "toolbox:bag": page(COMPANY_READERS),
    "toolbox:bag_paper": page(COMPANY_READERS),
    "toolbox:instrument_new": form(ADMINISTRATOR),
    "toolbox:instrument_edit": form(ADMINISTRATOR, instrument),
    "toolbox:instrument_end": deed(ADMINISTRATOR, instrument),
    "toolbox:instrument_check": deed(ADMINISTRATOR, instrument),
    "companies:import": form(ADMINISTRATOR),
    "companies:import_detail": page(ADMINISTRATOR, delivery),
    "companies:import_run": deed(ADMINISTRATOR, delivery),
    "companies:import_discard": deed(ADMINISTRATOR, delivery),
    # partnerships
    "partnerships:list": page(COMPANY_READERS),
    "partnerships:new": page(AGREEMENT_WRITERS),
    "partnerships:start": deed(AGREEMENT_WRITERS, workplace),
    "partnerships:for_workplace": page(COMPANY_READERS, workplace),
    "partnerships:templates": page(COMPANY_READERS),
    "partnerships:template": form(ADMINISTRATOR, wording),
    "partnerships:template_new": deed(ADMINISTRATOR, wording),
    "partnerships:blank": page(COMPANY_READERS, wording),
    "partnerships:agreement": page(COMPANY_READERS, agreement),
    "partnerships:step": form(AGREEMENT_WRITERS, lambda w: {"pk": w.draft.pk, "number": 2}),
    "partnerships:paper": page(COMPANY_READERS, draft),
    "partnerships:document": page(
        COMPANY_READERS, lambda w: {"pk": w.agreement.pk, "version": w.document.version}
    ),
    "partnerships:logo": page(COMPANY_READERS, agreement),
    "partnerships:edit": form(AGREEMENT_WRITERS, agreement),
    "partnerships:take_back": deed(AGREEMENT_WRITERS, agreement),
    "partnerships:sign": form(AGREEMENT_WRITERS, agreement),
    "partnerships:end": form(AGREEMENT_WRITERS, agreement),
    "partnerships:renew": deed(AGREEMENT_WRITERS, agreement),
    "partnerships:discard": deed(AGREEMENT_WRITERS, draft),
    "partnerships:restore": deed(AGREEMENT_WRITERS, agreement),
    # insights
    "insights:overview": page(FIGURE_READERS),
    "insights:table": page(FIGURE_READERS, lambda world: {"slug": "points"}),
    "insights:goals": form(frozenset({"manager"})),
    "insights:goals_undo": deed(frozenset({"manager"}), lambda w: {"pk": w.goals_set.pk}),
}
