"""A client of the API, as programs use it."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

ROOT = "/api/v1/"


class Api:
    """Speaks in somebody's name; paths are those behind `/api/v1/`."""

    def __init__(self, user: Any) -> None:
        self.client = APIClient()
        self.client.force_login(user)

    def get(self, path: str, **query: Any) -> Any:
        """The response."""
        return self.client.get(path if path.startswith("http") else ROOT + path, query)

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        """With JSON; headers are written with underscores."""
        return self.client.post(
            ROOT + path, {} if body is None else body, format="json", headers=named(headers)
        )

    def patch(self, path: str, body: Any, **headers: str) -> Any:
        """The same for a change."""
        return self.client.patch(ROOT + path, body, format="json", headers=named(headers))

    def rows(self, path: str, **query: Any) -> list[Any]:
        """The results of a list."""
        response = self.get(path, **query)
        assert response.status_code == 200, response.data
        return list(response.data["results"])


def named(headers: dict[str, str]) -> dict[str, str]:
    """`if_match` as `If-Match`."""
    return {name.replace("_", "-"): value for name, value in headers.items()}


def queries_of(user: Any, path: str) -> int:
    """How many queries an answer takes, the second time that it is asked for."""
    api = Api(user)
    assert api.get(path).status_code == 200
    with CaptureQueriesContext(connection) as queries:
        api.get(path)
    return len(queries)
