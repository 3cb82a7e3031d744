"""A shop on each kind of database, made from its schema and still without rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from places import Place

SHOP = """\
enum Role {
  ADMIN @value("admin")
  MEMBER
}

model User {
  id: ID! @default(uuid)
  email: String! @unique @length(max: 40)
  name: String! @length(max: 20)
  role: Role! @default(MEMBER)
  score: Decimal? @precision(total: 8, scale: 2)
  active: Boolean! @default(true)
  born: Date?
  wakes: Time?
  seenAt: DateTime?
  settings: JSON?
  avatar: Bytes?
  nicks: [String!]
  updatedAt: DateTime! @updatedAt
  posts: [Post!]!
}

model Post {
  id: Int! @id @default(autoincrement)
  title: String! @length(max: 40)
  views: BigInt! @default(0)
  rating: Float?
  author: User! @relation(fields: [authorId], references: [id], onDelete: CASCADE)
  authorId: ID!
  replyTo: Post? @relation(fields: [replyToId], references: [id])
  replyToId: Int?
  replies: [Post!]!
  tags: [Tag!]!
}

model Tag {
  id: Int! @id @default(autoincrement)
  name: String! @unique @length(max: 40)
  posts: [Post!]!
}
"""


@pytest.fixture
def shop(place: Place) -> Place:
    """A declarative database with the tables of SHOP, and an empty folder for seeds."""
    place.configure(migrations={"mode": "declarative"})
    place.schema(SHOP)
    place.must("db:sync", "--yes")
    (place.folder / "seeds").mkdir()
    return place
