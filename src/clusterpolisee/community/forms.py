"""The form of a cluster organisation. A row of a file is checked by the same form, so both speak the same sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from babel import Locale
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from clusterpolisee.classifications import queries as classifications
from clusterpolisee.community.models import Label, Stage, State
from clusterpolisee.community.records import ALWAYS, BY_LANGUAGE, PLAIN, STATEMENTS, ClusterFacts
from clusterpolisee.regions import queries as regions
from clusterpolisee.regions.models import Region
from clusterpolisee.shell.languages import language_of

DATE_FORMATS = ["%Y-%m-%d", "%d.%m.%Y"]
MOST_PEOPLE = 1_000_000
_BETWEEN = re.compile(r"[,;\s]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_MEMBERS = ("members_total", "members_companies", "members_smes", "members_research", "members_public")


class Lists:
    """What codes are checked against: regions of today, activities, categories. Read once for a whole file."""

    @cached_property
    def regions(self) -> dict[str, Region]:
        vintage = regions.current_vintage()
        found = [one for level in range(4) for one in regions.regions_of(None, level, vintage)]
        return {one.code: one for one in found}

    @cached_property
    def activities(self) -> dict[str, int]:
        return classifications.activity_levels()

    @cached_property
    def categories(self) -> dict[str, str]:
        return {one.code: str(one) for one in classifications.categories()}

    def region_choices(self) -> list[tuple[str, Any]]:
        """Regions by country, as the list of a form has them."""
        language = get_language() or "en"
        groups: dict[str, list[tuple[str, str]]] = {}
        for place in sorted(self.regions.values(), key=lambda one: one.code):
            groups.setdefault(place.country, []).append(
                (place.code, f"{place.name(language)} ({place.code})")
            )
        countries = [one for one in self.regions.values() if one.level == 0]
        return [("", "—"), *((one.name(language), groups[one.code]) for one in countries)]


@dataclass(frozen=True)
class Section:
    """A part of the form: its title and its fields."""

    title: str
    fields: list[forms.BoundField]


def _number(label: Any, **options: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=MOST_PEOPLE, **options)


def _line(label: Any, length: int, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=length, **options)


def _day(label: Any, **options: Any) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(
        label=label,
        required=False,
        input_formats=DATE_FORMATS,
        widget=widget,
        error_messages={"invalid": gettext_lazy("Write the day as 2026-03-31.")},
        **options,
    )


class ClusterForm(forms.Form):
    region = forms.CharField(
        label=gettext_lazy("Region"),
        widget=forms.Select,
        error_messages={"required": gettext_lazy("Choose the region where the organisation sits.")},
    )
    address = _line(gettext_lazy("Address"), 300)
    founded = forms.IntegerField(label=gettext_lazy("Founded"), required=False, min_value=1800)
    website = forms.URLField(
        label=gettext_lazy("Web site"),
        required=False,
        max_length=300,
        assume_scheme="https",
        error_messages={"invalid": gettext_lazy("Write the address of the web site with https:// in front.")},
    )
    email = forms.EmailField(label=gettext_lazy("E-mail address"), required=False)
    phone = _line(gettext_lazy("Telephone"), 60)
    external_id = _line(
        gettext_lazy("Identifier elsewhere"),
        120,
        help_text=gettext_lazy(
            "The number of the organisation in the list it comes from: by it a file finds it again."
        ),
    )
    manager_name = _line(gettext_lazy("Manager"), 160)
    manager_contact = _line(gettext_lazy("Contact of the manager"), 200)
    manager_consent = forms.BooleanField(
        label=gettext_lazy("The manager agreed that name and contact are shown here"), required=False
    )
    members_total = _number(gettext_lazy("Members, all"))
    members_companies = _number(gettext_lazy("Members: companies"))
    members_smes = _number(
        gettext_lazy("Members: small and medium-sized enterprises"),
        help_text=gettext_lazy("They are among the companies."),
    )
    members_research = _number(gettext_lazy("Members: research organisations"))
    members_public = _number(gettext_lazy("Members: public bodies"))
    members_on = _day(gettext_lazy("Members counted on"))
    stage = forms.ChoiceField(
        label=gettext_lazy("Stage"), required=False, choices=[("", "—"), *Stage.choices]
    )
    label = forms.ChoiceField(label=gettext_lazy("Excellence label"), required=False, choices=Label.choices)
    label_until = forms.IntegerField(
        label=gettext_lazy("Label valid until the end of"), required=False, min_value=2000, max_value=2100
    )
    activities = forms.CharField(
        label=gettext_lazy("NACE activities"),
        required=False,
        max_length=1000,
        help_text=gettext_lazy("Codes of NACE Rev. 2, separated by commas: C13, C14, J62."),
    )
    categories = forms.MultipleChoiceField(
        label=gettext_lazy("Cluster categories"), required=False, widget=forms.CheckboxSelectMultiple
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)

    def __init__(
        self, *args: Any, languages: Sequence[str] = ALWAYS, lists: Lists | None = None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.lists = lists or Lists()
        self.languages = tuple(languages)
        validator = URLValidator(
            schemes=["http", "https"], message=self.fields["website"].error_messages["invalid"]
        )
        self.fields["website"].validators = [validator]
        self.fields["categories"].choices = list(self.lists.categories.items())  # type: ignore[attr-defined]
        self._add_languages()
        self._add_statements()

    def for_people(self) -> ClusterForm:
        """With what only a page needs: the long list of regions."""
        self.fields["region"].widget.choices = self.lists.region_choices()  # type: ignore[attr-defined]
        return self

    def _add_languages(self) -> None:
        for language in self.languages:
            name = _spoken(language)
            self.fields[f"name_{language}"] = _line(_("Name in %(language)s") % {"language": name}, 200)
            for column, label in (
                ("description", _("Description in %(language)s")),
                ("services", _("Services in %(language)s")),
            ):
                widget = forms.Textarea(attrs={"rows": 3, "lang": language})
                self.fields[f"{column}_{language}"] = _line(label % {"language": name}, 4000, widget=widget)

    def _add_statements(self) -> None:
        for group in STATEMENTS:
            self.fields[f"{group}_source"] = _line(_("Source"), 300)
            self.fields[f"{group}_date"] = _day(_("As of"))
        first = self.fields["organisation_source"], self.fields["organisation_date"]
        for one in first:
            one.required = True
        first[0].help_text = _(
            "Where this is known from. It speaks for everything that names no other source."
        )
        first[0].error_messages["required"] = _("Say where this is known from.")
        first[1].error_messages["required"] = _("Say of which day this is true.")

    def sections(self) -> Iterator[Section]:
        """The fields as the page lays them out."""
        origin = [f"{group}_{kind}" for group in STATEMENTS for kind in ("source", "date")]
        of = dict(zip(STATEMENTS, (origin[i : i + 2] for i in range(0, len(origin), 2)), strict=True))
        names = [f"name_{language}" for language in self.languages]
        texts = [
            f"{column}_{language}" for language in self.languages for column in ("description", "services")
        ]
        where = ["region", "address", "founded", "website", "email", "phone", "external_id"]
        for title, fields in (
            (_("The organisation"), [*names, *where, *of["organisation"]]),
            (_("Manager"), ["manager_name", "manager_contact", "manager_consent", *of["manager"]]),
            (_("Members"), [*_MEMBERS, "members_on", *of["members"]]),
            (_("Stage and label"), ["stage", "label", "label_until", *of["stage"]]),
            (_("Activities, services, description"), ["categories", "activities", *texts, *of["activities"]]),
        ):
            yield Section(title, [self[field] for field in fields])

    # What is checked

    def clean_region(self) -> Region:
        code = self.cleaned_data["region"].strip().upper()
        found = self.lists.regions.get(code)
        if found is None:
            raise ValidationError(
                _("There is no region “%(code)s” in the NUTS of today. Codes look like BG41 or RS.")
                % {"code": code[:20]}
            )
        return found

    def clean_founded(self) -> int | None:
        year = self.cleaned_data["founded"]
        if year is not None and year > timezone.now().year:
            raise ValidationError(_("An organisation cannot be founded in the future."))
        return year

    def clean_activities(self) -> tuple[str, ...]:
        codes = [code.upper() for code in _BETWEEN.split(self.cleaned_data["activities"].strip()) if code]
        unknown = [code for code in codes if self.lists.activities.get(code, 0) == 0]
        if unknown:
            raise ValidationError(
                [
                    _("NACE Rev. 2 has no “%(code)s”. Codes look like C10 or J62.") % {"code": c[:20]}
                    for c in unknown
                ]
            )
        return tuple(sorted(set(codes)))

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        for name, value in said.items():
            if isinstance(value, str):
                said[name] = _CONTROL.sub("", value).replace("\r\n", "\n").strip()
        if not any(said.get(f"name_{language}") for language in self.languages):
            self.add_error(f"name_{self.languages[0]}", _("An organisation needs a name, in any language."))
        if (said.get("manager_name") or said.get("manager_contact")) and not said.get("manager_consent"):
            self.add_error(
                "manager_consent",
                _("Name and contact are kept only with the manager's consent: get it, or leave both empty."),
            )
        self._check_members(said)
        if said.get("label") not in ("", None, Label.NONE) and not said.get("label_until"):
            self.add_error("label_until", _("A label runs out: say until the end of which year it is valid."))
        return said

    def _check_members(self, said: Mapping[str, Any]) -> None:
        total, companies, smes = (said.get(f"members_{kind}") for kind in ("total", "companies", "smes"))
        kinds = [said.get(f"members_{kind}") or 0 for kind in ("companies", "research", "public")]
        if total is not None and sum(kinds) > total:
            self.add_error(
                "members_total",
                _("The kinds of members add up to %(sum)s, more than all %(total)s.")
                % {"sum": sum(kinds), "total": total},
            )
        if companies is not None and smes is not None and smes > companies:
            self.add_error(
                "members_smes", _("There cannot be more small and medium-sized enterprises than companies.")
            )
        is_counted = any(said.get(name) is not None for name in _MEMBERS)
        if is_counted and not said.get("members_on") and "members_on" not in self.errors:
            self.add_error("members_on", _("Say on which day the members were counted."))

    def facts(self) -> ClusterFacts:
        """What was stated; only after is_valid()."""
        said = self.cleaned_data

        def by_language(column: str) -> dict[str, str]:
            found = {language: said.get(f"{column}_{language}", "") for language in self.languages}
            return {language: text for language, text in found.items() if text}

        texts = {target: by_language(column) for column, target in BY_LANGUAGE.items()}
        return ClusterFacts(
            region=said["region"],
            plain={name: said.get(name) for name in PLAIN} | {"label": said.get("label") or Label.NONE},
            activities=said["activities"],
            categories=tuple(sorted(said["categories"])),
            statements={
                group: kept
                for group in STATEMENTS
                if any((kept := _statement(said.get(f"{group}_source"), said.get(f"{group}_date"))).values())
            },
            **texts,
        )


def _spoken(language: str) -> str:
    """A language as the reader calls it; where two scripts share a name, as its writers call it."""
    if language in ("sr", "sr-latn", "cnr"):
        return language_of(language).own_name
    reader = Locale.parse(language_of(get_language()).babel)
    return Locale.parse(language_of(language).babel).get_language_name(reader) or language


def _statement(source: str | None, day: Any) -> dict[str, str]:
    return {"source": source or "", "date": day.isoformat() if day else ""}


def as_form_data(words: Mapping[str, str]) -> dict[str, Any]:
    """Words as a browser would send them: a list of categories, a box ticked or not."""
    said: dict[str, Any] = dict(words)
    said["categories"] = [code for code in _BETWEEN.split(words.get("categories", "").lower()) if code]
    if words.get("manager_consent", "").casefold() not in ("yes", "да", "true", "1", "x"):
        said.pop("manager_consent", None)
    return said


def label_of(column: str) -> str:
    """A column as the form calls it."""
    if column == "state":
        return _("State")
    group, _under, kind = column.rpartition("_")
    if group in STATEMENTS and kind in ("source", "date"):
        return f"{_statement_titles()[group]}: {_('Source') if kind == 'source' else _('As of')}"
    if group in BY_LANGUAGE:
        own = ClusterForm(languages=[kind], lists=_NoLists()).fields[column].label
        return str(own)
    known = ClusterForm.base_fields.get(column)
    return str(known.label) if known else column


def value_of(column: str, text: str) -> str:
    """What stands in a column, in words where it is stored as a code."""
    choices = {"state": State, "stage": Stage, "label": Label}.get(column)
    if choices is not None and text in choices.values:
        return str(choices(text).label)
    return _("yes") if column == "manager_consent" and text else text


def _statement_titles() -> dict[str, str]:
    titles = (_("The organisation"), _("Manager"), _("Members"), _("Stage and label"), _("Activities"))
    return dict(zip(STATEMENTS, titles, strict=True))


class _NoLists(Lists):
    """For asking the form its labels, without asking the database."""

    regions: dict[str, Region] = {}  # type: ignore[assignment]
    activities: dict[str, int] = {}  # type: ignore[assignment]
    categories: dict[str, str] = {}  # type: ignore[assignment]


class FilterForm(forms.Form):
    """What the list can be narrowed to; nonsense narrows to nothing asked."""

    q = forms.CharField(label=gettext_lazy("Name or place"), required=False, max_length=80)
    country = forms.ChoiceField(label=gettext_lazy("Country"), required=False)
    category = forms.ChoiceField(label=gettext_lazy("Category"), required=False)
    stage = forms.ChoiceField(
        label=gettext_lazy("Stage"), required=False, choices=[("", gettext_lazy("any")), *Stage.choices]
    )
    label = forms.ChoiceField(
        label=gettext_lazy("Excellence label"),
        required=False,
        choices=[("", gettext_lazy("any")), *Label.choices],
    )
    state = forms.ChoiceField(
        label=gettext_lazy("State"), required=False, choices=[("", gettext_lazy("any")), *State.choices]
    )

    def __init__(self, *args: Any, may_see_all: bool = False, **options: Any) -> None:
        super().__init__(*args, label_suffix="", **options)
        language = get_language() or "en"
        countries = [(one.code, one.name(language)) for one in regions.countries()]
        categories = [(one.code, str(one)) for one in classifications.categories()]
        self.fields["country"].choices = [("", _("all")), *countries]  # type: ignore[attr-defined]
        self.fields["category"].choices = [("", _("all")), *categories]  # type: ignore[attr-defined]
        if not may_see_all:
            del self.fields["state"]
