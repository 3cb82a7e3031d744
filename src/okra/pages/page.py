"""What `okra explain` knows about one code."""

from __future__ import annotations

import msgspec


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """One page, in Markdown.

    title    what the code means, as a short sentence without a period
    text     why it happens and how to get out
    example  what causes it, or what mends it, as it would be written; None where none helps
    """

    title: str
    text: str
    example: str | None = None
