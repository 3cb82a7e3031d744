"""Changes to the text of a schema file, each at its place: what nobody changes stays as it was written."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from okra.language.syntax import Document

_SPACE = " \t,"


class Edits:
    """What is to be replaced in the text of one file. Places are those of the text as it was."""

    def __init__(self, document: Document) -> None:
        self.text = document.source.text
        self._comments = {comment.start: comment for comment in document.comments}
        self._parts: list[tuple[int, int, str]] = []

    def replace(self, start: int, end: int, text: str) -> None:
        self._parts.append((start, end, text))

    def insert(self, at: int, text: str) -> None:
        """What is inserted at one place stands there in the order of the calls."""
        self._parts.append((at, at, text))

    def remove(self, start: int, end: int) -> None:
        """Take something out, with the space before it: what stands behind it moves to the line above."""
        above = start
        while above and self.text[above - 1] in _SPACE + "\r\n":
            above -= 1
        if "\n" in self.text[above:start] and self._is_commented(above):
            above = self.text.rfind("\n", 0, start) + 1
        self.replace(above, end, "")

    def remove_lines(self, start: int, end: int) -> None:
        """Take something out that stands on lines of its own, with the comments right above and behind it."""
        begin = self.text.rfind("\n", 0, start) + 1
        finish = self._line_end(end)
        if self.text[begin:start].strip(_SPACE) or finish is None:
            self.remove(start, end)
            return
        while begin and (above := self._comment_line(begin)) is not None:
            begin = above
        if begin:  # what is inserted behind it still has its place
            self.replace(begin - 1, finish, "")
        else:
            self.replace(0, min(finish + 1, len(self.text)), "")

    def behind(self, end: int) -> int:
        """Where a new line may begin behind what ends at `end`."""
        finish = self._line_end(end)
        return end if finish is None else finish

    def comments(self, start: int, end: int) -> list[str]:
        """The comments between two places."""
        return [item.text.rstrip() for at, item in self._comments.items() if start <= at < end]

    def applied(self) -> str:
        """The text with all changes in it. A change within another one counts as done by that."""
        found = []
        at = 0
        for start, end, text in sorted(self._parts, key=lambda part: part[:2]):
            if start < at:
                continue
            found += [self.text[at:start], text]
            at = end
        return "".join([*found, self.text[at:]])

    def _is_commented(self, at: int) -> bool:
        """Whether a comment ends at `at`."""
        begin = self.text.rfind("\n", 0, at) + 1
        return any(begin <= start < at for start in self._comments)

    def _line_end(self, end: int) -> int | None:
        """The end of the line, if nothing but a comment stands between it and `end`."""
        at = end
        while at < len(self.text) and self.text[at] in _SPACE + "\r":
            at += 1
        if at in self._comments:
            found = self.text.find("\n", at)
            return len(self.text) if found < 0 else found
        return at if at == len(self.text) or self.text[at] == "\n" else None

    def _comment_line(self, begin: int) -> int | None:
        """Where the line above the one at `begin` begins, if it is a comment and nothing else."""
        above = self.text.rfind("\n", 0, begin - 1) + 1
        first = above
        while first < begin and self.text[first] in _SPACE:
            first += 1
        return above if first in self._comments else None
