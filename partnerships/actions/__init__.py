"""Everything that writes agreements, their templates and the kept papers."""

from partnerships.actions.drafts import (
    renew_agreement,
    save_contacts,
    save_parties,
    save_period,
    save_points,
    save_signatories,
    start_agreement,
)
from partnerships.actions.life import (
    AgreementError,
    NotReadyError,
    discard_draft,
    end_agreement,
    hand_over_agreements,
    register_signature,
    restore_draft,
    send_for_signature,
    set_owner,
    set_show_on_wall,
    take_back,
)
from partnerships.actions.renewals import begin_renewals, remind_of_renewals
from partnerships.actions.templates import add_version, save_template

__all__ = [
    "AgreementError",
    "NotReadyError",
    "add_version",
    "begin_renewals",
    "discard_draft",
    "end_agreement",
    "hand_over_agreements",
    "register_signature",
    "remind_of_renewals",
    "renew_agreement",
    "restore_draft",
    "save_contacts",
    "save_parties",
    "save_period",
    "save_points",
    "save_signatories",
    "save_template",
    "send_for_signature",
    "set_owner",
    "set_show_on_wall",
    "start_agreement",
    "take_back",
]
