"""A list's filters under a name: run and counted as whoever opens them."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Role, User
from assistance.programmes.models import ProgrammeMembership
from assistance.saved_views.models import SavedView
from assistance.saved_views.services import MOST
from core.db.country_role import as_country
from tests import make
from tests.make import People

pytestmark = pytest.mark.django_db
SAVE = reverse("view_save")


def signed_in(user: User) -> Client:
    """At a browser."""
    client = Client()
    client.force_login(user)
    return client


def save(user: User, query: str = "state=under_review", **changes: str) -> Any:
    """What the form beside a list's filters sends."""
    sent = {"list": "requests", "name": "To review", "query": query} | changes
    return signed_in(user).post(SAVE, sent, follow=True)


def home(user: User) -> Any:
    """Somebody's first page."""
    return signed_in(user).get(reverse("home"))


def test_a_view_is_saved_opened_counted_and_removed(people: People) -> None:
    make.advanced(people, "under_review", title="Under review now")
    make.submitted(people.kenya, title="Just submitted")
    page = signed_in(people.officer).get("/requests/?state=under_review").content.decode()
    assert "Save this view" in page
    assert "Save this view" not in signed_in(people.officer).get("/requests/").content.decode()
    answer = save(people.officer)
    assert "Saved as “To review”" in answer.content.decode()
    (shown,) = home(people.officer).context["views"]
    assert (shown.view.name, shown.count, shown.is_more) == ("To review", 1, False)
    opened = signed_in(people.officer).get(shown.view.get_absolute_url(), follow=True)
    text = opened.content.decode()
    assert "Under review now" in text and "Just submitted" not in text
    client = signed_in(people.officer)
    assert client.post(reverse("view_remove", args=[shown.view.pk])).status_code == 302
    assert not SavedView.objects.exists()


def test_a_view_is_its_owners_alone_unless_it_is_shared(people: People) -> None:
    save(people.officer)
    view = SavedView.objects.get()
    others = (people.manager, make.staff(Role.OFFICER), people.kenya, make.user(Role.OFFICER))
    for other in others:
        assert signed_in(other).get(view.get_absolute_url()).status_code == 404
        assert not home(other).context["views"]
    save(people.officer, shared="1")
    assert [other for other in others if home(other).context["views"]] == list(others[:2])
    client = signed_in(people.manager)
    assert client.post(reverse("view_remove", args=[view.pk])).status_code == 404


def test_focal_points_have_their_own_and_share_none(people: People) -> None:
    save(people.kenya, "open=yes", shared="1")
    assert SavedView.objects.get().is_shared is False
    with as_country(people.fiji):
        assert not SavedView.objects.exists()
    with as_country(people.kenya):
        assert SavedView.objects.count() == 1


def test_a_filter_that_the_reader_may_not_use_is_left_out_and_said(people: People) -> None:
    save(people.officer, f"state=under_review&officer={people.officer.pk}", shared="1")
    view = SavedView.objects.get()
    SavedView.objects.filter(pk=view.pk).update(query=view.query + "&pillar=gone&unknown=1")
    opened = signed_in(people.manager).get(view.get_absolute_url(), follow=True)
    assert "2 filters of “To review” do not apply to you and were left out." in (
        opened.content.decode()
    )
    assert "pillar" not in opened.redirect_chain[-1][0]


def test_a_view_shows_each_reader_their_own_rows(people: People) -> None:
    make.advanced(people, "under_review")
    save(people.officer, shared="1")
    stranger = make.user(Role.OFFICER)
    own = make.programme()
    other = make.Programme.objects.create(
        code="other", title="Another programme", eligible_group=own.eligible_group
    )
    ProgrammeMembership.objects.create(
        user=stranger, programme=other, role="officer", valid_from=make.LONG_AGO
    )
    SavedView.objects.update(programme=other)
    (shown,) = home(stranger).context["views"]
    assert shown.count == 0


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": "  "}, "Give the view a name."),
        ({"query": ""}, "there is nothing to save"),
        ({"query": "page=3&filters=open"}, "there is nothing to save"),
    ],
)
def test_what_cannot_be_saved_is_answered_with_a_sentence(
    people: People, changes: dict[str, str], sentence: str
) -> None:
    assert sentence in save(people.officer, **changes).content.decode()
    assert not SavedView.objects.exists()


def test_somebody_keeps_twenty_and_the_same_name_takes_its_place(people: People) -> None:
    for number in range(MOST):
        save(people.officer, name=f"View {number}")
    assert "At most 20 views" in save(people.officer, name="One more").content.decode()
    save(people.officer, "state=accepted", name="View 3")
    assert SavedView.objects.count() == MOST
    assert SavedView.objects.get(name="View 3").query == "state=accepted"


def test_who_works_for_two_programmes_says_with_which_a_view_is_shared(people: People) -> None:
    other = make.Programme.objects.create(
        code="other", title="Other", eligible_group=make.programme().eligible_group
    )
    ProgrammeMembership.objects.create(
        user=people.officer, programme=other, role="officer", valid_from=make.LONG_AGO
    )
    assert "Say with which programme" in save(people.officer, shared="1").content.decode()
    assert not SavedView.objects.exists()
    save(people.officer, shared="1", programme=str(make.programme().pk))
    assert SavedView.objects.get().programme == make.programme()


def test_ones_own_views_stand_before_all_that_are_shared(people: People) -> None:
    for number in range(MOST):
        save(make.staff(Role.OFFICER), name=f"A {number}", shared="1")
    save(people.officer, name="Z of my own")
    shown = [counted.view.name for counted in home(people.officer).context["views"]]
    assert shown[0] == "Z of my own" and len(shown) == 11
