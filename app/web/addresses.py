"""Addresses that leave the browser (links in mails, QR codes) need the public name of this installation."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from flask import current_app, request, url_for


def public_url(endpoint: str, **values: object) -> str:
    """The full address of a view: under FELDWEG_BASE_URL, or under the address it was asked from."""
    base: str = current_app.extensions["feldweg"].settings.base_url or request.host_url.rstrip("/")
    return base + url_for(endpoint, **values)  # type: ignore[arg-type]


def only_here() -> bool:
    """Whether links and QR codes made now would lead to an address that only this computer knows."""
    base: str = current_app.extensions["feldweg"].settings.base_url or request.host_url
    host = urlsplit(base).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
