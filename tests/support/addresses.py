"""URLs as somebody would write them into a configuration."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from okra.url import DatabaseUrl


def url_text(url: DatabaseUrl) -> str:
    """The whole URL, with its password."""
    user = quote(url.user or "", safe="")
    password = f":{quote(url.password, safe='')}" if url.password is not None else ""
    options = dict(url.options)
    host = url.host or ""
    if host.startswith("/"):
        options["host"], host = host, ""
    port = f":{url.port}" if url.port else ""
    query = "&".join(f"{name}={quote(value, safe='')}" for name, value in options.items())
    return f"{url.provider}://{user}{password}@{host}{port}/{url.database}?{query}"
