"""Results as JUnit XML: what continuous integration shows of tests."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from okra.trials.running import Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from okra.trials.running import Result

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit(results: Sequence[Result]) -> str:
    """One test suite for each migration."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f"<testsuites name={quoteattr('okra')}{_totals(results)}>",
    ]
    for migration in dict.fromkeys(result.migration for result in results):
        own = [result for result in results if result.migration == migration]
        lines.append(f"  <testsuite name={_attribute(migration)}{_totals(own)}>")
        lines += [line for result in own for line in _case(result)]
        lines.append("  </testsuite>")
    return "\n".join([*lines, "</testsuites>", ""])


def _case(result: Result) -> list[str]:
    file = f" file={_attribute(result.place)}" if result.place else ""
    head = (
        f"    <testcase classname={_attribute(result.migration)} name={_attribute(result.name)}"
        f'{file} time="{result.duration_ms / 1000:.3f}"'
    )
    body = "\n".join(result.details)
    match result.verdict:
        case Verdict.FAILED:
            inner = f"<failure message={_attribute(result.message or '')}>{_text(body)}</failure>"
        case Verdict.SKIPPED:
            inner = f"<skipped message={_attribute(result.message or '')}/>"
        case Verdict.PASSED:
            if not result.notes:
                return [f"{head}/>"]
            inner = f"<system-out>{_text(chr(10).join(result.notes))}</system-out>"
    return [f"{head}>", f"      {inner}", "    </testcase>"]


def _totals(results: Sequence[Result]) -> str:
    failed = sum(1 for each in results if each.verdict is Verdict.FAILED)
    skipped = sum(1 for each in results if each.verdict is Verdict.SKIPPED)
    time = sum(each.duration_ms for each in results) / 1000
    return f' tests="{len(results)}" failures="{failed}" errors="0" skipped="{skipped}" time="{time:.3f}"'


def _attribute(text: str) -> str:
    return quoteattr(_FORBIDDEN.sub("\ufffd", text), {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


def _text(text: str) -> str:
    return escape(_FORBIDDEN.sub("\ufffd", text))
