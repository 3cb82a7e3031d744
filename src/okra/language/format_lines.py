"""The formatted file as it grows: lines, and the source's comments between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from okra.language.syntax import Document

WIDTH = 100


class Lines:
    """Lines of output. `at` is the place in the source up to which everything is written."""

    __slots__ = ("_closed", "_comments", "_next", "at", "out", "text")

    def __init__(self, document: Document) -> None:
        self.text = document.source.text
        self.out: list[str] = []
        self.at = 0
        self._comments = document.comments
        self._next = 0
        self._closed = True

    @property
    def width(self) -> int:
        """How long the current line is."""
        return len(self.out[-1])

    def start(self, indent: int, text: str, at: int) -> None:
        """Begin a line with `text`."""
        self.out.append(" " * indent + text)
        self.at = at
        self._closed = False

    def append(self, text: str, at: int) -> None:
        """Go on with the current line."""
        self.out[-1] += text
        self.at = at

    def blank(self) -> None:
        """Leave one line free, except at the top."""
        if self.out and self.out[-1]:
            self.out.append("")

    def gap(self, start: int) -> bool:
        """Does the source leave a line free between `at` and `start`?"""
        return self.text.count("\n", self.at, start) > 1

    def comment_before(self, end: int) -> bool:
        """Is a comment left that stands before `end`?"""
        return self._next < len(self._comments) and self._comments[self._next].start < end

    def trailing(self, end: int) -> None:
        """Write a comment before `end` that stands behind what was written last, on its line."""
        if self.comment_before(end) and not self._closed:
            comment = self._comments[self._next]
            if "\n" not in self.text[self.at : comment.start]:
                self.comments(comment.start + 1, 0)

    def hoisted(self, start: int, end: int, indent: int) -> None:
        """Write the comments between `start` and `end`, each on a line of its own, no line free."""
        while self.comment_before(end):
            comment = self._comments[self._next]
            self._next += 1
            self.out.append(" " * indent + comment.text.rstrip())
        self.at = start
        self._closed = True

    def comments(self, end: int, indent: int, *, blanks: bool = False) -> bool:
        """Write the comments before `end`; True if there were any.

        One that stands behind something stays behind it, others get a line of their own; a free line
        above stays between two of them, and above the first one if `blanks` says so.
        """
        found = False
        while self.comment_before(end):
            comment = self._comments[self._next]
            self._next += 1
            text = comment.text.rstrip()
            if self._closed or "\n" in self.text[self.at : comment.start]:
                if (found or blanks) and self.gap(comment.start):
                    self.blank()
                self.out.append(" " * indent + text)
            else:
                self.out[-1] += f" {text}"
            self._closed = True
            self.at = comment.start + len(comment.text)
            found = True
        return found
