"""A message of a stranger: one function of the database takes it in, in place of a right to write."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core.validators import PrintableFormMixin
from portal.public.addresses import address_digest
from portal.public.functions import is_done
from portal.public.models import PublicCountry, PublicProgramme
from portal.public.responses import LONGEST_ADDRESS
from portal.public_messages.models import LONGEST_NAME, LONGEST_TEXT


class ContactForm(PrintableFormMixin, forms.Form):
    """Who writes, to whom, and what."""

    country = forms.ChoiceField(
        label=_("For the focal points of"),
        required=False,
        help_text=_(
            "Leave it empty to write to the programme. The list holds countries that have a focal"
            " point."
        ),
    )
    sender = forms.CharField(label=_("Your name"), max_length=LONGEST_NAME)
    reply_to = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=LONGEST_ADDRESS,
        help_text=_(
            "For the answer. The programme’s staff read it and, if they forward your message, the"
            " country’s focal points."
        ),
    )
    text = forms.CharField(
        label=_("Message"), max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 8})
    )

    def __init__(
        self, data: object, countries: list[PublicCountry], initial: dict[str, object] | None = None
    ) -> None:
        super().__init__(data, auto_id="%s", initial=initial)  # type: ignore[arg-type]
        choices = [("", _("the programme")), *((c.iso3, c.name) for c in countries)]
        field = self.fields["country"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices
        field.error_messages["invalid_choice"] = _("Choose a country from the list.")


def send_message(
    request: HttpRequest, programme: PublicProgramme, given: dict[str, str], language: str
) -> bool:
    """Hands a message in. False where too many came from this address, or came today at all."""
    country = PublicCountry.objects.filter(iso3=given["country"]).first()
    return is_done(
        "SELECT public_send_message(%s, %s, %s, %s, %s, %s, %s)",
        programme.pk,
        country.pk if country is not None else None,
        given["sender"],
        given["reply_to"],
        given["text"],
        language,
        address_digest(request),
    )
