"""A shop with rows, and the schemas that it is synced to."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from places import Place

SHOP = """\
enum Level { BASIC GOLD }

model User {
  id: Int! @id @default(autoincrement)
  email: String! @length(max: 40)
  nick: String? @length(max: 40)
  level: Level! @default(BASIC)
  posts: [Post!]!
}

model Post {
  id: Int! @id @default(autoincrement)
  title: String! @length(max: 40)
  userId: Int!
  user: User! @relation(fields: [userId], references: [id], onDelete: CASCADE)
}
"""
LOGS = "\nmodel OldLog {\n  id: Int! @id\n}\n"
ROWS = """\
INSERT INTO users (id, email, nick) VALUES (1, 'a@x', 'n1'), (2, 'b@x', NULL), (3, 'c@x', 'n3');
INSERT INTO posts (id, title, user_id) VALUES (1, 'p1', 1), (2, 'p2', 1), (3, 'p3', 2);
"""


def declared(place: Place, **migrations: object) -> None:
    """Configure the place for `okra db:sync`."""
    place.configure(migrations={"mode": "declarative"} | migrations)
