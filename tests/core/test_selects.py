"""Selects are written by a tag of our own: as Django's template would, whatever stands in them."""

from __future__ import annotations

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates, TemplatesSetting

CHOICES = [
    ("", "Any"),
    ("a&b", 'Both "quoted" & <b>'),
    (7, "Sept"),
    ("Groups", [("x", "It's one"), ("y", "Ελλάδα")]),
]


@pytest.mark.parametrize("value", ["", "a&b", 7, "x", "gone", ["x", "y"]])
@pytest.mark.parametrize("widget", [forms.Select, forms.SelectMultiple])
def test_a_select_is_what_djangos_template_makes_of_it(
    widget: type[forms.Select], value: object
) -> None:
    attributes = {"id": "id_n", "required": True, "disabled": False, "title": '"<'}
    made = widget(attrs=attributes, choices=CHOICES)
    ours, djangos = (
        " ".join(made.render("n", value, renderer=r()).split())
        for r in (TemplatesSetting, DjangoTemplates)
    )
    assert ours == djangos
