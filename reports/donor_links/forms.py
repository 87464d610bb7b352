"""The form of a link for a donor."""

from __future__ import annotations

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.validators import PrintableFormMixin
from reports.donor_links.services import USUAL_DAYS


class DonorLinkForm(PrintableFormMixin, forms.Form):
    """Until when it opens the edition."""

    ends_on = forms.DateField(
        label=_("Last day on which the link opens"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        initial=lambda: timezone.now().date() + timedelta(days=USUAL_DAYS),
    )
