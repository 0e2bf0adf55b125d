"""`manage.py agreement_pdf`: the browser's bytes, and one sentence when it cannot."""

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse


def test_it_writes_the_bytes_the_browser_gets(active, alice, tmp_path, capsys):
    client = Client()
    client.force_login(alice, backend="allauth.account.auth_backends.AuthenticationBackend")
    browser = client.get(reverse("partnerships:paper", args=[active.pk]), {"paper": "a3"})
    for wanted in (str(active.pk), active.number):
        target = tmp_path / "aftale.pdf"
        call_command("agreement_pdf", wanted, output=str(target), paper="a3")
        assert target.read_bytes() == browser.content


@pytest.mark.parametrize("wanted", ["999999", "2026-999", "æøå", "-1", "1" * 40])
def test_an_unknown_agreement_is_one_sentence(active, tmp_path, wanted):
    with pytest.raises(CommandError) as caught:
        call_command("agreement_pdf", "--output", str(tmp_path / "x.pdf"), "--", wanted)
    assert str(caught.value) == f"There is no agreement {wanted}."
    assert caught.value.returncode == 1
    assert list(tmp_path.iterdir()) == []


def test_an_unwritable_path_is_one_sentence(active, tmp_path):
    target = tmp_path / "findes" / "ikke" / "x.pdf"
    with pytest.raises(CommandError) as caught:
        call_command("agreement_pdf", active.number, output=str(target))
    assert str(caught.value) == f"Cannot write {target}: No such file or directory."
