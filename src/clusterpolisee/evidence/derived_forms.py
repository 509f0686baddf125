"""The editor's form of a derived indicator: what a person types, in every language of the platform."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clusterpolisee.evidence.defining import Written
from clusterpolisee.evidence.models import DerivedVersion

# Field names begin with these; the language follows: name_bg, name_en.
_BY_LANGUAGE = {
    "name": ("labels", _("Name, %(language)s"), 160),
    "short": ("short_labels", _("Short name, %(language)s"), 80),
    "unit": ("unit_labels", _("Unit, %(language)s"), 60),
    "about": ("explanation", _("Explanation, %(language)s"), 1000),
}
MOST_WEIGHTS = 30
_PLAIN = ("formula", "weights", "weights_name", "weights_version", "minimum_parts", "decimals", "direction")


class DerivedForm(forms.Form):
    """`written` is the definition once the form is valid; whether the formula makes sense is asked of `defining`."""

    code = forms.CharField(
        label=_("Code"),
        max_length=60,
        help_text=_("Small Latin letters, digits and _; never changes. Other formulas use it."),
    )
    formula = forms.CharField(
        label=_("Formula"),
        max_length=2000,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
    )
    weights = forms.CharField(
        label=_("Weights"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
        help_text=_(
            "For a composite: a line for each part, such as “income = 2”. Empty: all parts count the same."
        ),
    )
    weights_name = forms.CharField(label=_("Name of the weights"), required=False, max_length=120)
    weights_version = forms.CharField(label=_("Version of the weights"), required=False, max_length=20)
    minimum_parts = forms.IntegerField(
        label=_("Least number of known parts"),
        required=False,
        min_value=1,
        max_value=30,
        help_text=_(
            "For a composite: with fewer known parts the value stays empty. Empty: all parts are needed."
        ),
    )
    decimals = forms.IntegerField(label=_("Decimals"), min_value=0, max_value=6, initial=1)
    direction = forms.TypedChoiceField(
        label=_("What is better"),
        coerce=int,
        initial=0,
        choices=[(1, _("more is better")), (-1, _("less is better")), (0, _("neither"))],
    )

    def __init__(self, *args: Any, is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_new:
            del self.fields["code"]
        for start, (_field, label, longest) in _BY_LANGUAGE.items():
            for code, language in settings.LANGUAGES:
                widget = forms.Textarea(attrs={"rows": 3}) if start == "about" else forms.TextInput()
                widget.attrs["lang"] = code
                self.fields[f"{start}_{code}"] = forms.CharField(
                    label=str(label) % {"language": gettext(str(language))},
                    required=start == "name",
                    max_length=longest,
                    widget=widget,
                )
        self.order_fields(
            ["code", "formula", *(name for name in self.fields if name.startswith(("name_", "short_")))]
        )

    def clean_weights(self) -> dict[str, float]:
        """income = 2, one a line."""
        found: dict[str, float] = {}
        for number, line in enumerate(self.cleaned_data["weights"].splitlines(), start=1):
            if not line.strip():
                continue
            name, sign, weight = line.replace(":", "=").rpartition("=")
            try:
                value = float(weight.strip().replace(",", "."))
            except ValueError:
                sign = ""
                value = 0.0
            if not sign or not name.strip():
                raise forms.ValidationError(
                    _("Line %(line)s of the weights is not “name = number”."), params={"line": number}
                )
            found[name.strip()] = value
        if len(found) > MOST_WEIGHTS:
            raise forms.ValidationError(
                _("A composite has at most %(most)s parts."), params={"most": MOST_WEIGHTS}
            )
        return found

    @property
    def written(self) -> Written:
        given = self.cleaned_data
        texts = {
            field: {
                code: given[f"{start}_{code}"]
                for code, _name in settings.LANGUAGES
                if given[f"{start}_{code}"]
            }
            for start, (field, _label, _longest) in _BY_LANGUAGE.items()
        }
        return Written(**texts, **{name: given[name] for name in _PLAIN})

    @property
    def sketch(self) -> Written:
        """Enough to look at a formula, of a form that is not filled in yet."""
        given = {
            name: value for name, value in self.cleaned_data.items() if name in _PLAIN and value is not None
        }
        return Written(**{"formula": "", "labels": {}, **given})


def initial_of(version: DerivedVersion) -> dict[str, Any]:
    """A stored definition as the form shows it."""
    texts = {
        f"{start}_{code}": getattr(version, field).get(code, "")
        for start, (field, _label, _longest) in _BY_LANGUAGE.items()
        for code, _name in settings.LANGUAGES
    }
    plain = ("formula", "weights_name", "weights_version", "minimum_parts", "decimals", "direction")
    weights = "\n".join(f"{name} = {weight:g}" for name, weight in version.weights.items())
    return {**texts, **{name: getattr(version, name) for name in plain}, "weights": weights}
