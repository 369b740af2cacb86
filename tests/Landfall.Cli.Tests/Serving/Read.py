"""Reads statements through a driver of Python, and prints each field in the form that DriverTests compares.

Arguments: psycopg2 or pyodbc, the line that `landfall bi connect` prints, then pairs of kinds and statement. The
password is in PGPASSWORD. Kinds are one word a column, or `count`, which reads everything and prints how many rows.
"""
import datetime
import getpass
import json
import os
import struct
import sys

EPOCH = datetime.datetime(1970, 1, 1)


def instant(value):
    if value.tzinfo is not None:
        value = value.astimezone(datetime.timezone.utc).replace(tzinfo=None)
    return (value - EPOCH) // datetime.timedelta(microseconds=1)


def field(kind, value):
    if value is None:
        return "-"
    if kind == "boolean":
        # ODBC has booleans as text.
        return "true" if value in (True, "1") else "false" if value in (False, "0") else repr(value)
    if kind == "double":
        return "nan" if value != value else struct.pack(">d", value).hex()
    if kind == "decimal":
        return format(value, "f")
    if kind == "bytes":
        return "x" + bytes(value).hex()
    if kind == "timestamp":
        return str(instant(value))
    if kind == "json" and not isinstance(value, str):
        value = json.dumps(value)
    if kind in ("text", "json"):
        return "x" + value.encode("utf-8").hex()
    return str(value)


def connect(module, line):
    if module == "psycopg2":
        getpass.getpass = lambda *_: os.environ["PGPASSWORD"]
        names = {}
        exec(line, names)
        return names["connection"]
    import pyodbc
    return pyodbc.connect(line + ";PWD={" + os.environ["PGPASSWORD"].replace("}", "}}") + "}")


connection = connect(sys.argv[1], sys.argv[2])
for kinds, statement in zip(sys.argv[3::2], sys.argv[4::2]):
    cursor = connection.cursor()
    cursor.execute(statement)
    if kinds == "count":
        print(sum(1 for _ in cursor))
    else:
        for row in cursor:
            print("\t".join(field(k, v) for k, v in zip(kinds.split(","), row, strict=True)))
    print(".")
