"""Proxies, as HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY name them, in either case."""

import ipaddress
from importlib.util import find_spec
from typing import Final
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

_SOCKS: Final = {"socks": "socks5", "socks5": "socks5", "socks5h": "socks5", "socks4": "socks4", "socks4a": "socks4"}
SOCKS_PACKAGE: Final = "aiohttp_socks"


class ProxyUnusable(OSError):
    """The proxy that the environment names cannot be used, and why."""


def proxy_for(url: str) -> str | None:
    """Return the proxy for an address, None where it is reached directly; this machine itself always is."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if host == "localhost" or _is_loopback(host):
        return None
    found = getproxies()
    proxy = found.get(parts.scheme) or found.get("all")
    if not proxy or proxy_bypass(host if parts.port is None else f"{host}:{parts.port}"):
        return None
    return proxy if "://" in proxy else f"http://{proxy}"


def socks_of(proxy: str | None) -> str | None:
    """Return the address of a SOCKS proxy as its package writes it, None for another kind."""
    scheme, _, rest = (proxy or "").partition("://")
    known = _SOCKS.get(scheme.lower())
    return f"{known}://{rest}" if known else None


def redacted(proxy: str) -> str:
    """Return the proxy without its user and password."""
    parts = urlsplit(proxy)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"


def require(url: str) -> str | None:
    """Return the proxy for an address, as it may be shown. Raises ProxyUnusable."""
    proxy = proxy_for(url)
    if proxy is None:
        return None
    shown = redacted(proxy)
    if socks_of(proxy) is not None:
        if find_spec(SOCKS_PACKAGE) is None:
            raise ProxyUnusable(f"{shown} needs the package aiohttp-socks")
    elif urlsplit(proxy).scheme.lower() not in {"http", "https"}:
        raise ProxyUnusable(f"{shown} is of no kind that is known")
    if not urlsplit(proxy).hostname:
        raise ProxyUnusable(f"{shown} names no host")
    return shown


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
