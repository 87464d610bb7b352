"""What a field for files says may be sent is what is taken."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from files import content_type
from tests import make
from tests.make import People


@pytest.mark.django_db
def test_the_help_beside_a_file_names_the_bound_of_this_installation_and_every_kind(
    people: People, client: Client, settings: Any
) -> None:
    settings.ATTACHMENT_MOST_BYTES = 3 * 1024 * 1024
    client.force_login(people.kenya)
    letter = client.get(
        reverse("request_edit", args=[make.draft(people.kenya).pk, "authority"])
    ).content.decode()
    client.force_login(people.officer)
    deed = client.get(make.engagement(people.officer).get_absolute_url()).content.decode()
    for page in (letter, deed):
        assert f"At most 3 MB: {content_type.ALLOWED}." in page and "10 MB" not in page
