using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Landfall.Engine.Engines;
using Landfall.Sql;

namespace Landfall.Sources.Postgres;

/// <summary>A column of a source table.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="SourceType">PostgreSQL's name of the type, domains resolved.</param>
internal sealed partial record PostgresColumn(string Name, string SourceType)
{
    /// <summary>The column in raw; what has no type of its own there is text.</summary>
    public StagedColumn Staged { get; } = StagedOf(Name, SourceType);

    /// <summary>What a copy selects: the column, or its JSON where an array is to become one.</summary>
    /// <param name="arrays">Columns that are arrays in the contract.</param>
    public string SelectAs(ImmutableArray<string> arrays)
    {
        string name = SqlName.DuckDb(Name);
        return SourceType.EndsWith("[]", StringComparison.Ordinal) && arrays.Contains(Name)
            ? $"to_json({name})::text as {name}"
            : name;
    }

    private static StagedColumn StagedOf(string name, string type) => type switch
    {
        "boolean" => new(name, StagedType.Boolean),
        "smallint" => new(name, StagedType.SmallInt),
        "integer" => new(name, StagedType.Int),
        "bigint" => new(name, StagedType.BigInt),
        "real" => new(name, StagedType.Float),
        "double precision" => new(name, StagedType.Double),
        "bytea" => new(name, StagedType.Bytes),
        "date" => new(name, StagedType.Date),
        _ when type.StartsWith("timestamp", StringComparison.Ordinal) && !type.EndsWith(']') =>
            new(name, type.EndsWith("with time zone", StringComparison.Ordinal) ? StagedType.Timestamp
                : StagedType.LocalTimestamp),
        _ when Numeric().Match(type) is { Success: true } n => DecimalOf(name, n),
        _ => new(name, StagedType.Text),
    };

    /// <summary>PostgreSQL has more digits than 38, more behind the point than in all, and fewer than none.</summary>
    private static StagedColumn DecimalOf(string name, Match numeric) =>
        numeric.Groups[1].Success && Number(numeric.Groups[1]) <= 38
            && Number(numeric.Groups[2]) <= Number(numeric.Groups[1])
            ? new(name, StagedType.Decimal, Number(numeric.Groups[1]), Number(numeric.Groups[2]))
            : new(name, StagedType.Number);

    private static int Number(Group digits) => int.Parse(digits.ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^numeric(?:\((\d+),(\d+)\)|\(\d+,-\d+\))?$")]
    private static partial Regex Numeric();
}
