using System.Collections.Immutable;
using System.Text;
using Landfall.DuckDb;
using Landfall.Engine.DuckDb.Enriching.Columns;
using Landfall.Engine.DuckDb.Storage;
using Landfall.Engine.Engines;
using Landfall.Engine.Formats;
using Landfall.Engine.Ingest;
using Landfall.Estate;
using Landfall.Estate.Types;
using Landfall.Sql;
using Landfall.Workers;

namespace Landfall.Engine.DuckDb.Enriching;

/// <summary>
/// Turns Parquet files into data files: columns of the contract's own type stay as they are, others become text and are
/// cast by the same rules as text.
/// </summary>
/// <param name="plan">What is derived.</param>
/// <param name="connection">Used by nothing else meanwhile.</param>
/// <param name="quarantine">Receives bad rows and counts.</param>
/// <param name="progress">Receives rows and bytes.</param>
/// <param name="context">Is told which file is read: what a native reader crashes on must have a name.</param>
internal sealed class ParquetDeriver(
    EnrichPlan plan, DuckDbConnection connection, Quarantine quarantine, ProgressMeter progress,
    WorkerContext context)
{
    /// <summary>The rows of a file in SQL: a column of this name would stand for itself, and none has it.</summary>
    private const string Scan = "landfall_scan";

    private readonly HashSet<string> _unknown = [];
    private readonly HashSet<(long Batch, int Column)> _present = [];
    private readonly List<BadFile> _bad = [];
    private readonly NestedFixes _nested = new(connection);

    /// <summary>Source columns that the contract does not have.</summary>
    public IEnumerable<string> UnknownColumns => _unknown;

    /// <summary>Columns of the contract that some file of a batch has.</summary>
    public IEnumerable<(long Batch, int Column)> Present => _present;

    /// <summary>Files that cannot be read as Parquet.</summary>
    public IReadOnlyList<BadFile> BadFiles => _bad;

    /// <summary>Derives files one after the other.</summary>
    /// <exception cref="LandfallException">LF4264, LF4267: a file lacks a column or an offset.</exception>
    public IReadOnlyList<DataFile> Derive(ImmutableArray<EnrichFile> files, CancellationToken cancellationToken)
    {
        List<DataFile> written = [];
        foreach (EnrichFile file in files)
        {
            string scan = $"read_parquet({SqlText.Literal(GlobEscape.Of(file.Path))}, hive_partitioning = false, "
                + "file_row_number = true)";
            context.Begin($"the file {file.Source}");
            try
            {
                written.AddRange(Derive(file, scan, cancellationToken));
            }
            catch (DuckDbException) when (!IsReadable(scan, cancellationToken))
            {
                _bad.Add(new(file, "it is not whole, or no Parquet file"));
            }

            progress.Add(0, file.Size);
        }

        return written;
    }

    /// <summary>Whether every value can be read: what failed then was something else.</summary>
    private bool IsReadable(string scan, CancellationToken cancellationToken)
    {
        try
        {
            connection.Execute($"select count(*), bit_xor(hash({Scan})) from {scan} {Scan}", cancellationToken);
            return true;
        }
        catch (DuckDbException problem)
        {
            return problem.ErrorType is DuckDbErrorType.OutOfMemory or DuckDbErrorType.Interrupt
                or DuckDbErrorType.Fatal or DuckDbErrorType.Internal;
        }
    }

    private IReadOnlyList<DataFile> Derive(EnrichFile file, string scan, CancellationToken cancellationToken)
    {
        Dictionary<string, string> types = Describe(file, scan, cancellationToken);
        string rows = Projection(file, scan, types, cancellationToken);
        IReadOnlyList<DataFile> written = DataFileWriter.Write(
            connection, $"select * from ({rows}) where landfall_rule is null", plan.FreshSchema, plan.FreshFolder,
            plan.FreshStep, cancellationToken);
        long total = connection.Scalar<long>($"select count(*) from {scan}", cancellationToken);
        quarantine.Count(file.Batch, total);
        progress.Add(total, 0);
        if (written.Sum(f => f.Rows) < total)
        {
            Quarantine(file, scan, rows, RecordOf(types), cancellationToken);
        }

        return written;
    }

    private Dictionary<string, string> Describe(EnrichFile file, string scan, CancellationToken cancellationToken)
    {
        Dictionary<string, string> types = new(StringComparer.Ordinal);
        using DuckDbResult columns = connection.Query(
            $"describe select * exclude (file_row_number) from {scan}", cancellationToken);
        foreach (object?[] column in columns.Rows())
        {
            types.Add((string)column[0]!, (string)column[1]!);
        }

        HashSet<string> known = [.. plan.Payload.Columns.Select(c => c.SourceName)];
        _unknown.UnionWith(types.Keys.Where(c => !known.Contains(c)));
        _present.UnionWith(plan.Payload.Columns.Index().Where(c => types.ContainsKey(c.Item.SourceName))
            .Select(c => (file.Batch, c.Index)));
        return types;
    }

    /// <summary>Texts, then values from texts, then the first rule that a row breaks.</summary>
    private string Projection(
        EnrichFile file, string scan, Dictionary<string, string> types, CancellationToken cancellationToken)
    {
        string source = $"{scan} {Scan}";
        List<string> texts = ["file_row_number"];
        List<string> values = ["file_row_number"];
        List<string> broken = [];
        for (int i = 0; i < plan.Columns.Length; i++)
        {
            string name = SqlName.DuckDb(plan.Columns[i].Name);
            EnrichColumn column = plan.Payload.Columns[i];
            SourceValue value = SourceValueOf(file, types, i);
            string nested = "null";
            if (value.IsText && plan.Rules[i].IsNested && types.ContainsKey(column.SourceName))
            {
                string fixes = _nested.Create(i, scan, value.Text, plan.Rules[i].Type, cancellationToken);
                source += $" left join {fixes} f{i} on f{i}.{NestedFixes.Number} = file_row_number";
                value = value with { Text = $"coalesce(f{i}.{NestedFixes.Text}, {value.Text})" };
                nested = $"f{i}.{NestedFixes.Rule}";
            }

            texts.Add($"{value.Text} as t{i}");
            texts.Add($"{nested} as r{i}");
            texts.Add($"{value.Native} as n{i}");
            values.Add($"{(value.IsText ? plan.Rules[i].Value($"t{i}") : $"n{i}")} as {name}");
            values.Add($"t{i}");
            values.Add($"r{i}");
            broken.Add(BrokenBy(value, i));
        }

        if (plan.KeepsRecords)
        {
            texts.Add($"{RecordOf(types)} as landfall_record");
            values.Add("landfall_record");
        }

        string selected = string.Join(", ", plan.Columns.Select(c => SqlName.DuckDb(c.Name)));
        return $"select file_row_number, {selected}, cast({file.Batch} as BIGINT) as _batch, "
            + $"{SqlText.Literal(file.Source)} as _source, coalesce({string.Join(", ", broken)}) as "
            + $"landfall_rule{Records} from "
            + $"(select {string.Join(", ", values)} from (select {string.Join(", ", texts)} "
            + $"from {source}))";
    }

    /// <summary>The rule that a row breaks by a column and the column's name, as text; null for none.</summary>
    private string BrokenBy(SourceValue value, int index)
    {
        EnrichColumn column = plan.Payload.Columns[index];
        string name = SqlName.DuckDb(column.Name);
        string rule = value.IsText ? plan.Rules[index].Rule($"t{index}", name)
            : plan.Rules[index].TypedRule(name) is { } typed
                ? $"case when not ({typed.Condition}) then '{typed.Name}' end"
            : "null";
        string isNull = value.IsText ? $"t{index} is null" : $"{name} is null";
        string missing = column.Required ? SqlText.Literal($"{Rules.Required}\t{column.Name}") : "null";
        return $"case when {isNull} then {missing} else coalesce(r{index}, {rule}) || "
            + $"{SqlText.Literal("\t" + column.Name)} end";
    }

    private string Records => !plan.KeepsRecords ? ""
        : $", file_row_number + 1 as {EnrichPlan.RowColumn}, landfall_record as {EnrichPlan.RecordColumn}";

    private SourceValue SourceValueOf(EnrichFile file, Dictionary<string, string> types, int index)
    {
        EnrichColumn column = plan.Payload.Columns[index];
        TypeRules rules = plan.Rules[index];
        string source = SqlName.DuckDb(column.SourceName);
        if (!types.TryGetValue(column.SourceName, out string? type))
        {
            return column.Required
                ? throw EnrichRefusals.MissingColumn(plan.Payload, file.Source, column, [.. types.Keys])
                : new("cast(null as varchar)", "null", IsText: true);
        }

        if (type == rules.TypeName)
        {
            return new("null", source, IsText: false);
        }

        bool local = type is "TIMESTAMP" or "TIMESTAMP_S" or "TIMESTAMP_MS" or "TIMESTAMP_NS";
        return (rules.Type.Kind, type) switch
        {
            (TypeKind.Double, "FLOAT") => new("null", $"cast({source} as DOUBLE)", IsText: false),
            (TypeKind.Timestamp, _) when local && plan.Payload.TimeZone.Length == 0 =>
                throw EnrichRefusals.NoTimeZone(plan.Payload, file.Source, column),
            (TypeKind.String, _) when type.EndsWith(']') || type.StartsWith("STRUCT", StringComparison.Ordinal)
                || type.StartsWith("MAP", StringComparison.Ordinal) =>
                    new($"cast(to_json({source}) as VARCHAR)", "null", IsText: true),
            _ when rules.IsNested && type != "VARCHAR" =>
                new($"cast(to_json({source}) as VARCHAR)", "null", IsText: true),
            _ => new($"cast({source} as VARCHAR)", "null", IsText: true),
        };
    }

    /// <summary>A row as the file has it, as JSON.</summary>
    private static string RecordOf(Dictionary<string, string> types) =>
        $"cast(json_object({string.Join(", ", types.Keys.Select(c => $"{SqlText.Literal(c)}, {SqlName.DuckDb(c)}"))}) "
        + "as VARCHAR)";

    private void Quarantine(
        EnrichFile file, string scan, string rows, string record, CancellationToken cancellationToken)
    {
        using DuckDbResult bad = connection.Query(
            "select r.file_row_number + 1, r.landfall_rule, s.landfall_record from "
            + $"(select file_row_number, landfall_rule from ({rows}) where landfall_rule is not null) r "
            + $"join (select file_row_number, {record} as landfall_record from {scan}) s "
            + "on s.file_row_number = r.file_row_number",
            cancellationToken);
        foreach (object?[] row in bad.Rows())
        {
            string[] rule = ((string)row[1]!).Split('\t');
            quarantine.Add(file, (long)row[0]!, rule[0], rule[1], Encoding.UTF8.GetBytes((string)row[2]!));
        }
    }

    /// <summary>A source column as text to cast, or as it is.</summary>
    private sealed record SourceValue(string Text, string Native, bool IsText);
}
