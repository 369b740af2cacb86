using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Landfall.Estate.Contracts;
using Landfall.Estate.Names;
using Landfall.Estate.Reading;

namespace Landfall.Estate.Manifests;

/// <summary>Reads the parts of an ODCS contract that we use; everything else is the standard's.</summary>
internal static partial class ContractFile
{
    /// <summary>The file's name beside a unit's manifest.</summary>
    public const string FileName = "contract.odcs.yaml";

    private static readonly ImmutableArray<string> _versions =
        ["v3.0.0", "v3.0.1", "v3.0.2", "v3.1.0", "v3.2.0"];

    /// <summary>The contract; one without tables when the file cannot be read.</summary>
    public static Contract Read(LoadContext context, string folder, string unitKey, bool nestedTypes)
    {
        string path = $"{folder}/{FileName}";
        var none = new Contract { Id = "", Version = "", File = path, Tables = [], Freshness = null };
        if (context.Files.ReadMapping(path) is not { } mapping)
        {
            return none;
        }

        var section = new Section(context, mapping, "The contract", standard: true);
        string key = $"{unitKey}/contract";
        context.Mark(key, section.Location);
        context.Mark($"{key}/version", section.Place("version"));
        section.Header("DataContract", _versions);
        return none with
        {
            Id = section.Text("id"),
            Version = section.Matching("version", VersionPattern(), "a semantic version such as 1.0.0"),
            Tables = Tables(section, key, nestedTypes),
            Freshness = ServiceLevels.Freshness(section),
        };
    }

    private static ImmutableArray<ContractTable> Tables(Section contract, string key, bool nestedTypes)
    {
        List<(Section Section, ContractTable Table)> tables = [];
        var measures = new Measures();
        foreach (Section section in contract.Sections("schema", "The table"))
        {
            string name = section.Text("name");
            CheckTableName(section, name);
            UnitParts.MarkUnique(section, $"{key}/table:", name, "name");
            ImmutableArray<ContractColumn> columns = Columns(section, $"{key}/table:{name}", nestedTypes);
            tables.Add((section, new()
            {
                Name = name,
                Description = section.TextOr("description", ""),
                Columns = columns,
                Quality = QualityRules.Read(section, $"{key}/table:{name}", columns),
                Measures = measures.Read(section, columns),
            }));
        }

        measures.CheckQuotients();
        if (tables.Count == 0 && contract.Has("schema"))
        {
            contract.Context.Diagnostics.Error(
                "LF1014", contract.Place("schema"), "The contract has no table.",
                "Describe each table of the manifest.");
        }

        var relationships = new Relationships(tables);
        return [.. tables.Select(t => t.Table with { Relationships = relationships.Of(t.Section, t.Table) })];
    }

    private static void CheckTableName(Section section, string name)
    {
        if (name.Length == 0)
        {
            return;
        }

        if (!EstateNames.IsTableName(name))
        {
            BadName(section, $"'{name}' is no table name.", "lower-case letters, digits and '_'", name);
        }
        else if (ReservedWords.Contains(name))
        {
            Reserved(section, name);
        }
        else if (name.EndsWith(EstateNames.QuarantineSuffix, StringComparison.Ordinal))
        {
            section.Context.Diagnostics.Error(
                "LF1067", section.Place("name"), $"The table name '{name}' ends in {EstateNames.QuarantineSuffix}.",
                "Choose another: tables of quarantined rows have this ending.");
        }
    }

    private static ImmutableArray<ContractColumn> Columns(Section table, string tableKey, bool nestedTypes)
    {
        ImmutableArray<ContractColumn>.Builder columns = ImmutableArray.CreateBuilder<ContractColumn>();
        var seen = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (Section section in table.Sections("properties", "The column"))
        {
            string name = section.Text("name");
            CheckColumnName(section, name, seen);
            section.Context.Mark($"{tableKey}/column:{name}", section.Location);
            columns.Add(new()
            {
                Name = name,
                Type = ContractTypes.Read(section, nestedTypes),
                Required = section.Boolean("required", absent: false),
                PrimaryKeyPosition = KeyPosition(section),
                Unique = section.Boolean("unique", absent: false),
                GoneFromSource = IsGone(section),
                Classification = section.TextOr("classification", ""),
                Description = section.TextOr("description", ""),
            });
        }

        CheckColumnCount(table, columns.Count);
        return PrimaryKeys.Complete(table, tableKey, columns.ToImmutable());
    }

    private static void CheckColumnCount(Section table, int count)
    {
        if (count > EstateLimits.Columns || (count == 0 && table.Has("properties")))
        {
            table.Context.Diagnostics.Error(
                "LF1015", table.Place("properties"), $"The table has {count:N0} columns.",
                $"A table has 1 to {EstateLimits.Columns:N0} columns.");
        }
    }

    private static void CheckColumnName(Section section, string name, Dictionary<string, int> seen)
    {
        if (name.Length == 0)
        {
            return;
        }

        if (!EstateNames.IsColumnName(name))
        {
            BadName(section, $"'{name}' is no column name.", "letters, digits and '_', a letter first", name);
        }
        else if (ReservedWords.Contains(name))
        {
            Reserved(section, name);
        }

        if (!seen.TryAdd(name, section.Location.Line))
        {
            section.Context.Diagnostics.Error(
                "LF1022", section.Place("name"), $"The name '{name}' is taken on line {seen[name]}.",
                "Choose another; names differ by more than their case.");
        }
    }

    /// <summary>The standard has no word for it: a custom property of ours says so.</summary>
    private static bool IsGone(Section column) =>
        column.Sections("customProperties", "The custom property", required: false)
            .Any(p => p.TextOr("property", "") == ContractColumn.GoneProperty);

    /// <summary>0 outside the key; -1 in the key without a position yet.</summary>
    private static int KeyPosition(Section section)
    {
        long position = section.Integer("primaryKeyPosition", -1, EstateLimits.Columns, -1);
        return section.Boolean("primaryKey", absent: false) ? (int)position : 0;
    }

    private static void BadName(Section section, string message, string rule, string name)
    {
        string? better = EstateNames.Suggest(name, '_');
        section.Context.Diagnostics.Error(
            "LF1023", section.Place("name"), message,
            $"Names are {rule}, at most {EstateLimits.NameLength} characters"
            + (better is null ? "." : $": '{better}'."));
    }

    private static void Reserved(Section section, string name) =>
        section.Context.Diagnostics.Error(
            "LF1020", section.Place("name"), $"The name '{name}' is a reserved word of SQL.",
            $"Choose another, such as '{name}_value'; an integration can rename it from the source's.");

    [GeneratedRegex(@"\A[0-9]{1,9}\.[0-9]{1,9}\.[0-9]{1,9}([+-][0-9A-Za-z.+-]+)?\z")]
    private static partial Regex VersionPattern();
}
