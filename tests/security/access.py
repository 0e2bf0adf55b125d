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


def draft(world: World) -> dict[str, object]:
    """An agreement that can still be edited."""
    return {"pk": world.draft.pk}


def agreement(world: World) -> dict[str, object]:
    """An active agreement."""
    return {"pk": world.agreement.pk}


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
    "more": page(ROLES),
    "help": page(EVERYBODY),
    "accessibility": page(EVERYBODY),
    "language": deed(EVERYBODY),
    "gallery": page(ROLES),
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
    "accounts:notice_dismiss": deed(frozenset({"consultant"}), lambda w: {"pk": w.notice.pk}),
    # companies
    "companies:list": page(COMPANY_READERS),
    "companies:log": page(COMPANY_WRITERS),
    "companies:workplace": page(COMPANY_READERS, workplace),
    "companies:history": page(COMPANY_READERS, workplace),
    "companies:profile_edit": form(COMPANY_WRITERS, workplace),
    "companies:visit_times": form(COMPANY_WRITERS, workplace),
    "companies:owner_take": deed(OWNERS, workplace),
    "companies:owner_give_up": deed(OWNERS, workplace),
    "companies:log_visit": form(COMPANY_WRITERS, workplace),
    "companies:plan": form(COMPANY_WRITERS, workplace),
    "companies:contacts": page(COMPANY_READERS, workplace),
    "companies:contact_new": form(COMPANY_WRITERS, workplace),
    "companies:contact_edit": form(COMPANY_WRITERS, lambda w: {"pk": w.contact.pk}),
    "companies:contact_left": deed(COMPANY_WRITERS, lambda w: {"pk": w.contact.pk}),
    "companies:contact_restore": deed(COMPANY_WRITERS, lambda w: {"pk": w.former_contact.pk}),
    "companies:activity_edit": form(COMPANY_WRITERS, lambda w: {"pk": w.visit.pk}),
    "companies:activity_remove": deed(COMPANY_WRITERS, lambda w: {"pk": w.visit.pk}),
    "companies:activity_restore": deed(COMPANY_WRITERS, lambda w: {"pk": w.removed.pk}),
    "companies:activity_cancel": deed(COMPANY_WRITERS, lambda w: {"pk": w.planned.pk}),
    "companies:activity_reopen": deed(COMPANY_WRITERS, lambda w: {"pk": w.cancelled.pk}),
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
