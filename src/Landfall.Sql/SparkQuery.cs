using System.Collections.Immutable;
using System.Text;
using Landfall.Estate;
using Landfall.Estate.Diagnostics;

namespace Landfall.Sql;

/// <summary>
/// A query as Spark is to run it: written anew from its syntax tree and the types of its tables, so that it answers
/// what DuckDB answers in a session with the pinned settings.
/// </summary>
public sealed record SparkQuery
{
    /// <summary>The query's file, relative to the estate.</summary>
    public required string File { get; init; }

    /// <summary>The SQL: one SELECT, without macros and comments.</summary>
    public required string Text { get; init; }

    /// <summary>Where the tables that it reads stand in <see cref="Text"/>, in order.</summary>
    public required ImmutableArray<SparkTable> Tables { get; init; }

    /// <summary>Where parts of <see cref="Text"/> come from, in order.</summary>
    public required ImmutableArray<SparkPlace> Places { get; init; }

    /// <summary>The relation that stands for a table where no other is given: its name, dots included.</summary>
    public static string RelationOf(TableName table) => SqlName.Spark(table.ToString());

    /// <summary>The same query over other relations.</summary>
    /// <param name="relations">Relations as Spark's SQL names them, by table; the others stay.</param>
    public SparkQuery With(IReadOnlyDictionary<TableName, string> relations)
    {
        StringBuilder text = new();
        var tables = ImmutableArray.CreateBuilder<SparkTable>();
        List<(int At, int By)> moved = [(0, 0)];
        int at = 0;
        foreach (SparkTable table in Tables)
        {
            string relation = relations.GetValueOrDefault(table.Table, Text.Substring(table.At, table.Length));
            text.Append(Text, at, table.At - at);
            tables.Add(table with { At = text.Length, Length = relation.Length });
            text.Append(relation);
            at = table.At + table.Length;
            moved.Add((at, text.Length - at));
        }

        return this with
        {
            Text = text.Append(Text, at, Text.Length - at).ToString(),
            Tables = tables.ToImmutable(),
            Places = [.. Places.Select(p => p with { At = p.At + moved.FindLast(m => m.At <= p.At).By })],
        };
    }

    /// <summary>The place in the query's file of a place in <see cref="Text"/>, which Spark's errors name.</summary>
    /// <param name="at">Index in <see cref="Text"/>, from 0.</param>
    public SourceLocation Locate(int at)
    {
        SparkPlace? place = Places.LastOrDefault(p => p.At <= at);
        return new(File, place?.Line ?? 1, place?.Column ?? 1);
    }
}
