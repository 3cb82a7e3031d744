"""What the server may say, and what becomes of it: a code, a sentence without values, a way out."""

from __future__ import annotations

import socket
import ssl

import pymysql
import pytest

from okra.dialects.mysql.server.failures import failure, refused
from okra.url import DatabaseUrl

URL = DatabaseUrl(provider="mysql", host="db", user="me", password="hunter2", database="shop")  # noqa: S106


@pytest.mark.parametrize(
    ("number", "said", "code"),
    [
        (1205, "Lock wait timeout exceeded", "OKR540"),
        (1213, "Deadlock found", "OKR540"),
        (2006, "MySQL server has gone away", "OKR541"),
        (2013, "Lost connection to MySQL server during query", "OKR541"),
        (1053, "Server shutdown in progress", "OKR541"),
        (1927, "Connection was killed", "OKR541"),
        (4031, "The client was disconnected by the server because of inactivity", "OKR541"),
        (4031, "Referenced trigger 'x' for the given action time and event type", "OKR508"),
        (4092, "Maximum row versions reached for table shop/t", "OKR425"),
        (4092, "Unknown VIEW: 'shop.v'", "OKR508"),
        (1021, "Disk full (/tmp/x); waiting for someone to free some space", "OKR545"),
        (1114, "The table 't' is full", "OKR545"),
        (1030, 'Got error 28 "No space left on device" from storage engine InnoDB', "OKR545"),
        (1030, "Got error 59 'Temp file write failure' from InnoDB", "OKR545"),
        (1026, "Error writing file './x' (errno: 28 \"No space left on device\")", "OKR545"),
        (1026, "Error writing file './x' (errno: 5 \"Input/output error\")", "OKR508"),
        (1878, "Temporary file write failure.", "OKR545"),
        (1030, "Got error 1 from storage engine", "OKR508"),
        (1142, "CREATE command denied to user 'me'@'%' for table `shop`.`t`", "OKR543"),
        (1227, "Access denied; you need the SUPER privilege", "OKR543"),
        (1290, "The server is running with the --read-only option", "OKR544"),
        (1792, "Cannot execute statement in a READ ONLY transaction", "OKR544"),
        (1046, "No database selected", "OKR550"),
        (1317, "Query execution was interrupted", "OKR508"),
        (1064, "You have an error in your SQL syntax", "OKR508"),
        (1050, "Table 't' already exists", "OKR508"),
        (1062, "Duplicate entry 'a' for key 'b'", "OKR509"),
        (4025, "CONSTRAINT `c` failed for `shop`.`t`", "OKR509"),
        (3819, "Check constraint 'c' is violated.", "OKR509"),
        (1365, "Division by 0", "OKR509"),
        (1416, "Cannot get geometry object from data you send to the GEOMETRY field", "OKR509"),
        (1441, "Datetime function: datetime field overflow", "OKR509"),
    ],
)
def test_each_number_has_a_code_and_a_way_out(number: int, said: str, code: str) -> None:
    found = failure(pymysql.OperationalError(number, said), URL, gone=False)

    assert (found.code, bool(found.help)) == (code, True)


def test_whatever_is_said_on_a_connection_that_is_gone_is_a_lost_one() -> None:
    assert failure(pymysql.InterfaceError(0, ""), URL, gone=True).code == "OKR541"


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (1062, "Duplicate entry 'r0w' for key 'users.email'"),
        (1062, "Duplicate entry 'r0w' for key 'x' and r0w' for key 'email'"),
        (1366, "Incorrect integer value: 'r0w' for column `shop`.`t`.`c` at row 1"),
        (1292, "Truncated incorrect DOUBLE value: 'r0w'"),
        (1292, "Incorrect datetime value: 'it's r0w' for column `shop`.`t`.`c` at row 1"),
        (1411, "Incorrect datetime value: 'r0w' for function str_to_date"),
        (1526, "Table has no partition for value r0w"),
        (1557, "Upholding foreign key constraints for table 't', entry 'r0w', key 1 would lead to"),
        (
            1761,
            "Foreign key constraint for table 't', record 'r0w' would lead to a duplicate entry",
        ),
    ],
)
def test_a_value_of_a_row_is_left_out(number: int, said: str) -> None:
    error = pymysql.DataError(number, said)

    found = failure(error, URL, gone=False)

    assert "r0w" not in found.message
    assert "r0w" not in str(error)


@pytest.mark.parametrize(
    ("number", "said", "cause", "code"),
    [
        (2003, "Can't connect", socket.gaierror(-2, "Name or service not known"), "OKR547"),
        (2003, "Can't connect", ConnectionRefusedError(111, "Connection refused"), "OKR548"),
        (2003, "Can't connect", TimeoutError("timed out"), "OKR548"),
        (2003, "Can't connect", ssl.SSLError(1, "certificate verify failed"), "OKR551"),
        (1045, "Access denied for user 'me'@'db' (using password: YES)", None, "OKR549"),
        (1698, "Access denied for user 'me'@'db'", None, "OKR549"),
        (1130, "Host 'db' is not allowed to connect to this server", None, "OKR549"),
        (1044, "Access denied for user 'me'@'db' to database 'shop'", None, "OKR543"),
        (1049, "Unknown database 'shop'", None, "OKR550"),
        (1040, "Too many connections", None, "OKR552"),
        (1129, "Host 'db' is blocked because of many connection errors", None, "OKR552"),
        (2026, "SSL is required but the server doesn't support it", None, "OKR551"),
        (3159, "Connections using insecure transport are prohibited", None, "OKR551"),
        (2013, "Lost connection to MySQL server during query", None, "OKR546"),
    ],
)
def test_each_refusal_has_a_code_and_a_way_out(
    number: int, said: str, cause: OSError | None, code: str
) -> None:
    error = pymysql.OperationalError(number, said)
    if cause is not None:
        error.original_exception = cause

    found = refused(error, URL)

    assert (found.code, bool(found.help), found.place) == (code, True, "mysql://me:***@db/shop")
