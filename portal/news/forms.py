"""Forms of news."""

from __future__ import annotations

from django.forms import DateInput
from django.utils.translation import gettext as _

from accounts.models import User
from assistance.engagements.models import Engagement
from assistance.engagements.states import DONE
from assistance.programmes.models import Programme
from core import access
from core.validators import PrintableModelForm
from countries.models import Country
from portal.news.models import NewsItem, NewsText
from portal.news.services import follow_texts

MOST_ENGAGEMENTS = 200  # that are offered, the last delivered first


class NewsForm(PrintableModelForm[NewsItem]):
    """What it is about."""

    class Meta:
        model = NewsItem
        fields = ("programme", "happened_on", "engagement", "session", "countries")
        widgets = {"happened_on": DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def __init__(self, *args: object, user: User, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        mine = access.programme_ids(user)
        self.fields["programme"].queryset = Programme.objects.filter(pk__in=mine)  # type: ignore[attr-defined]
        delivered = Engagement.objects.visible_to(user).filter(state__in=DONE).order_by("-id")
        kept = [self.instance.engagement_id] if self.instance.engagement_id else []
        ids = [*delivered.values_list("pk", flat=True)[:MOST_ENGAGEMENTS], *kept]
        self.fields["engagement"].queryset = Engagement.objects.filter(pk__in=ids).order_by("-id")  # type: ignore[attr-defined]
        self.fields["countries"].queryset = Country.objects.in_order()  # type: ignore[attr-defined]
        self.fields["countries"].widget.attrs["size"] = 8


class NewsTextForm(PrintableModelForm[NewsText]):
    """A language."""

    class Meta:
        model = NewsText
        fields = ("title", "text")

    def save(self, commit: bool = True) -> NewsText:
        """Saves the text; what countries agreed to before they agree to no longer."""
        saved: NewsText = super().save(commit)
        follow_texts(saved.item)
        return saved


def language_title(name: str) -> str:
    """The head of the page of a text."""
    return _("Text: %(language)s") % {"language": name}
