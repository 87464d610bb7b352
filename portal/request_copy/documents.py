"""A request as a PDF for its country: what was written, made from the row whenever it is opened and
stored nowhere, since it names who signs (rules of the programme, section 8)."""

from __future__ import annotations

from pathlib import Path

from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _

from accounts.models import User
from assistance.requests import fields, presentation
from assistance.requests.models import AssistanceRequest
from files.models import Attachment
from reports.documents.pdf import FAMILIES, typeset

TEMPLATE = Path(__file__).with_name("request.typ")


def request_as_pdf(case: AssistanceRequest, reader: User) -> bytes:
    """The copy, with labels in the reader's language and words in those of their writer. Raises
    `reports.documents.pdf.NotTypeset`."""
    return typeset(copy_of(case, reader), TEMPLATE)


def copy_of(case: AssistanceRequest, reader: User) -> dict[str, object]:
    """What the template prints."""
    language = get_language() or "en"
    is_rtl = bool(get_language_info(language)["bidi"])
    words = fields.language_of_words(case) or language
    words_rtl = bool(get_language_info(words)["bidi"]) if words in FAMILIES else False
    facts = [
        case.country.name,
        presentation.state_words(case, reader),
        _("received %(date)s") % {"date": date_format(case.received_on, "DATE_FORMAT")}
        if case.received_on
        else "",
    ]
    return {
        "language": language[:2],
        "rtl": is_rtl,
        "fonts": list(dict.fromkeys([*FAMILIES.get(language, []), *EVERY_FAMILY])),
        "programme": case.programme.name,
        "reference": case.reference or _("Draft"),
        "title": case.title or _("Without a title"),
        "facts": [fact for fact in facts if fact],
        "page": _("Page"),
        "steps": [
            {
                "heading": str(step["heading"]),
                "rows": [
                    {
                        "label": row["label"],
                        "value": row["value"].replace("\r\n", "\n"),
                        "language": words[:2] if row["words"] else language[:2],
                        "rtl": words_rtl if row["words"] else is_rtl,
                    }
                    for row in step["rows"]
                ],
            }
            for step in fields.filled_values(case)
        ],
        "files_heading": _("Files"),
        "files": [
            f"{file.name} ({filesizeformat(file.size)})"
            for file in Attachment.objects.visible_to(reader).of("request", case.pk)
        ],
        "note": _("Copy made on %(time)s from what is recorded. The record itself decides.")
        % {"time": date_format(timezone.localtime(), "DATETIME_FORMAT")},
    }


EVERY_FAMILY = tuple(dict.fromkeys(name for names in FAMILIES.values() for name in names))
