"""delta-rs for many questions, which a program asks one after the other. A request is a line: JSON in Base64, with a
command, a table and what the command needs. The answer is a line "R" and JSON for each row, then "OK", or "E" and the
error in Base64. Timestamps are not among the answers: whoever asks casts them."""
import base64, decimal, json, sys

from deltalake import DeltaTable, QueryBuilder, write_deltalake


def plain(value):
    if isinstance(value, decimal.Decimal): return str(value)
    if isinstance(value, bytes): return value.hex()
    raise TypeError(type(value).__name__)


def query(table, sql):
    return QueryBuilder().register("t", table).execute(sql).read_all()


def answer(ask):
    path = ask["table"]
    at = {} if ask.get("version") is None else {"version": ask["version"]}
    table = DeltaTable(path, **at)
    match ask["command"]:
        case "read": return [row.as_py() for row in query(table, ask["sql"]).to_struct_array()]
        case "history": return table.history()
        case "append": write_deltalake(path, query(table, ask["sql"]), mode="append")
        case "delete": table.delete(ask["where"])
        case "merge":
            merge = table.merge(query(table, ask["sql"]), "target.id = source.id", source_alias="source", target_alias="target")
            merge.when_matched_update_all().when_not_matched_insert_all().execute()
        case "compact": table.optimize.compact()
        case "checkpoint": table.create_checkpoint()
        case "vacuum": table.vacuum(retention_hours=0, dry_run=False, enforce_retention_duration=False, full=True)
    return []


print("READY", flush=True)
for line in sys.stdin:
    try:
        rows = answer(json.loads(base64.b64decode(line)))
        for row in rows: print("R" + json.dumps(row, default=plain))
        print("OK", flush=True)
    except BaseException as error:
        print("E" + base64.b64encode(f"{type(error).__name__}: {error}".encode()).decode(), flush=True)
