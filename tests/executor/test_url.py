"""URLs: read strictly, shown masked."""

from __future__ import annotations

import base64
import pickle
import traceback
from pathlib import Path
from urllib.parse import quote, quote_plus

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from okra.errors import UsageError
from okra.url import DatabaseUrl, redact

BASE = Path("/srv/app")
SECRET = "s3cr3t/ä@:#?&%"  # noqa: S105 - nobody's


def parse(text: str) -> DatabaseUrl:
    return DatabaseUrl.parse(text, base=BASE)


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("sqlite://file.db", "/srv/app/file.db"),
        ("sqlite://./data/file.db", "/srv/app/data/file.db"),
        ("sqlite://../file.db", "/srv/file.db"),
        ("sqlite:///var/file.db", "/var/file.db"),
        ("sqlite:////var/file.db", "/var/file.db"),
        ("sqlite://my%20file%3F.db", "/srv/app/my file?.db"),
        ("SQLite://file.db", "/srv/app/file.db"),
        (" sqlite://file.db\n", "/srv/app/file.db"),
        ("sqlite://:memory:", None),
    ],
)
def test_sqlite_paths_start_at_the_base_unless_they_are_absolute(text, path):
    assert parse(text) == DatabaseUrl(provider="sqlite", path=path)


@pytest.mark.parametrize(
    ("text", "url"),
    [
        (
            "postgres://u:p@h:5433/db?sslmode=require&connect_timeout=3",
            DatabaseUrl(
                provider="postgres", host="h", port=5433, user="u", password="p", database="db",  # noqa: S106
                options=(("connect_timeout", "3"), ("sslmode", "require")),
            ),
        ),
        ("postgresql:///db", DatabaseUrl(provider="postgres", database="db")),
        ("mysql://u@h/db", DatabaseUrl(provider="mysql", host="h", user="u", database="db")),
        ("mariadb://[::1]:3306/db", DatabaseUrl(provider="mysql", host="::1", port=3306, database="db")),
        (
            f"postgres://a%40b:{quote(SECRET, safe='')}@h/d%2Fb",
            DatabaseUrl(provider="postgres", host="h", user="a@b", password=SECRET, database="d/b"),
        ),
        ("postgres://u:@h/db", DatabaseUrl(provider="postgres", host="h", user="u", password="", database="db")),
    ],
)  # fmt: skip
def test_servers_are_read_part_by_part(text, url):
    assert parse(text) == url


def test_an_empty_url_is_called_empty():
    with pytest.raises(UsageError) as caught:
        parse(" ")
    assert caught.value.message == "the database URL is empty"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "OKR650"),
        ("file.db", "OKR650"),
        ("oracle://u:hunter2@h/db", "OKR650"),
        ("sqlite://", "OKR650"),
        ("sqlite://folder/", "OKR650"),
        ("sqlite://a%00b", "OKR650"),
        ("sqlite://u:hunter2@h/x.db", "OKR650"),
        ("sqlite://a.db?mode=always", "OKR651"),
        ("sqlite://a.db?sslmode=require", "OKR651"),
        ("sqlite://a.db?mode=ro&mode=rw", "OKR651"),
        ("postgres://u:hunter2@h:port/db", "OKR650"),
        ("postgres://u:hunter2@h:70000/db", "OKR650"),
        ("postgres://u:hunter2/x@h/db", "OKR650"),
        ("postgres://hunter2#x/db", "OKR650"),
        ("postgres://u:12?hunter2=1@h/db", "OKR650"),
        ("postgres://u:hunter2@[::1/db", "OKR650"),
        ("postgres://u:hunter2@h/db?ssl_mode=require", "OKR651"),
        ("postgres://u:hunter2@h/db?password=hunter2", "OKR651"),
        ("postgres://u:hunter2@h/db?sslmode=always", "OKR651"),
        ("postgres://u:hunter2@h/db?ssl-mode=REQUIRED", "OKR651"),
        ("postgres://u:hunter2@h/db?connect_timeout=0", "OKR651"),
        ("postgres://u:hunter2@h/db?connect_timeout=soon", "OKR651"),
        ("postgres://u:hunter2@h/db?schema=a,,b", "OKR651"),
        ("postgres://u:hunter2@h/db?pooler=transaction", "OKR651"),
        ("mysql://u:hunter2@h/db?ssl-mode=ALWAYS", "OKR651"),
        ("mysql://u:hunter2@h/db?ssl_verify_identity=true&sslmode=require", "OKR651"),
        ("mysql://u:hunter2@h/db?charset=latin1", "OKR651"),
        ("mysql://u:hunter2@h/db?schema=a", "OKR651"),
    ],
)
def test_what_cannot_be_read_is_refused_without_showing_it(text, code):
    with pytest.raises(UsageError) as caught:
        parse(text)

    error = caught.value
    assert (error.code, bool(error.help)) == (code, True)
    assert "hunter2" not in error.render()


@pytest.mark.parametrize(
    ("written", "options"),
    [
        ("sslmode=verify-full", {"sslmode": "verify-full"}),
        ("ssl-mode=VERIFY_IDENTITY", {"sslmode": "verify-full"}),
        ("ssl_mode=required", {"sslmode": "require"}),
        ("ssl_verify_identity=true", {"sslmode": "verify-full"}),
        ("ssl_verify_cert=1", {"sslmode": "verify-ca"}),
        (
            "ssl_ca=/a&ssl_cert=/b&ssl_key=/c",
            {"sslrootcert": "/a", "sslcert": "/b", "sslkey": "/c"},
        ),
        ("charset=utf8mb4", {"charset": "utf8mb4"}),
    ],
)
def test_what_mysql_calls_an_option_becomes_what_all_servers_call_it(written, options):
    assert dict(parse(f"mysql://h/db?{written}").options) == options


def test_the_first_schema_is_the_default_one():
    assert parse("postgres://h/db?schema=a,b").schemas == ("a", "b")
    assert parse("postgres://h/db").schemas == ()


def test_an_unencrypted_way_to_another_computer_is_worth_a_warning():
    loud = ["postgres://db.example/x", "mysql://10.0.0.1/x"]
    quiet = [
        "postgres://localhost/x",
        "mysql://127.0.0.1/x",
        "postgres:///x?host=/run",
        "mysql://[::1]/x",
        "postgres://db.example/x?sslmode=require",
    ]

    assert [bool(parse(text).tls_warnings()) for text in loud] == [True, True]
    assert [parse(text).tls_warnings() for text in quiet] == [()] * 5


def test_an_unknown_option_gets_the_nearest_one():
    with pytest.raises(UsageError) as caught:
        parse("postgres://h/db?sslmod=require")

    assert caught.value.help == "did you mean `sslmode`?"


def test_a_url_never_shows_its_password():
    url = parse(f"postgres://ann:{quote(SECRET, safe='')}@h:1/db?sslmode=require")

    shown = [str(url), repr(url), f"{url}", f"{url!r:>5}", repr([url]), repr(url.__rich_repr__())]
    shown += traceback.format_exception(ValueError(url))

    assert str(url) == "postgres://ann:***@h:1/db?sslmode=require"
    assert [text for text in shown if "s3cr3t" in text] == []


def test_a_url_without_a_password_shows_all():
    assert str(parse("sqlite://file.db?mode=ro")) == "sqlite:///srv/app/file.db?mode=ro"
    assert str(parse("sqlite://:memory:")) == "sqlite://:memory:"
    assert str(parse("mysql://[::1]:3306/db")) == "mysql://[::1]:3306/db"


@given(st.text(min_size=3), st.text())
def test_no_spelling_of_a_password_survives_redaction(password, around):
    try:
        password.encode()
    except UnicodeEncodeError:
        return
    url = DatabaseUrl(provider="postgres", host="h", user="ann", password=password)
    spellings = [
        password,
        quote(password, safe=""),
        quote(password),
        quote_plus(password),
        base64.b64encode(password.encode()).decode(),
        base64.b64encode(f"ann:{password}".encode()).decode().rstrip("="),
    ]
    for spelling in spellings:
        text = redact(f"{around} {spelling} end", url)
        assert text.count(spelling) <= around.count(spelling) + "end ***".count(spelling)


def test_passwords_of_other_urls_are_redacted_too():
    text = 'connection to "postgres://bob:hunter2@db:5432/x" and mysql://root:p@ss@h failed'

    assert redact(text) == (
        'connection to "postgres://bob:***@db:5432/x" and mysql://root:***@h failed'
    )


def test_a_password_that_is_hardly_one_does_not_garble_every_sentence():
    url = parse("postgres://me:m@h/db")

    text = "must be owner: postgres://me:m@h/db"

    assert redact(text, url) == "must be owner: postgres://me:***@h/db"


def test_text_without_secrets_stays_as_it_is():
    text = "see https://example.com/a:b and mail me@example.com"

    assert redact(text, DatabaseUrl(provider="sqlite")) == text


@given(st.text())
def test_any_text_is_a_url_or_our_own_error(text):
    for form in (text, f"sqlite://{text}", f"postgres://{text}"):
        try:
            str(parse(form))
        except UsageError as error:
            assert error.help


def test_urls_are_plain_values():
    url = parse("postgres://u:p@h/db")

    assert pickle.loads(pickle.dumps(url)) == url  # noqa: S301 - our own bytes
    assert msgspec.structs.replace(url, password=None) != url
    assert hash(url) == hash(parse("postgresql://u:p@h/db"))
