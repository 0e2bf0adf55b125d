"""What all forms share: the look of their fields, Danish dates, and no pop-ups from the browser."""

from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

CONTROL = {
    forms.Select: "form-select",
    forms.CheckboxInput: "form-check-input",
    forms.RadioSelect: "btn-check",
    forms.CheckboxSelectMultiple: "btn-check",
}


class DateInput(forms.DateInput):
    """A date typed in figures, such as 24.12.2026; phones show digits."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "numeric", "autocomplete": "off", **(attrs or {})})


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


class PlainForm(forms.Form):
    """A form that the `field` component can draw. Errors come from the server, in plain words."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            style(field)


def style(field: forms.Field) -> None:
    """Give a field's widget its classes and the right keyboard."""
    widget = field.widget
    css = next((css for kind, css in CONTROL.items() if isinstance(widget, kind)), "form-control")
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        css = "btn-check"
    widget.attrs["class"] = f"{widget.attrs.get('class', '')} {css}".strip()
    if isinstance(field, forms.DateField) and type(widget) is forms.DateInput:
        widget.attrs.setdefault("inputmode", "numeric")
        widget.attrs.setdefault("autocomplete", "off")
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
    """A model form with the same look."""
