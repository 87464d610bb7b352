"""Forms of news."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.forms import DateInput
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from assistance.engagements.models import Engagement
from assistance.engagements.states import DONE
from assistance.programmes.models import Programme
from core import access
from core.validators import PrintableFormMixin, PrintableModelForm
from countries.models import Country
from files.action_fields import CheckedFileField
from files.content_type import checked_type
from files.image_metadata import BrokenPicture, TooManyPixels
from portal.news.models import NewsItem, NewsPicture, NewsText
from portal.news.pictures import PictureSizes, sizes_of
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


class PictureForm(PrintableFormMixin, forms.Form):
    """A picture, described in each language of the item, and that whom it shows agreed."""

    picture = CheckedFileField(
        label=gettext_lazy("Picture"),
        help_text=gettext_lazy("JPEG or PNG. What the camera wrote into it is taken out."),
    )
    taken_by = forms.CharField(label=gettext_lazy("Taken by"), max_length=200)
    agreement = forms.CharField(
        label=gettext_lazy("How everybody who can be recognised agreed"),
        help_text=gettext_lazy("Who asked, when, and where the answers are kept."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    all_agreed = forms.BooleanField(
        label=gettext_lazy("Every person who can be recognised agreed to be shown to the public")
    )
    no_children = forms.BooleanField(label=gettext_lazy("It shows no child"))

    def __init__(self, item: NewsItem, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files)
        names = dict(settings.LANGUAGES)
        self.languages = [text.language for text in item.texts.all()]
        for language in self.languages:
            self.fields[f"description_{language}"] = forms.CharField(
                label=_("What it shows, in words: %(language)s") % {"language": names[language]},
                max_length=300,
            )

    def clean_picture(self) -> PictureSizes:
        """Its two sizes. Raises ValidationError for what is no picture that can be read."""
        upload = self.cleaned_data["picture"]
        kind = checked_type(upload)
        if kind not in ("image/jpeg", "image/png"):
            raise ValidationError(_("This is no picture. Choose a JPEG or a PNG."))
        try:
            return sizes_of(upload.read(), kind)
        except TooManyPixels:
            raise ValidationError(_("This picture is too large. Make it smaller first.")) from None
        except BrokenPicture:
            raise ValidationError(_("This picture cannot be read. Save it anew.")) from None

    def save(self, item: NewsItem, user: User) -> NewsPicture:
        """The picture of the item."""
        given = self.cleaned_data
        sizes: PictureSizes = given["picture"]
        picture = NewsPicture.objects.create(
            item=item,
            descriptions={code: given[f"description_{code}"] for code in self.languages},
            taken_by=given["taken_by"],
            agreement=given["agreement"],
            small=sizes.small,
            large=sizes.large,
            width=sizes.width,
            height=sizes.height,
            added_by=user,
        )
        follow_texts(item)
        return picture


def language_title(name: str) -> str:
    """The head of the page of a text."""
    return _("Text: %(language)s") % {"language": name}
