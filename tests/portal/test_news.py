"""News: written, reviewed, published by somebody else, and naming a country only as it agreed."""

from __future__ import annotations

import io
import threading
from html import unescape
from time import sleep
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from accounts.models import Role, User
from assistance.publications.services import set_publication
from core.workflow.exceptions import ActionNotAllowed, DomainError
from countries.models import Country
from notifications.models import Notification
from portal.news.models import NewsItem, NewsText
from portal.news.services import (
    agree_to_text,
    countries_to_ask,
    follow_texts,
    move_news,
    take_agreement_back,
)
from tests import make
from tests.databases import connect
from tests.make import People
from tests.portal.public_world import HOME, read, released, world

people = world  # the fixture
LIST = f"{HOME}news/"
TITLE = "Judges met in Nairobi"


def written(author: User, *countries: str, language: str = "en") -> NewsItem:
    """A draft with a text, which names countries."""
    item = NewsItem.objects.create(
        programme=make.programme(), happened_on="2026-10-01", author=author
    )
    item.countries.set(Country.objects.filter(iso3__in=countries))
    NewsText.objects.create(item=item, language=language, title=TITLE, text="They spoke.")
    follow_texts(item)
    return item


def reviewed(people: People, *countries: str) -> NewsItem:
    """One in review."""
    return move_news(people.officer, written(people.officer, *countries).pk, "send_to_review")


def test_news_are_read_once_published_and_not_once_withdrawn(people: People) -> None:
    item = reviewed(people)
    assert TITLE not in read(LIST)
    move_news(people.manager, item.pk, "publish")
    assert TITLE in read(LIST)
    path = f"{LIST}{item.key}/"
    assert "They spoke." in read(path) and people.officer.name not in read(path)
    read(f"/fr/cybercrime/news/{item.key}/", 404)
    assert TITLE not in read("/fr/cybercrime/news/")
    assert f"{item.key}" in read(f"{LIST}feed.atom") and "They spoke." in read(f"{LIST}feed.atom")
    assert TITLE not in read("/fr/cybercrime/news/feed.atom")
    move_news(people.manager, item.pk, "withdraw")
    assert TITLE not in read(LIST) and TITLE not in read(f"{LIST}feed.atom")
    read(path, 404)


def test_managers_publish_and_not_what_they_wrote_where_another_can(people: People) -> None:
    item = reviewed(people)
    for user in (people.officer, people.kenya, people.administrator):
        with pytest.raises(ActionNotAllowed):
            move_news(user, item.pk, "publish")
    mine = written(people.manager)
    with pytest.raises(DomainError, match="cannot be done now"):
        move_news(people.manager, mine.pk, "publish")
    move_news(people.manager, mine.pk, "send_to_review")
    other = make.staff(Role.MANAGER, name="Other manager")
    with pytest.raises(DomainError, match="Somebody else publishes"):
        move_news(people.manager, mine.pk, "publish")
    move_news(other, mine.pk, "publish")
    blank = NewsItem.objects.create(
        programme=make.programme(), happened_on="2026-10-01", author=people.officer
    )
    with pytest.raises(DomainError, match="one language at least"):
        move_news(people.officer, blank.pk, "send_to_review")


def test_a_country_is_named_as_it_agreed_and_no_longer(people: People) -> None:
    item = reviewed(people, "KEN", "FJI")
    asked = Notification.objects.filter(kind="news.agreement")
    assert {row.user for row in asked} == {people.kenya, people.fiji}
    assert not any(TITLE in row.subject + row.body for row in asked)
    with pytest.raises(DomainError, match=r"Fiji.*Kenya"):
        move_news(people.manager, item.pk, "publish")
    agree_to_text(people.fiji, item, item.text_mark)
    case = released(people, make.submitted(people.kenya), publish="title")
    move_news(people.manager, item.pk, "publish")
    assert TITLE in read(LIST)
    make.do(people.kenya, case, "set_consent", publish="nothing")
    assert TITLE not in read(LIST), "what let it name the country is gone"
    set_publication(
        people.kenya, case.country, case.programme, has_page=True, names_institution=False
    )
    page = read(f"{LIST}{item.key}/")
    assert f"{HOME}countries/KEN/" in page and f"{HOME}countries/FJI/" not in page
    take_agreement_back(people.fiji, item)
    assert TITLE not in read(LIST)


def test_what_changed_since_is_not_agreed_to(people: People) -> None:
    item = reviewed(people, "KEN")
    agree_to_text(people.kenya, item, item.text_mark)
    move_news(people.officer, item.pk, "return_to_draft")
    browser = Client()
    browser.force_login(people.officer)
    path = reverse("news_text", args=[item.pk, "en"])
    seen = read(path, client=browser).split('name="seen" value="')[1].split('"')[0]
    sent = {"title": TITLE, "text": "They quarrelled.", "seen": seen}
    assert browser.post(path, sent).status_code == 302
    move_news(people.officer, item.pk, "send_to_review")
    with pytest.raises(DomainError, match="Kenya"):
        move_news(people.manager, item.pk, "publish")


def test_as_much_is_asked_for_one_named_country_as_for_many(people: People) -> None:
    def asked(*names: str) -> int:
        item = written(people.officer, *names)
        with CaptureQueriesContext(connection) as queries:
            countries_to_ask(item)
        return len(queries)

    assert asked("KEN") == asked("KEN", "FJI", "GHA", "TUV") == 4


def test_a_text_is_not_written_while_its_item_goes_into_review(people: People) -> None:
    item = written(people.officer)
    path = reverse("news_text", args=[item.pk, "en"])
    browser = Client()
    browser.force_login(people.officer)
    seen = read(path, client=browser).split('name="seen" value="')[1].split('"')[0]
    sent = {"title": TITLE, "text": "Changed unseen.", "seen": seen}
    answers: list[int] = []

    def write() -> None:
        answers.append(browser.post(path, sent).status_code)
        connections.close_all()

    with connect(connection.settings_dict["NAME"], "postgres") as other:
        with other.transaction():
            moved = "UPDATE portal_newsitem SET state = 'in_review' WHERE id = %s"
            other.execute(moved, [item.pk])
            writer = threading.Thread(target=write)
            writer.start()
            for _attempt in range(200):
                if other.execute("SELECT count(*) FROM pg_locks WHERE NOT granted").fetchone() != (
                    0,
                ):
                    break
                sleep(0.02)
            else:
                pytest.fail("the writer was not held")
        writer.join(20)
    assert answers == [404] and item.texts.get().text == "They spoke."


def test_pages_are_for_their_readers(people: People) -> None:
    draft = written(people.officer, "KEN")
    path = draft.get_absolute_url()
    browser = Client()
    for user, code in (
        (people.officer, 200),
        (people.manager, 200),
        (people.kenya, 404),
        (people.fiji, 404),
        (make.user(Role.OFFICER), 404),
    ):
        browser.force_login(user)
        assert browser.get(path).status_code == code, user
        assert (TITLE in read("/news/", client=browser)) == (code == 200), user
    move_news(people.officer, draft.pk, "send_to_review")
    browser.force_login(people.kenya)
    assert TITLE in read(path, client=browser)
    act = reverse("news_act", args=[draft.pk, "agree"])
    unseen = browser.post(act, {"seen": "another text"}, follow=True).content.decode()
    assert "The text has changed since you read it." in unseen and not draft.agreements.exists()
    seen = {"seen": NewsItem.objects.get().text_mark}
    assert seen["seen"] in read(path, client=browser)
    assert "Done." in browser.post(act, seen, follow=True).content.decode()
    assert "Your country agreed to this text." in read(path, client=browser)
    refused = browser.post(reverse("news_act", args=[draft.pk, "publish"]), follow=True)
    assert "the programme’s own staff" in unescape(refused.content.decode())
    browser.force_login(people.fiji)
    assert browser.post(act).status_code == 404


def picture_file() -> SimpleUploadedFile:
    """A photograph with the place where it was taken."""
    exif = Image.Exif()
    exif[0x010F] = "Camera of Zanzibar"
    exif.get_ifd(0x8825)[2] = (1.0, 2.0, 3.0)
    body = io.BytesIO()
    Image.new("RGB", (1600, 900), "teal").save(body, "JPEG", exif=exif)
    assert b"Zanzibar" in body.getvalue()
    return SimpleUploadedFile("a.jpg", body.getvalue(), content_type="image/jpeg")


PICTURE: dict[str, Any] = {
    "taken_by": "Anna Rossi",
    "agreement": "Asked on 1 October; the forms are in the folder.",
    "all_agreed": "on",
    "no_children": "on",
    "description_en": "Three judges at a table.",
}


def test_a_picture_is_shown_made_anew_and_gone_once_removed(people: People) -> None:
    item = written(people.officer)
    browser = Client()
    browser.force_login(people.officer)
    path = reverse("news_picture_new", args=[item.pk])
    for left_out in ("taken_by", "agreement", "all_agreed", "no_children", "description_en"):
        wrong = {k: v for k, v in PICTURE.items() if k != left_out}
        answer = browser.post(path, {**wrong, "picture": picture_file()})
        assert answer.status_code == 422 and not item.pictures.exists(), left_out
    for body in (b"no picture", picture_file().read()[:900]):
        upload = SimpleUploadedFile("a.jpg", body, content_type="image/jpeg")
        answer = browser.post(path, {**PICTURE, "picture": upload})
        assert answer.status_code == 422 and not item.pictures.exists()
    assert browser.post(path, {**PICTURE, "picture": picture_file()}).status_code == 302
    found = item.pictures.get()
    move_news(people.officer, item.pk, "send_to_review")
    public = f"{LIST}pictures/{found.key}/large.jpg"
    read(public, 404)
    move_news(people.manager, item.pk, "publish")
    page = read(f"{LIST}{item.key}/")
    assert 'alt="Three judges at a table."' in page and "Anna Rossi" in page
    assert PICTURE["agreement"] not in page
    for size, width in (("small", 480), ("large", 1200)):
        answer = Client().get(public.replace("large", size))
        assert answer.headers["Content-Type"] == "image/jpeg" and b"Zanzibar" not in answer.content
        with Image.open(io.BytesIO(answer.content)) as shown:
            assert shown.width == width and not shown.getexif()
    read(public.replace("large", "original"), 404)
    other = Client()
    for user, code in ((people.kenya, 404), (make.user(Role.OFFICER), 404)):
        other.force_login(user)
        remove = reverse("news_picture_remove", args=[item.pk, found.pk])
        assert other.post(remove).status_code == code
    assert browser.post(remove).status_code == 302
    read(public, 404)
    assert "Three judges" not in read(f"{LIST}{item.key}/")
    assert browser.post(path, {**PICTURE, "picture": picture_file()}).status_code == 404
    item.pictures.create(taken_by="x", agreement="x", width=1, height=1, added_by=people.officer)
    move_news(people.manager, item.pk, "withdraw")
    assert not item.pictures.exists()
    history = apps.get_model("portal", "NewsPictureEvent")
    assert not {"small", "large"} & {field.name for field in history._meta.get_fields()}


def test_a_draft_takes_over_what_a_delivered_engagement_says(people: People) -> None:
    deed = make.engagement(people.officer, make.part(days=1, KEN={"women": 1, "men": 1}))
    browser = Client()
    browser.force_login(people.officer)
    path = f"/news/new/?engagement={deed.pk}"
    assert f'value="{deed.pk}" selected' not in read(path, client=browser), "not delivered yet"
    make.engagement_services.perform_action(people.officer, deed.pk, "deliver", {"outcome": "x"})
    assert path in read(deed.get_absolute_url(), client=browser)
    page = read(path, client=browser)
    kenya = Country.objects.get(iso3="KEN").pk
    assert f'value="{deed.pk}" selected' in page and f'value="{kenya}" selected' in page
    for odd in ("x", "-1", "9" * 30):
        read(f"/news/new/?engagement={odd}&session={odd}", client=browser)


WRONG: tuple[tuple[dict[str, Any], str], ...] = (
    ({"happened_on": ""}, "This field is required."),
    ({"happened_on": "soon"}, "Enter a valid date."),
    ({"programme": "999"}, "valid choice"),
    ({"countries": ["999"]}, "valid choice"),
)


def test_what_is_wrong_in_the_form_is_said(people: People) -> None:
    browser = Client()
    browser.force_login(people.officer)
    sent = {"programme": make.programme().pk, "happened_on": "2026-10-01", "seen": ""}
    page = read("/news/new/", client=browser)
    sent["seen"] = page.split('name="seen" value="')[1].split('"')[0] if "seen" in page else ""
    for changes, sentence in WRONG:
        wrong = browser.post("/news/new/", sent | changes)
        assert wrong.status_code == 422 and sentence in unescape(wrong.content.decode()), changes
    assert not NewsItem.objects.exists()
    right = browser.post("/news/new/", sent, follow=True)
    assert right.status_code == 200 and NewsItem.objects.get().author == people.officer
