"""Where a page keeps what is being typed, while it is typed."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.decorators import permission_required
from accounts.drafts import services
from accounts.drafts.stamps import STAMP, read_stamp
from accounts.types import AuthenticatedRequest


@require_POST
@permission_required("draft.save")
def save_draft(request: AuthenticatedRequest) -> HttpResponse:
    """Keeps the words of a form. Answers `number` and `said`; 409 where another window went on, 413
    for too much, 400 without a stamp of the person's own."""
    stamp = read_stamp(request.POST.get(STAMP), max_age=None)
    if stamp is None or stamp.user_id != request.user.pk:
        return JsonResponse({"said": _("Not saved: open the page anew.")}, status=400)
    texts, number = services.typed_texts(request.POST), services.number_sent(request.POST)
    try:
        draft = services.save_draft(stamp, texts, number)
    except services.DraftChanged as refusal:
        said = _("Not saved: %(why)s Press “Save draft” to see both.") % {"why": refusal}
        return JsonResponse({"said": said}, status=409)
    except services.DraftTooLong:
        return JsonResponse({"said": _("This is too long to be kept as a draft.")}, status=413)
    at = date_format(timezone.localtime(draft.saved_at), "TIME_FORMAT")
    said = _("Draft saved %(time)s. Only you see it.") % {"time": at}
    return JsonResponse({"number": draft.number, "said": said})
