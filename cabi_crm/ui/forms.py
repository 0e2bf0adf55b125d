"""What all forms share: the look of their fields, Danish dates, and no pop-ups from the browser."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.db.models import CheckConstraint
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from cabi_crm.ui.days import read_day

REQUIRED = forms.Field.default_error_messages["required"]
CONTROL = {
    forms.Select: "form-select",
    forms.CheckboxInput: "form-check-input",
    forms.RadioSelect: "btn-check",
    forms.CheckboxSelectMultiple: "btn-check",
}


class DateInput(forms.DateInput):
    """A date, typed in figures such as 24.12.2026 or in words: phones show letters and digits."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off", **(attrs or {})})


class PlainSelect(forms.Select):
    """A list box drawn at once: a template for each of its lines took a fifth of a list page."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """The same HTML as Django's, of choices without groups."""
        choices = list(self.choices)
        if any(isinstance(label, list | tuple) for _, label in choices):
            return super().render(name, value, attrs, renderer)
        chosen = set(self.format_value(value))
        texts = [("" if key is None else str(key), label) for key, label in choices]
        rows = ((key, " selected" if key in chosen else "", label) for key, label in texts)
        found = {"name": name, **self.build_attrs(self.attrs, attrs)}
        names = ((key, text) for key, text in found.items() if text not in {None, False})
        return format_html(
            "<select{}>{}</select>",
            format_html_join("", ' {}="{}"', names),
            format_html_join("\n", '<option value="{}"{}>{}</option>', rows),
        )


class DayField(forms.DateField):
    """A day, however it is written; the message gives an example."""

    default_error_messages: ClassVar = {"invalid": _("Write the day as 24.11.2026 or tomorrow.")}

    @classmethod
    def like(cls, field: forms.DateField) -> "DayField":
        """The same field, reading days more kindly."""
        made = cls.__new__(cls)
        made.__dict__ = field.__dict__ | {
            "error_messages": field.error_messages | cls.default_error_messages
        }
        return made

    def to_python(self, value: Any) -> date | None:
        """The day; what Django's own formats know, and what people write besides."""
        if isinstance(value, str) and (found := read_day(value, timezone.localdate())):
            return found
        return super().to_python(value)


class PlainForm(forms.Form):
    """A form that the `field` component can draw. Errors come from the server, in plain words."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if type(field) is forms.DateField:
                self.fields[name] = DayField.like(field)
            if isinstance(field, forms.TimeField):
                field.error_messages["invalid"] = _("Write the time as 9.30.")
            style(self.fields[name])
            if field.error_messages.get("required") == REQUIRED:
                self.fields[name].error_messages |= {"required": _("Fill this in.")}


def style(field: forms.Field) -> None:
    """Give a field's widget its classes and the right keyboard."""
    widget = field.widget
    css = next((css for kind, css in CONTROL.items() if isinstance(widget, kind)), "form-control")
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        css = "btn-check"
    widget.attrs["class"] = f"{widget.attrs.get('class', '')} {css}".strip()
    if isinstance(field, forms.DateField) and isinstance(widget, forms.DateInput):
        widget.attrs.setdefault("autocomplete", "off")
        widget.attrs.setdefault("placeholder", _("e.g. 24.11.2026 or tomorrow"))
    if isinstance(field, forms.IntegerField):
        field.widget = numeric(field)
    if type(widget) is forms.Select and isinstance(field, forms.ChoiceField):
        field.widget = PlainSelect(widget.attrs, widget.choices)


def numeric(field: forms.Field) -> forms.Widget:
    """A text box with a number keyboard, so that 1.234 and 1,5 can be typed the Danish way."""
    widget: forms.Widget = field.widget
    if isinstance(widget, forms.NumberInput):
        attrs = {**widget.attrs, "inputmode": "numeric"}
        for name in ("step", "min", "max"):
            attrs.pop(name, None)
        return forms.TextInput(attrs)
    return widget


class PlainModelForm(PlainForm, forms.ModelForm):
    """A model form with the same look, that asks a row's constraints also of fields not on it."""

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if self.instance.pk and not self.errors:
            for constraint in self.instance._meta.constraints:
                if not isinstance(constraint, CheckConstraint):
                    continue  # what must be the only one may be made so by the action
                try:
                    constraint.validate(type(self.instance), self.instance)
                except forms.ValidationError as error:
                    self.add_error(None, error)
