"""Speaking to addresses that people name: only to hosts on the internet, at the very address that
was looked at. What is posted follows nothing; what is only looked at follows a redirect after the
same check of where it leads.

Whoever names an address must not reach through Meridian what only Meridian can reach (server-side
request forgery): private, loopback and link-local networks are refused unless
WEBHOOK_PRIVATE_NETWORKS says otherwise. The name is resolved once, and the connection goes to what
was checked, so that a name that changes its mind in between gets nowhere.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Mapping
from urllib.parse import SplitResult, urljoin, urlsplit

from django.conf import settings
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext as _

TIMEOUT = 10  # seconds, for reaching the host, and again for its answer
EMBEDDING = ipaddress.ip_network("64:ff9b::/96")  # addresses of IPv4 inside of IPv6 (RFC 6052)
# all of IPv6 that is given to hosts of the internet (RFC 4291 and IANA)
UNICAST = ipaddress.ip_network("2000::/3")
# of protocols and examples, or ways into IPv4: no host of the internet, whatever Python's own list
# says (RFC 6890)
SPECIAL = [
    ipaddress.ip_network(n)
    for n in (
        "2001::/23",
        "2001:db8::/32",
        "2002::/16",
        "3fff::/20",
        "192.0.0.0/24",
        "192.88.99.0/24",
    )
]
PORTS = {"https": 443, "http": 80}
MOST_REDIRECTS = 5
MOST_READ = 64 * 1024  # bytes of an answer that is only looked at
REDIRECTS = (301, 302, 303, 307, 308)
WITHOUT_HEAD = (403, 405, 501)  # of servers that answer HEAD otherwise than GET


class ForbiddenAddress(ValueError):
    """An address that is not posted to; the text is the sentence."""


class BrokenRedirect(http.client.HTTPException):
    """A host that was reached leads to one that is not."""


class PrivateAddress(ForbiddenAddress):
    """An address in a private network."""


def parts_of(url: str) -> SplitResult:
    """The address taken apart.

    Raises ForbiddenAddress for what is no plain address with https (or http, where Meridian does
    not run in production).
    """
    schemes = ("https",) if settings.PRODUCTION else ("https", "http")
    try:
        parts = urlsplit(url)
        port_known = parts.port != 0
    except ValueError:
        raise ForbiddenAddress(
            _("Write an address such as https://example.org/meridian.")
        ) from None
    if (
        any(not "!" <= c <= "~" for c in url)
        or parts.scheme not in schemes
        or not parts.hostname
        or not port_known
    ):
        raise ForbiddenAddress(_("Write an address such as https://example.org/meridian."))
    if parts.username is not None or parts.password is not None or parts.fragment:
        raise ForbiddenAddress(_("Leave names, passwords and what follows # out of the address."))
    return parts


def is_public(address: str) -> bool:
    """Whether an IP address is one of the internet; the two wrappings of IPv4 in IPv6 that systems
    use stand for what they wrap."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped is not None or ip in EMBEDDING:
            return is_public(str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
        if ip not in UNICAST:
            return False
    return ip.is_global and not ip.is_multicast and not any(ip in network for network in SPECIAL)


def resolve_address(parts: SplitResult) -> str:
    """One IP address of the host.

    Raises Refused where any of its addresses is not of the internet; OSError where it has none.
    """
    port = parts.port or PORTS[parts.scheme]
    found = [
        str(entry[4][0])
        for entry in socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    ]
    if not settings.WEBHOOK_PRIVATE_NETWORKS and not all(is_public(a) for a in found):
        raise PrivateAddress(
            _(
                "This address lies in a private network. Only addresses on the internet are"
                " posted to."
            )
        )
    return found[0]


class Pinned(http.client.HTTPConnection):
    """A connection to one IP address in the name of a host, whose certificate is checked."""

    def __init__(self, parts: SplitResult, address: str) -> None:
        super().__init__(str(parts.hostname), parts.port or PORTS[parts.scheme], timeout=TIMEOUT)
        self.address, self.secure = address, parts.scheme == "https"
        self.default_port = PORTS[parts.scheme]
        self.timer: threading.Timer | None = None

    def connect(self) -> None:
        """To the address, not to whatever the name says by now."""
        plain = socket.create_connection((self.address, self.port), TIMEOUT)
        if self.secure:
            secured = ssl.create_default_context().wrap_socket(
                plain, server_hostname=self.host, do_handshake_on_connect=False
            )
            self.limit(secured)
            secured.do_handshake()
            self.sock = secured
        else:
            self.limit(plain)
            self.sock = plain

    def limit(self, line: socket.socket) -> None:
        """Ends the line in time, however slowly the other side speaks."""
        self.timer = threading.Timer(TIMEOUT, break_off, [line])
        self.timer.daemon = True
        self.timer.start()

    def close(self) -> None:
        """Ends it, and the watch over it."""
        if self.timer is not None:
            self.timer.cancel()
        super().close()


def break_off(line: socket.socket) -> None:
    """From another thread: who waits for an answer gets an error."""
    try:
        line.shutdown(socket.SHUT_RDWR)
    except OSError:  # it is over already
        return


def target_of(parts: SplitResult) -> str:
    """What the first line of a request names."""
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def look_at(url: str) -> int:
    """The status that an address answers with, asked by HEAD, and by GET where a server knows no
    HEAD. Redirects are followed, each checked like the address itself.

    Raises ForbiddenAddress, OSError or http.client.HTTPException.
    """
    url = iri_to_uri(url)
    for step in range(MOST_REDIRECTS + 1):
        try:
            status, location = ask("HEAD", url)
            if status in WITHOUT_HEAD:
                status, location = ask("GET", url)
            if status not in REDIRECTS or not location:
                return status
            # bytes of a header are read as Latin-1, and are UTF-8 where they are not ASCII
            url = urljoin(url, iri_to_uri(location.encode("latin-1").decode(errors="replace")))
        except OSError as error:
            if step:
                raise BrokenRedirect(str(error)) from error
            raise
        except PrivateAddress:
            raise PrivateAddress(_("It leads into a private network.")) from None
        except ValueError:
            raise ForbiddenAddress(
                _("It leads to an address that is not https, or cannot be read.")
            ) from None
    raise ForbiddenAddress(_("It leads from one address to the next without end."))


def ask(method: str, url: str) -> tuple[int, str]:
    """Status and redirect of an answer, of which no more is read than `MOST_READ`."""
    parts = parts_of(url.partition("#")[0])
    try:
        address = resolve_address(parts)
    except UnicodeError:  # a name that no host can have
        raise ForbiddenAddress(
            _("Write an address such as https://example.org/meridian.")
        ) from None
    connection = Pinned(parts, address)
    try:
        connection.request(method, target_of(parts), headers={"User-Agent": "Meridian"})
        answer = connection.getresponse()
        answer.read(MOST_READ)
        return answer.status, answer.headers.get("Location", "")
    finally:
        connection.close()


def post_json(url: str, body: bytes, headers: Mapping[str, str]) -> int:
    """The status of the answer; a redirect is an answer like any other.

    Raises Refused, OSError or http.client.HTTPException.
    """
    parts = parts_of(url)
    connection = Pinned(parts, resolve_address(parts))
    try:
        connection.request("POST", target_of(parts), body, dict(headers))
        return connection.getresponse().status
    finally:
        connection.close()
