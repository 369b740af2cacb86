using System.Text.RegularExpressions;
using Landfall.Sql;

namespace Landfall.Engine.Ingest.Postgres;

/// <summary>A column of a source table and its type in raw.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="SourceType">PostgreSQL's name of the type, domains resolved.</param>
internal sealed partial record PostgresColumn(string Name, string SourceType)
{
    /// <summary>The type in raw; what has no type of its own there is text.</summary>
    public string RawType { get; } = RawTypeOf(SourceType);

    /// <summary>The column's text as a value of <see cref="RawType"/>, or null where it has none.</summary>
    public string Value
    {
        get
        {
            string text = SqlName.DuckDb(Name);
            return RawType switch
            {
                "VARCHAR" => text,
                "BLOB" => $"from_hex(substr({text}, 3))",
                _ => $"try_cast({text} as {RawType})",
            };
        }
    }

    /// <summary>
    /// A condition: whether a text has a value that Parquet holds. Where it is false for a row, the whole column stays
    /// text in raw: NaN in a numeric, infinite and prehistoric dates.
    /// </summary>
    public string Fits => RawType switch
    {
        "VARCHAR" or "BLOB" => "true",
        "DATE" => $"coalesce({Value} between date '0001-01-01' and date '9999-12-31', false)",
        "TIMESTAMP" or "TIMESTAMPTZ" =>
            $"coalesce(cast({Value} as TIMESTAMP) between timestamp '0001-01-01' and timestamp '9999-12-31', false)",
        _ => $"{Value} is not null",
    };

    /// <summary>Whether values of the type can be ordered as a cursor.</summary>
    public bool CanBeCursor => IsTime || RawType is "SMALLINT" or "INTEGER" or "BIGINT" || IsDecimal;

    /// <summary>Whether the type is a time or date.</summary>
    public bool IsTime => RawType is "DATE" or "TIMESTAMP" or "TIMESTAMPTZ";

    private bool IsDecimal => RawType.StartsWith("DECIMAL", StringComparison.Ordinal);

    private static string RawTypeOf(string type) => type switch
    {
        "boolean" => "BOOLEAN",
        "smallint" => "SMALLINT",
        "integer" => "INTEGER",
        "bigint" => "BIGINT",
        "real" => "FLOAT",
        "double precision" => "DOUBLE",
        "bytea" => "BLOB",
        "date" => "DATE",
        _ when type.StartsWith("timestamp", StringComparison.Ordinal) && !type.EndsWith(']') =>
            type.EndsWith("with time zone", StringComparison.Ordinal) ? "TIMESTAMPTZ" : "TIMESTAMP",
        _ => Numeric().Match(type) is { Success: true } n && int.Parse(n.Groups[1].Value) <= 38
            ? $"DECIMAL({n.Groups[1].Value},{n.Groups[2].Value})"
            : "VARCHAR",
    };

    [GeneratedRegex(@"^numeric\((\d+),(\d+)\)$")]
    private static partial Regex Numeric();
}
