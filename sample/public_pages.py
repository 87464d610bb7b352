"""What the sample shows the public beside requests: a country's page and two news items, which name
no country and no person."""

from __future__ import annotations

from datetime import timedelta

from accounts.models import User
from assistance.models import Programme
from assistance.publications.models import CountryPublication
from countries.models import Country
from portal.news.models import NewsItem, NewsText
from portal.news.services import follow_texts, move_news

OFFICER, MANAGER = "officer@example.org", "manager@example.org"
SPEAKER = "focalpoint.ken@example.org"
WITH_PAGE = "KEN"  # of the country whose focal point the sample signs in as
# days ago, and title and text by language
NEWS: tuple[tuple[int, dict[str, tuple[str, str]]], ...] = (
    (
        20,
        {
            "en": (
                "Trainers of three regions agree on one course",
                "Trainers from three regions went through their courses on electronic evidence and"
                " agreed on one outline. It is free to use, and will be tried before the summer.",
            ),
            "fr": (
                "Les formateurs de trois régions s’accordent sur un cours commun",
                "Des formateurs de trois régions ont comparé leurs cours sur la preuve électronique"
                " et arrêté un plan commun. Il est libre d’usage et sera essayé avant l’été.",
            ),
            "es": (
                "Formadores de tres regiones acuerdan un curso común",
                "Formadores de tres regiones compararon sus cursos sobre prueba electrónica y"
                " acordaron un programa común. Es de uso libre y se probará antes del verano.",
            ),
            "ar": (
                "مدربون من ثلاث مناطق يتفقون على دورة واحدة",
                "راجع مدربون من ثلاث مناطق دوراتهم في الأدلة الإلكترونية واتفقوا على مخطط واحد متاح"
                " مجاناً، وسيُجرَّب قبل الصيف.",
            ),
            "ru": (
                "Преподаватели трех регионов согласовали единый курс",
                "Преподаватели трех регионов сравнили свои курсы по электронным доказательствам и"
                " согласовали единую программу. Она доступна всем и будет опробована до лета.",
            ),
            "zh-hans": (
                "三个地区的培训人员商定统一课程",
                "来自三个地区的培训人员比较了各自的电子证据课程，并商定了统一大纲。大纲可免费使用，将于夏季前试行。",
            ),
        },
    ),
    (
        65,
        {
            "en": (
                "How a request is answered, in five steps",
                "A new page shows what becomes of a request for help, from the letter of a ministry"
                " to its word on whether the need was met.",
            ),
            "ar": (
                "كيف يُجاب على الطلب في خمس خطوات",
                "تبيّن صفحة جديدة مسار طلب المساعدة، من رسالة الوزارة إلى إفادتها بما إذا لُبيت الحاجة.",
            ),
            "fr": (
                "Comment une demande reçoit sa réponse, en cinq étapes",
                "Une nouvelle page montre ce que devient une demande d’aide, de la lettre d’un"
                " ministère à son avis sur la satisfaction du besoin.",
            ),
        },
    ),
)


def add_public_pages(programme: Programme) -> None:
    """Gives a programme public pages, a country a page of its own, and the public two news items."""
    Programme.objects.filter(pk=programme.pk).update(is_public=True)
    officer, manager = (User.objects.get(email=email) for email in (OFFICER, MANAGER))
    today = programme.today()
    CountryPublication.objects.create(
        country=Country.objects.get(iso3=WITH_PAGE),
        programme=programme,
        has_page=True,
        decided_on=today,
        decided_by=User.objects.get(email=SPEAKER),
    )
    for days, texts in NEWS:
        item = NewsItem.objects.create(
            programme=programme, happened_on=today - timedelta(days=days), author=officer
        )
        for language, (title, text) in texts.items():
            NewsText.objects.create(item=item, language=language, title=title, text=text)
        follow_texts(item)
        move_news(officer, item.pk, "send_to_review")
        move_news(manager, item.pk, "publish")
