"""Pages of the codes about `okra build` and bundles: OKR710 to OKR729."""

from __future__ import annotations

from okra.pages.page import Page

PAGES = {
    "OKR710": Page(
        title="a bundle can't be read",
        text="""\
The file that `--package` names, or the one that `okra build` would add to, is not there or can't be opened.""",
        example="okra build --out dist/shop.okra.pkg",
    ),
    "OKR711": Page(
        title="a file is no bundle, or not to be trusted",
        text="""\
A bundle is a gzipped tar file. It is checked as a whole before anything of it is used, as if a stranger had made it: refused
are names that lead out of it (`..`, `/etc/passwd`, `C:`) or are no names on other systems, two names that differ in
upper and lower case alone, a name for both a file and a folder, links and devices, more than 10,000 entries, more than 100 MB, and
what is packed so tightly that it could only be meant to fill a disk. `okra build` writes no such thing, and adds to none. A file
that is cut off was not copied whole. What follows a tar file's end, as where two were put behind one another, is not read by
all programs: make one of them.""",
    ),
    "OKR712": Page(
        title="a bundle would become too large",
        text="""\
More than 10,000 entries, 100 MB, or 100 times as much as the file itself has are not read again, so they are not written. Each migration holds a snapshot of the whole
schema: a long history of a large schema adds up. Squash the migrations that every database has.""",
        example="okra db:migrate:squash --before 2024-01-01",
    ),
    "OKR713": Page(
        title="a file holds nothing that OKRA wrote",
        text="""\
`okra.manifest.json` in a bundle lists what OKRA has put there. Without it there are no migrations in the file, whatever else it
holds; a newer format is read by the version of OKRA that wrote it, and by later ones.""",
        example="okra build",
    ),
    "OKR714": Page(
        title="a bundle is not as it was written",
        text="""\
The manifest has the SHA-256 of each of OKRA's entries. One of them is missing or has other bytes, so nothing of the bundle
is used. Change the schema or the migrations where they lie, and build again.""",
        example="okra build",
    ),
    "OKR715": Page(
        title="a bundle has no room for two directories of one provider",
        text="""\
Two environments of a database keep migrations for the same provider in different directories. `okra db:migrate:up --package`
would not know which are meant.""",
    ),
    "OKR716": Page(
        title="a bundle has not what is asked for",
        text="""\
It holds the migrations of each database for each provider that they were written for. The URL or `--provider` says which provider
is meant, the configuration or `--database` which database.""",
        example="okra db:migrate:up --package shop.okra.pkg --url postgres://localhost/shop",
    ),
    "OKR717": Page(
        title="the schema has changes that no migration makes",
        text="""\
A bundle says what the models are and holds the migrations that lead there. Where the one does not follow from the other, the
service would be deployed with types that its database does not fit.""",
        example="okra db:migrate:generate\nokra build",
    ),
    "OKR718": Page(
        title="the service's name can't be the name of a file",
        text="""\
The bundle is called after the `name` in okra.service.json or okra.json. With a slash in it, for example, it would lie elsewhere.""",
        example="okra build --out shop.okra.pkg",
    ),
    "OKR720": Page(
        title="the service's schema would have two things of one name",
        text="""\
`okra models:service` makes a type of each model, and inputs and a service called after it: `Post`, `CreatePostInput`,
`UpdatePostInput`, `PostService`. A model or an enum has one of these names already.""",
    ),
    "OKR719": Page(
        title="there is no room for the migrations of a bundle",
        text="""\
`okra db:migrate:up --package` checks a bundle, and then writes its migrations to a folder of their own among the temporary files; it is
gone when the command ends. There is no such folder that can be written, or its disk is full. `TMPDIR` names another one; in
a container whose files can't be changed, mount a small one in memory.""",
        example="TMPDIR=/var/tmp okra db:migrate:up --package shop.okra.pkg",
    ),
}
