"""The columns of a file of clusters, explained: what the import page and the guide show."""

from __future__ import annotations

from django.utils.translation import gettext as _

from clusterpolisee.community.models import Label, Stage


def documented_columns() -> list[tuple[str, str]]:
    """(column, what stands in it); the first two are needed, all others may be missing."""
    return [
        (
            "region",
            _("NUTS code of today where the organisation sits: BG41, or RS for a whole country. Needed."),
        ),
        ("name_en, name_bg, name_el …", _("Its name in each language. One is needed.")),
        (
            "organisation_source, organisation_date",
            _("Where all this is known from, and of which day (2026-03-31). Needed for a new cluster."),
        ),
        (
            "external_id",
            _(
                "Its number in the list it comes from. By it a later file finds it again; else by name and region."
            ),
        ),
        ("state", _("For new clusters: draft (if empty) or published.")),
        ("address, founded, website, email, phone", _("As on the form.")),
        (
            "manager_name, manager_contact, manager_consent",
            _("Only with the manager's consent: then manager_consent says yes."),
        ),
        (
            "members_total, members_companies, members_smes, members_research, members_public, members_on",
            _("Whole numbers, and the day they were counted."),
        ),
        ("stage", ", ".join(Stage.values)),
        (
            "label, label_until",
            _("%(labels)s; and the last year it is valid.") % {"labels": ", ".join(Label.values)},
        ),
        ("activities", _("Codes of NACE Rev. 2 separated by commas: C13, C14.")),
        ("categories", _("Codes of cluster categories separated by commas, as in their addresses.")),
        ("services_en …, description_en …", _("Free text in each language.")),
        (
            "manager_source, manager_date, members_source, members_date, stage_source, stage_date, activities_source, activities_date",
            _("Source and day of these statements, where they differ from those of the organisation."),
        ),
    ]
