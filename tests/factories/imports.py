"""Files on their way through the steps of the browser, as somebody signed in brings them."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from clusterpolisee.evidence.models import Upload

MAPPED = {"role-0": "region", "role-1": "activity", "role-2": "year", "role-3": "value", "role-4": "flag"}


def send(client, content: bytes | str, name: str = "jobs.csv"):
    data = content.encode() if isinstance(content, str) else content
    return client.post(reverse("evidence:import_start"), {"file": SimpleUploadedFile(name, data)})


def begin(client, content: bytes | str, name: str = "jobs.csv") -> Upload:
    response = send(client, content, name)
    assert response.status_code == 302, response.content.decode()
    return Upload.objects.latest("pk")


def at(upload: Upload, step: str) -> str:
    return reverse(f"evidence:import_{step}", args=[upload.token])


def mapped(
    client, content: bytes | str, code: str = "jobs", roles: dict | None = None, name: str = "jobs.csv"
) -> Upload:
    upload = begin(client, content, name)
    client.post(at(upload, "table"), {"dataset": code})
    if upload.format == "xlsx":
        client.post(at(upload, "sheet"), {"sheet": 0})
    upload.refresh_from_db()
    client.post(at(upload, "sheet"), {"first": 1, "last": 1})
    response = client.post(at(upload, "columns"), roles or MAPPED)
    assert response.status_code == 302, response.content.decode()
    upload.refresh_from_db()
    return upload


def checked(client, upload: Upload, **source: str) -> Upload:
    given = {"deed": "check", "licence": "CC BY 4.0", "retrieved_on": "2026-11-20", **source}
    response = client.post(at(upload, "check"), given)
    assert response.status_code == 302, response.content.decode()
    upload.refresh_from_db()
    return upload


def brought(client, upload: Upload) -> Upload:
    client.post(at(checked(client, upload), "check"), {"deed": "bring"})
    upload.refresh_from_db()
    return upload
