"""The product's web application with three addresses more: a bare view, and an empty one behind each
door. For measurements alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment
    from django.http.response import HttpResponseBase

BARE, BY_SESSION, BY_TOKEN = "/benchmark/bare/", "/benchmark/session/", "/benchmark/token/"
COUNT = "X-Count-Queries"  # a header of a call whose queries are to be counted, and of its answer


def by_session(request: HttpRequest) -> HttpResponse:
    """Nothing, for who is signed in."""
    return HttpResponse(b"")


class ByToken(APIView):
    """Nothing, for who sends a token."""

    permission_classes = [IsAuthenticated]

    def get(self, request: Request) -> Response:
        """An empty object."""
        return Response({})


class CountQueries:
    """Says how many statements a call took, where it is asked to."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if COUNT not in request.headers:
            return self.get_response(request)
        statements = 0

        def counted(execute: Callable[..., Any], *args: Any) -> Any:
            nonlocal statements
            statements += 1
            return execute(*args)

        with connection.execute_wrapper(counted):
            response = self.get_response(request)
        response.headers[COUNT] = str(statements)
        return response


urlpatterns = [
    path("benchmark/bare/", by_session),
    path("benchmark/session/", by_session),
    path("benchmark/token/", ByToken.as_view()),
    path("", include("config.urls")),
]


def handlers() -> tuple[WSGIHandler, WSGIHandler]:
    """The addresses above without any middleware, and the product with its own."""
    settings.ROOT_URLCONF, middleware = "benchmark.server", settings.MIDDLEWARE
    settings.MIDDLEWARE = []
    bare = WSGIHandler()
    settings.MIDDLEWARE = ["benchmark.server.CountQueries", *middleware]
    return bare, WSGIHandler()


def make_application() -> Callable[[WSGIEnvironment, StartResponse], Iterable[bytes]]:
    """The door for the web server."""
    bare, product = handlers()

    def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        chosen = bare if environ["PATH_INFO"] == BARE else product
        return chosen(environ, start_response)

    return application
