"""`okra explain`: the page behind an error code."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from okra.cli.options import Shared, okra_command
from okra.cli.render import indented, table
from okra.errors import UsageError
from okra.nearest import nearest
from okra.pages import find_page, pages

if TYPE_CHECKING:
    from okra.pages.page import Page


def _codes(_ctx: click.Context, _argument: click.Parameter, begun: str) -> list[CompletionItem]:
    """The codes that begin with what is typed so far, for the shell."""
    return [
        CompletionItem(code, help=page.title)
        for code, page in pages().items()
        if code.startswith(begun.upper())
    ]


@okra_command(example="okra explain OKR104")
@click.argument("code", required=False, shell_complete=_codes)
def command(shared: Shared, code: str | None) -> None:
    """Explain an error code: what it means, and how to get out. Without a CODE, list them all."""
    if code is None:
        _list(shared, pages())
        return
    wanted = _spelled(code)
    page = find_page(wanted)
    if page is None:
        raise _unknown(code, wanted, pages())
    shared.out.show(_rendered(wanted, page))
    shared.out.document(_value(wanted, page))


def _list(shared: Shared, known: dict[str, Page]) -> None:
    shared.out.show(table([(code, page.title) for code, page in known.items()]))
    shared.out.document({"pages": [_value(code, page) for code, page in known.items()]})


def _spelled(code: str) -> str:
    """`104`, `okr104` and `OKR104` are one code."""
    digits = code.strip("[] ").upper().removeprefix("OKR")
    return f"OKR{digits.zfill(3)}" if digits.isdigit() else code.upper()


def _unknown(code: str, wanted: str, known: dict[str, Page]) -> UsageError:
    near = nearest(wanted, known)
    return UsageError(
        f"there is no code `{code}`",
        code="OKR603",
        help=f"did you mean `{near}`?" if near else "`okra explain` lists all codes",
    )


def _rendered(code: str, page: Page) -> str:
    parts = [f"{code}: {page.title}", page.text.strip()]
    if page.example:
        parts.append("Example:\n\n" + indented(page.example.strip("\n")))
    return "\n\n".join(parts)


def _value(code: str, page: Page) -> dict[str, str | None]:
    return {"code": code, "title": page.title, "text": page.text.strip(), "example": page.example}
