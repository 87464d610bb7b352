"""Single sign-on by OpenID Connect: for people whom an administrator has made, and nobody else.

Rules: OpenID Connect Core 1.0, sections 3.1.3.7 (ID token) and 5.3.2 (userinfo); Discovery 1.0,
section 4.3 (issuer).
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Mapping

import jwt
import requests
from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from accounts.models import User
from core.types import JsonObject

logger = logging.getLogger(__name__)
# by public key only
ALGORITHMS = [
    "RS256",
    "RS384",
    "RS512",
    "PS256",
    "PS384",
    "PS512",
    "ES256",
    "ES384",
    "ES512",
    "EdDSA",
]
LEEWAY = 60  # seconds by which the clocks of both sides may differ


class Provider(OpenIDConnectOAuth2Adapter):
    """Asks the provider who somebody is, and checks what the library leaves to trust in the line."""

    def complete_login(
        self,
        request: HttpRequest,
        app: SocialApp,
        token: SocialToken,
        *,
        response: Mapping[str, str],
        **kwargs: object,
    ) -> SocialLogin:
        """Who it is: by a digest of issuer and subject, with the verified address alone. Nothing
        else of the provider's answer is kept.

        Raises OAuth2Error for an ID token that is missing or does not hold, and for userinfo about
        somebody else.
        """
        if not response.get("id_token"):
            raise OAuth2Error("no id_token")
        claims = self._decode_id_token(app, response["id_token"])
        said = (
            self._fetch_user_info(token.token) if "userinfo_endpoint" in self.openid_config else {}
        )
        if said and said.get("sub") != claims["sub"]:
            raise OAuth2Error("userinfo about another subject")
        # another issuer's same subject is somebody else
        uid = hashlib.sha256(f"{claims['iss']}\n{claims['sub']}".encode()).hexdigest()
        login = self.get_provider().sociallogin_from_response(request, {"sub": uid})
        login.account.extra_data = {"issuer": claims["iss"]}
        address = verified_address(said if said.get("email") else claims)
        login.email_addresses = [EmailAddress(email=address, verified=True)] if address else []
        return login

    def _decode_id_token(self, app: SocialApp, id_token: str) -> JsonObject:
        """The claims of a token signed by the provider, for us, now. Raises OAuth2Error."""
        issuer = self.openid_config["issuer"]
        if issuer.rstrip("/") != app.settings["server_url"].rstrip("/"):
            raise OAuth2Error("the provider gives itself another issuer than OIDC_ISSUER")
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
        try:
            kid = jwt.get_unverified_header(id_token).get("kid")
            keys = [
                key
                for key in jwt.PyJWKSet.from_dict(answer.json()).keys
                if kid is None or key.key_id == kid
            ]
            if len(keys) != 1:
                raise OAuth2Error("id_token signed by an unknown key")
            needed = {"require": ["exp", "iat", "iss", "aud", "sub"]}
            return jwt.decode(
                id_token,
                keys[0],
                ALGORITHMS,
                needed,  # type: ignore[arg-type]
                audience=app.client_id,
                issuer=issuer,
                leeway=LEEWAY,
            )
        except jwt.PyJWTError as error:
            raise OAuth2Error("invalid id_token") from error


def verified_address(said: Mapping[str, object]) -> str:
    """The address that the provider has verified, as ours are written; empty without one."""
    address, verified = said.get("email"), said.get("email_verified")
    if not isinstance(address, str) or not (
        verified is True or verified == "true"
    ):  # some providers write it as text
        return ""
    # other letters may fall together with ours in lower case
    return address.lower() if address.isascii() else address


class InvitedOnly(DefaultSocialAccountAdapter):
    """Nobody registers or connects anything: who comes is somebody here already, or is turned away."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Never."""
        return False

    def is_auto_signup_allowed(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Never."""
        return False

    def can_authenticate_by_email(self, login: SocialLogin, email: str) -> bool:
        """Never by the library: `link` below decides."""
        return False

    def get_requests_session(self) -> requests.Session:
        """The library's, with its time limit; no redirect is followed, so that no answer sends us,
        or the client's secret, anywhere else."""
        session: requests.Session = super().get_requests_session()
        session.max_redirects = (
            0  # requests then raises TooManyRedirects, which `answered` makes a page of
        )
        return session

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        """Only the provider of the environment: a row in the database makes none."""
        return [
            app
            for app in super().list_apps(request, provider=provider, client_id=client_id)
            if app.pk is None
        ]

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Goes on for an active person, linked at their first coming; raises ImmediateHttpResponse
        with the refusal for everybody else."""
        known = sociallogin.is_existing or link_subject(sociallogin)
        if (
            not known
            or not sociallogin.user.is_active
            or sociallogin.state.get("process") != "login"
        ):
            logger.warning("Single sign-on refused.")
            raise ImmediateHttpResponse(sign_on_refused(request, sociallogin.provider.name))


def link_subject(login: SocialLogin) -> bool:
    """Links the provider's subject to the active person who signs in with its verified address;
    False where there is none.

    Once only: a second subject with the same address is whoever got that address after them, and is
    refused until an administrator unlinks.
    """
    address = login.email_addresses[0].email if login.email_addresses else ""
    if not address or login.state.get("process") != "login":
        return False
    with transaction.atomic():
        user = User.objects.select_for_update().filter(email=address, is_active=True).first()
        if (
            user is None
            or SocialAccount.objects.filter(
                user=user, extra_data__issuer=login.account.extra_data["issuer"]
            ).exists()
        ):
            return False
        login.user = login.account.user = user
        login.account.save()
    logger.info("Single sign-on linked to user %s.", user.pk)
    return True


def sign_on_refused(request: HttpRequest, name: str) -> HttpResponse:
    """403 with whom to ask: the same words whether an address is unknown, unverified or of somebody
    who has left."""
    return render(request, "socialaccount/refused.html", {"name": name}, status=403)


def answer_or_explain(
    request: HttpRequest,
    provider_id: str,
    view: Callable[[OpenIDConnectOAuth2Adapter], Callable[[HttpRequest], HttpResponse]],
) -> HttpResponse:
    """The view's answer; a page with a sentence where the provider cannot be reached or answers
    what it must not. 404 without such a provider."""
    provider = Provider(request, provider_id)
    try:
        known = provider.get_provider()
    except SocialApp.DoesNotExist:
        raise Http404 from None
    try:
        return view(provider)(request)
    except (
        requests.RequestException,
        ImproperlyConfigured,
        LookupError,
        TypeError,
        ValueError,
    ) as error:
        logger.warning("Single sign-on failed: %s", type(error).__name__)
        page: HttpResponse = render_authentication_error(request, known, exception=error)
        return page


@login_not_required
@require_http_methods(["GET", "POST"])
def start_sign_on(request: HttpRequest, provider_id: str) -> HttpResponse:
    """By POST off to the provider, through a page of ours: `form-action 'self'` would stop a form's
    redirect. By GET a page that asks."""
    wanted = QueryDict(mutable=True)
    if "next" in request.GET:
        wanted["next"] = request.GET["next"]
    request.GET = wanted  # type: ignore[assignment]  # no scope or parameters of a stranger's link
    answer = answer_or_explain(request, provider_id, OAuth2LoginView.adapter_view)
    if answer.status_code == 302 and answer.headers["Location"].startswith(("https://", "http://")):
        name = Provider(request, provider_id).get_provider().name
        address = answer.headers["Location"]
        leaving = render(request, "socialaccount/leaving.html", {"address": address, "name": name})
        leaving.headers["Refresh"] = f"0;url={address}"
        return leaving
    return answer


@login_not_required
def finish_sign_on(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Back from the provider."""
    return answer_or_explain(request, provider_id, OAuth2CallbackView.adapter_view)


@login_not_required
def closed_page(request: HttpRequest, **rest: object) -> HttpResponse:
    """In the place of the library's pages for registering, connecting and changing addresses: an
    administrator does that. Raises Http404."""
    raise Http404
