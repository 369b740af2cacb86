using System.Globalization;
using Landfall.DuckDb;
using Landfall.Engine.DuckDb.Enriching.Columns;
using Landfall.Estate.Types;

namespace Landfall.Engine.DuckDb.Enriching;

/// <summary>
/// What the engine's own conversion of JSON does not know, for a column of a Parquet file: keys that are missing are
/// null, and values inside are held to the spellings of their types. A table of the rows that it makes a difference to.
/// </summary>
/// <param name="connection">Where the table is; used by nothing else meanwhile.</param>
internal sealed class NestedFixes(DuckDbConnection connection)
{
    /// <summary>The row's number.</summary>
    public const string Number = "landfall_number";

    /// <summary>Its text with all keys.</summary>
    public const string Text = "landfall_text";

    /// <summary>The rule that it breaks; null for none.</summary>
    public const string Rule = "landfall_broken";

    /// <summary>Makes the table of a column, in the place of the one of the file before.</summary>
    /// <param name="index">The column's place in the contract.</param>
    /// <param name="scan">The file's rows, numbered.</param>
    /// <param name="text">The column as JSON text.</param>
    /// <param name="type">The contract's array or struct.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>Its name.</returns>
    public string Create(
        int index, string scan, string text, DataType type, CancellationToken cancellationToken)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"landfall_nested_{index}");
        connection.Execute(
            $"create or replace table {name} ({Number} BIGINT, {Text} VARCHAR, {Rule} VARCHAR)", cancellationToken);
        using DuckDbAppender appender = connection.Appender(null, null, name);
        int pending = 0;
        using DuckDbResult texts = connection.Query(
            $"select file_row_number, {text} from {scan} where {text} is not null", cancellationToken);
        foreach (object?[] row in texts.Rows())
        {
            string whole = NestedText.Complete((string)row[1]!, type) ?? (string)row[1]!;
            string? rule = NestedLeaves.Rule(whole, type);
            if (rule is null && ReferenceEquals(whole, row[1]))
            {
                continue;
            }

            appender[0].Set(pending, (long)row[0]!);
            appender[1].Set(pending, whole);
            if (rule is null)
            {
                appender[2].SetNull(pending);
            }
            else
            {
                appender[2].Set(pending, rule);
            }

            if (++pending == DuckDbAppender.Capacity)
            {
                appender.Append(pending);
                pending = 0;
            }
        }

        appender.Append(pending);
        appender.Complete();
        return name;
    }
}
