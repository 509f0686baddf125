"""What the browser does not let through: people without the role, other people's files, and what is no table."""

from __future__ import annotations

import pytest
from django.core.files.uploadhandler import StopUpload
from django.urls import reverse

from clusterpolisee.evidence import store
from clusterpolisee.evidence.importing.size_limit import SizeLimit, was_too_large
from clusterpolisee.evidence.models import Upload
from clusterpolisee.shell.accounts.roles import Role
from factories.evidence import JOBS, analyst, bring, changed, person, table
from factories.imports import at, begin, brought, mapped, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(client):
    client.force_login(analyst())
    return client


# Who may, and who may not --------------------------------------------------------------------------------


@pytest.mark.parametrize("roles", [(), (Role.MEMBER,)])
def test_only_analysts_bring_files(client, roles) -> None:
    client.force_login(person(*roles))
    assert client.get(reverse("evidence:import_start")).status_code == 403
    assert send(client, JOBS).status_code == 403
    assert not Upload.objects.exists()


def test_visitors_are_asked_to_sign_in(client) -> None:
    assert "login" in client.get(reverse("evidence:import_start"))["Location"]


@pytest.mark.parametrize(
    "step", ["table", "sheet", "columns", "codes", "vintage", "check", "rejected", "resume", "work"]
)
def test_nobody_sees_what_somebody_else_is_bringing(client, step: str) -> None:
    table()
    client.force_login(analyst())
    upload = mapped(client, JOBS)
    client.force_login(person(Role.ADMINISTRATOR, email="other@vidin.example"))
    assert client.get(at(upload, step)).status_code == 404
    assert client.post(at(upload, "discard")).status_code == 404


def test_a_file_that_was_thrown_away_is_not_listed_and_its_bytes_go_with_the_next_import(ana) -> None:
    table()
    upload = mapped(ana, JOBS)
    assert store.has_raw(upload.sha256)
    ana.post(at(upload, "discard"))
    assert "jobs.csv" not in ana.get(reverse("evidence:import_start")).content.decode().split("unfinished")[1]
    bring(changed(JOBS, "BG31,C10,2015,110,", "BG31,C10,2015,111,"))
    assert not store.has_raw(upload.sha256)


def test_an_import_by_others_does_not_sweep_what_somebody_is_bringing(ana) -> None:
    table()
    upload = mapped(ana, JOBS)
    bring(changed(JOBS, "BG31,C10,2015,110,", "BG31,C10,2015,111,"))
    assert store.has_raw(upload.sha256)
    assert brought(ana, upload).version.number == 2


# Bad files -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"<!doctype html><html><title>Sign in</title></html>", "jobs.csv", "This is a web page (“Sign in”)"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "jobs.xlsx", "old Excel file"),
        (b"PK\x03\x04 and nothing more", "jobs.xlsx", "damaged or cut off"),
        ("Област;Брой\nВидин;1\n".encode("cp1251"), "jobs.csv", "It looks like Windows-1251"),
        (b"%PDF-1.7", "jobs.csv", "PDF"),
        (b"MZ\x90\x00\x03\x00", "jobs.csv", "not UTF-8 text"),
    ],
)
def test_a_file_that_is_no_table_is_refused_with_a_sentence_and_not_kept(
    ana, content, name, sentence
) -> None:
    response = send(ana, content, name)
    assert response.status_code == 200 and sentence in response.content.decode()
    assert not Upload.objects.exists() and not list(store.root().glob("raw/*/*"))


def test_an_upload_over_the_limit_is_stopped_and_said_so(ana, settings) -> None:
    settings.IMPORT_LIMIT_MB = 1
    response = send(ana, b"region,year,value\n" + b"BG31,2015,1\n" * 200_000)
    assert "larger than 1 MB" in response.content.decode()
    assert "clusterpolisee data import" in response.content.decode()
    assert not Upload.objects.exists()


def test_what_is_over_the_limit_is_read_and_dropped_so_that_the_browser_hears_why(rf, settings) -> None:
    settings.IMPORT_LIMIT_MB = 1
    limit = SizeLimit(rf.post("/"))
    megabyte = bytes(1 << 20)
    assert limit.receive_data_chunk(megabyte, 0) == megabyte and not was_too_large(limit.request)
    assert limit.receive_data_chunk(b"x", 1 << 20) is None and was_too_large(limit.request)
    with pytest.raises(StopUpload):  # but nobody keeps a server reading for ever
        limit.receive_data_chunk(megabyte * 10, (1 << 20) + 1)


def test_a_name_is_only_a_name(ana) -> None:
    upload = begin(ana, JOBS, "..\\..\\etc\\<script>.csv")
    assert upload.name == "script.csv"
