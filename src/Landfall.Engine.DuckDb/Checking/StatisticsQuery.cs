using System.Globalization;
using System.Text.Json;
using Landfall.Delta;
using Landfall.DuckDb;
using Landfall.Engine.DuckDb.Storage;
using Landfall.Estate.Types;
using Landfall.Sql;

namespace Landfall.Engine.DuckDb.Checking;

/// <summary>One query over a file that finds every statistic that its rows contradict.</summary>
internal sealed class StatisticsQuery
{
    private readonly FileStatistics _statistics;
    private readonly FileContent _content;
    private readonly List<(string Problem, string Condition)> _tests = [];
    private readonly List<(string Note, string Condition)> _doubts = [];
    private readonly List<string> _notes = [];

    private StatisticsQuery(FileStatistics statistics, FileContent content) =>
        (_statistics, _content) = (statistics, content);

    /// <summary>What is odd, though no row contradicts it; complete once the query ran.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>Prepares the tests of a file.</summary>
    public static StatisticsQuery Of(FileStatistics statistics, TableSchema schema, FileContent content)
    {
        var query = new StatisticsQuery(statistics, content);
        foreach (SchemaField field in schema.Fields)
        {
            content.Columns.TryGetValue(field.Name, out DuckDbType? stored);
            query.Add([field.Name], field.Type, stored);
        }

        return query;
    }

    /// <summary>Statistics that are wrong, as phrases.</summary>
    public string[] Run(DuckDbConnection connection, CancellationToken cancellationToken)
    {
        (string Text, string Condition)[] all = [.. _tests, .. _doubts];
        if (all.Length == 0)
        {
            return [];
        }

        string conditions = string.Join(", ", all.Select(t => $"coalesce({t.Condition}, false)"));
        using DuckDbResult result = connection.Query($"select {conditions} from {_content.Scan}", cancellationToken);
        bool[] answers = [.. result.Rows().Single().Select(a => a is true)];
        _notes.AddRange(_doubts.Where((_, i) => answers[_tests.Count + i]).Select(d => d.Note));
        return [.. _tests.Where((_, i) => answers[i]).Select(t => t.Problem)];
    }

    private void Add(string[] path, DataType type, DuckDbType? stored)
    {
        if (type.Kind == TypeKind.Struct)
        {
            foreach (StructField field in type.Fields)
            {
                Add([.. path, field.Name], field.Type, stored?.Fields.IsDefaultOrEmpty == false
                    ? stored.Fields.FirstOrDefault(f => f.Name == field.Name)?.Type : null);
            }

            return;
        }

        string name = string.Join('.', path);
        string column = stored is null ? "null" : string.Join('.', path.Select(SqlName.DuckDb));
        if (_statistics.NullCount(path) is { } nulls)
        {
            string expected = nulls.ToString(CultureInfo.InvariantCulture);
            _tests.Add((
                $"they count {expected} nulls in {name}, which the file has not",
                $"count(*) - count({column}) <> {expected}"));
        }

        if (stored is not null && type.Kind is not (TypeKind.Array or TypeKind.Binary))
        {
            AddBounds(path, name, column, type, stored);
        }
    }

    private void AddBounds(string[] path, string name, string column, DataType type, DuckDbType stored)
    {
        // A float's bounds are texts of floats, which are other numbers as doubles.
        string target = stored.Id == DuckDbTypeId.Float ? "FLOAT" : DuckDbTypes.Name(type);
        bool isDouble = type.Kind == TypeKind.Double;
        if (Literal(_statistics.Min(path), target) is { } low)
        {
            _doubts.Add(($"the lower bound of {name} is no {type}", $"{low} is null"));
            _tests.Add((
                $"values of {name} are below the lower bound", $"count(*) filter ({column} < {low}) > 0"));
        }

        if (Literal(_statistics.Max(path), target) is { } high)
        {
            _doubts.Add(($"the upper bound of {name} is no {type}", $"{high} is null"));

            // Writers cut instants to milliseconds, and readers know.
            string above = type.Kind == TypeKind.Timestamp ? $"{column} - interval 1 millisecond >= {high}"
                : isDouble ? $"{column} > {high} and not isnan({column})"
                : $"{column} > {high}";
            _tests.Add(($"values of {name} are above the upper bound", $"count(*) filter ({above}) > 0"));
            if (isDouble)
            {
                _doubts.Add((
                    $"the upper bound of {name} leaves NaN out, which other readers sort above all numbers",
                    $"count(*) filter (isnan({column})) > 0 and not isnan({high})"));
            }
        }
    }

    private static string? Literal(JsonElement? bound, string type) => bound is not { } value ? null
        : $"try_cast({SqlText.Literal(
            value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText())} as {type})";
}
