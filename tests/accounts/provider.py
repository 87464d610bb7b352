"""A little OpenID provider on a port of its own: discovery, keys, a sign-in that asks nothing,
token, userinfo."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "meridian", "Zk3-pQ8_vR5-tH7-mN2-wX9"


class OpenIdProvider:
    """Vouches for `claims`; `id_claims` go over them in the ID token, `key` signs it.

    What it was asked stands in `asked`.
    """

    def __init__(self) -> None:
        self.key = self.published = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.claims: dict[str, Any] = {}
        self.id_claims: dict[str, Any] = {}
        self.named = ""  # the issuer that it gives itself, where another than its address
        self.codes: dict[str, dict[str, str]] = {}
        self.asked: list[str] = []
        self.elsewhere: dict[str, str] = {}  # paths that only redirect, and where to
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                provider.answer(self, "")

            def do_POST(self) -> None:
                provider.answer(self, self.rfile.read(int(self.headers["Content-Length"])).decode())

            def log_message(self, *words: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True)
        self.thread.start()

    def stop(self) -> None:
        """Frees the port."""
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def answer(self, handler: BaseHTTPRequestHandler, body: str) -> None:
        """One request."""
        address = urlsplit(handler.path)
        self.asked.append(address.path)
        given = {name: values[0] for name, values in parse_qs(body or address.query).items()}
        if address.path in self.elsewhere:
            self.send(handler, 307, {}, self.elsewhere[address.path])
            return
        if address.path == "/authorize":
            self.send(handler, 302, {}, self.authorize(given))
            return
        answers: dict[str, Callable[[], dict[str, Any]]] = {
            "/.well-known/openid-configuration": self.discovery,
            "/keys": self.keys,
            "/token": lambda: self.token(given),
            "/userinfo": lambda: self.claims,
        }
        made = answers[address.path]()
        self.send(handler, 400 if "error" in made else 200, made)

    @staticmethod
    def send(
        handler: BaseHTTPRequestHandler, status: int, what: dict[str, Any], location: str = ""
    ) -> None:
        """JSON, or a redirect."""
        body = json.dumps(what).encode()
        handler.send_response(status)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", str(len(body)))
        if location:
            handler.send_header("Location", location)
        handler.end_headers()
        handler.wfile.write(body)

    def discovery(self) -> dict[str, Any]:
        """Where what is."""
        places = {
            "authorization_endpoint": "authorize",
            "token_endpoint": "token",
            "userinfo_endpoint": "userinfo",
            "jwks_uri": "keys",
        }
        return {
            "issuer": self.named or self.issuer,
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
            **{name: f"{self.issuer}/{path}" for name, path in places.items()},
        }

    def keys(self) -> dict[str, Any]:
        """The public key."""
        key = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.published.public_key()))
        return {"keys": [key | {"kid": "one", "alg": "RS256", "use": "sig"}]}

    def authorize(self, given: dict[str, str]) -> str:
        """Back with a code, which remembers the challenge (RFC 7636)."""
        assert (
            given["client_id"] == CLIENT
            and given["response_type"] == "code"
            and given["code_challenge_method"] == "S256"
        )
        code = secrets.token_urlsafe()
        self.codes[code] = given
        return f"{given['redirect_uri']}?{urlencode({'code': code, 'state': given['state']})}"

    def token(self, given: dict[str, str]) -> dict[str, Any]:
        """The tokens for a code, once, to who shows the secret and the verifier of the challenge."""
        asked = self.codes.pop(given["code"], None)
        proof = (
            base64.urlsafe_b64encode(
                hashlib.sha256(given.get("code_verifier", "").encode()).digest()
            )
            .rstrip(b"=")
            .decode()
        )
        if asked is None or given["client_secret"] != SECRET or proof != asked["code_challenge"]:
            return {"error": "invalid_grant"}
        now = int(time.time())
        claims = {
            "iss": self.named or self.issuer,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 60,
            **self.claims,
            **self.id_claims,
        }
        token = jwt.encode(claims, self.key, "RS256", headers={"kid": "one"})
        return {
            "access_token": secrets.token_urlsafe(),
            "token_type": "Bearer",
            "expires_in": 60,
            "id_token": token,
        }
