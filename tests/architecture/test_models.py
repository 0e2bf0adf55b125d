"""What every model declares: what it is, why a row is refused, and what in it is about a person."""

import inspect

import pytest
from django.apps import apps
from django.db import models

from tests.architecture.tree import APPS

MODELS = [model for model in apps.get_models() if model._meta.app_label in APPS]
# Fields with a phone or an e-mail that belong to no person.
NOBODY = {
    "accounts.Organisation": "the job centre's own switchboard and mailbox",
    "companies.Workplace": "the firm's main number and mailbox from the register",
    "companies.Company": "the firm's main number and mailbox from the register",
}

each_model = pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)


@each_model
def test_a_model_says_what_it_is(model):
    assert inspect.cleandoc(model.__doc__ or "").endswith((".", ")")), "write a docstring"
    assert not (model.__doc__ or "").startswith(f"{model.__name__}("), "Django wrote this docstring"


@each_model
def test_a_constraint_speaks_to_people(model):
    for constraint in model._meta.constraints:
        # Django's own message is a default that names the constraint, not the mistake.
        assert constraint.violation_error_message != constraint.default_violation_error_message, (
            f"{constraint.name} has no violation_error_message"
        )


@each_model
def test_a_constraint_has_a_name_that_says_whose_it_is(model):
    names = [constraint.name for constraint in model._meta.constraints]
    assert all("%(" not in name and name == name.lower() for name in names), names


@each_model
def test_a_model_with_peoples_data_says_which_fields_are_personal(model):
    declared = getattr(model, "personal_fields", None)
    known = {field.name for field in model._meta.get_fields()}
    assert set(declared or ()) <= known, "personal_fields names a field that is not there"
    telling = [
        field.name
        for field in model._meta.local_fields
        if isinstance(field, models.EmailField)
        or field.name == "phone"
        or any(word in field.name for word in ("signatory", "contact_name", "person_name"))
    ]
    if telling and model._meta.label not in NOBODY:
        assert set(telling) <= set(declared or ()), f"{telling} are about people"


@each_model
def test_a_model_is_named_for_people(model):
    assert str(model._meta.verbose_name), model
