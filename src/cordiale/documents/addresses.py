"""Which addresses of the network may be asked, and what a host's name stands for.

A page that is read must not make this machine ask itself or its neighbours: every address that a name stands for must
be one of the public internet. The name is resolved once, here; the caller connects to what was checked.
"""

from __future__ import annotations

import ipaddress
import socket
import threading

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


class UnresolvedHost(Exception):
    """A host's name that stands for no address, or not in time. Never leaves this package."""


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet, also where it wraps another (mapped, 6to4, Teredo, NAT64).

    >>> [is_public(a) for a in ("93.184.216.34", "127.0.0.1", "10.0.0.8", "169.254.169.254", "::ffff:127.0.0.1")]
    [True, False, False, False, False]
    """
    try:
        ip: Address = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = [ip.ipv4_mapped, ip.sixtofour, ip.teredo[1] if ip.teredo else None]
        if ip in _NAT64:
            inner.append(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF))
        if any(wrapped is not None and not is_public(str(wrapped)) for wrapped in inner):
            return False
        if ip.ipv4_mapped is not None:
            return True
        if ip.is_site_local:
            return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified or ip.is_loopback)


def resolve(host: str, port: int, seconds: float) -> list[str]:
    """The addresses that a host's name stands for, each once. UnresolvedHost where there are none within `seconds`.

    The system's resolver knows no time limit, so it is asked from a thread that may be left behind.
    """
    found: list[str] = []
    fault: list[str] = []

    def ask() -> None:
        try:
            for *_, where in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
                found.append(str(where[0]))
        except (OSError, UnicodeError) as error:
            fault.append(getattr(error, "strerror", None) or str(error))

    thread = threading.Thread(target=ask, daemon=True, name="cordiale-resolve")
    thread.start()
    thread.join(max(seconds, 0))
    if thread.is_alive():
        raise UnresolvedHost("no answer from the name server in time")
    if fault or not found:
        raise UnresolvedHost(fault[0].lower() if fault else "no address")
    return list(dict.fromkeys(found))
