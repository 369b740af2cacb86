using System.Collections.Immutable;
using Landfall.Estate.Contracts;
using Landfall.Estate.Diagnostics;
using Landfall.Estate.Names;
using Landfall.Estate.Reading;
using Landfall.Estate.Types;
using Landfall.Estate.Yaml;

namespace Landfall.Estate.Manifests;

/// <summary>
/// Reads the measures of a contract's tables. ODCS has no word for them: a custom property of a table lists them.
/// </summary>
internal sealed class Measures
{
    /// <summary>The longest name, as Power BI has it.</summary>
    public const int NameLength = 100;

    private static readonly Dictionary<string, MeasureAggregate> _aggregates = new(StringComparer.Ordinal)
    {
        ["sum"] = MeasureAggregate.Sum,
        ["min"] = MeasureAggregate.Min,
        ["max"] = MeasureAggregate.Max,
        ["average"] = MeasureAggregate.Average,
        ["count"] = MeasureAggregate.Count,
        ["countDistinct"] = MeasureAggregate.CountDistinct,
    };

    private readonly Dictionary<string, ContractMeasure> _known = new(StringComparer.OrdinalIgnoreCase);

    private readonly List<(YamlScalar Divided, DiagnosticBag Diagnostics)> _divided = [];

    /// <summary>The measures of a table in the order of the file.</summary>
    public ImmutableArray<ContractMeasure> Read(Section table, ImmutableArray<ContractColumn> columns)
    {
        ImmutableArray<ContractMeasure>.Builder measures = ImmutableArray.CreateBuilder<ContractMeasure>();
        IEnumerable<Section> properties = table
            .Sections("customProperties", "The custom property", required: false)
            .Where(p => p.TextOr("property", "") == ContractMeasure.Property);
        foreach (Section section in properties.SelectMany(p => p.Sections("value", "The measure")))
        {
            ContractMeasure measure = One(section, columns);
            section.Close();
            CheckName(section, measure.Name, columns);
            measures.Add(measure);
            _ = _known.TryAdd(measure.Name, measure);
        }

        return measures.ToImmutable();
    }

    /// <summary>Reports quotients of what is no measure, once every table has been read.</summary>
    public void CheckQuotients()
    {
        foreach ((YamlScalar divided, DiagnosticBag diagnostics) in _divided)
        {
            if (!_known.TryGetValue(divided.Text, out ContractMeasure? measure) || measure.Name != divided.Text)
            {
                diagnostics.Error(
                    "LF1082", divided.Location, $"The contract has no measure '{divided.Text}'.",
                    Spelling.Hint(divided.Text, _known.Values.Select(m => m.Name)));
            }
            else if (measure.Aggregate is null)
            {
                diagnostics.Error(
                    "LF1081", divided.Location, $"'{divided.Text}' is itself a quotient.",
                    "Divide measures that have an aggregate.");
            }
        }
    }

    private ContractMeasure One(Section section, ImmutableArray<ContractColumn> columns)
    {
        ContractMeasure measure = new()
        {
            Name = section.Text("name"),
            Description = section.TextOr("description", ""),
            Format = section.TextOr("format", ""),
        };
        return section.Has("divide") ? Quotient(section, measure) : Aggregate(section, measure, columns);
    }

    private ContractMeasure Quotient(Section section, ContractMeasure measure)
    {
        section.Refuse(["aggregate", "column", "where"], "a measure without 'divide'");
        ImmutableArray<YamlScalar> parts = section.Scalars("divide");
        if (parts.Length != 2)
        {
            Malformed(
                section, "divide", "A quotient is of two measures.", "Write divide: [\"Dividend\", \"Divisor\"].");
        }

        _divided.AddRange(parts.Select(p => (p, section.Context.Diagnostics)));
        return measure with { Divide = [.. parts.Select(p => p.Text)] };
    }

    private static ContractMeasure Aggregate(
        Section section, ContractMeasure measure, ImmutableArray<ContractColumn> columns)
    {
        MeasureAggregate? aggregate = section.Choice("aggregate", _aggregates);
        bool countsRows = aggregate == MeasureAggregate.Count && !section.Has("column");
        YamlScalar? name = aggregate is null || countsRows ? null : section.Scalar("column", required: true);
        _ = section.Has("column");
        ContractColumn? column = name is null ? null : Column(section, name, columns);
        if (column is not null && !CanBe(aggregate!.Value, column.Type.Kind))
        {
            Malformed(
                section, "aggregate", $"'{column.Name}' is {column.Type}, of which there is no such number.",
                "Write count, or another column.");
        }

        return measure with
        {
            Aggregate = aggregate,
            Column = column?.Name ?? "",
            Where = [.. section.Entries("where", required: false).Select(e => Filter(section, e, columns))
                .OfType<MeasureFilter>()],
        };
    }

    private static MeasureFilter? Filter(Section section, YamlEntry entry, ImmutableArray<ContractColumn> columns)
    {
        if (Column(section, entry.Key, columns) is not { } column
            || section.AsScalar(entry.Value, entry.Key.Text) is not { } scalar)
        {
            return null;
        }

        // Two texts of one instant or one fraction need not be equal where the report computes.
        bool isExact = column.Type.Kind
            is TypeKind.String or TypeKind.Boolean or TypeKind.Int or TypeKind.BigInt or TypeKind.Date;
        if (isExact && ContractValue.TryRead(column.Type, scalar.Text, out string value))
        {
            return new(column.Name, value);
        }

        section.Context.Diagnostics.Error(
            "LF1081", scalar.Location, $"'{scalar.Text}' is no value that '{column.Name}' can be compared with.",
            isExact ? $"Write {ContractValue.Form(column.Type)}."
                : "Compare a column of text, a boolean, a whole number or a day.");
        return null;
    }

    private static ContractColumn? Column(Section section, YamlScalar name, ImmutableArray<ContractColumn> columns)
    {
        ContractColumn? column = columns.FirstOrDefault(c => c.Name == name.Text);
        if (column is null)
        {
            section.Context.Diagnostics.Error(
                "LF1082", name.Location, $"The table has no column '{name.Text}'.",
                Spelling.Hint(name.Text, columns.Select(c => c.Name)));
        }

        return column;
    }

    private static bool CanBe(MeasureAggregate aggregate, TypeKind kind) => aggregate switch
    {
        MeasureAggregate.Sum or MeasureAggregate.Average => IsNumber(kind),
        MeasureAggregate.Min or MeasureAggregate.Max => IsNumber(kind) || kind is TypeKind.Date or TypeKind.Timestamp,
        _ => kind is not (TypeKind.Binary or TypeKind.Array or TypeKind.Struct),
    };

    private static bool IsNumber(TypeKind kind) =>
        kind is TypeKind.Int or TypeKind.BigInt or TypeKind.Decimal or TypeKind.Double;

    private void CheckName(Section section, string name, ImmutableArray<ContractColumn> columns)
    {
        if (name.Length == 0)
        {
            return;
        }

        if (name.Length > NameLength || name.Any(char.IsControl) || name != name.Trim())
        {
            Malformed(
                section, "name", "The measure's name is too long, or has blanks at an end or control characters.",
                $"Write at most {NameLength} characters on one line.");
        }

        bool isColumn = columns.Any(c => c.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (isColumn || _known.ContainsKey(name))
        {
            section.Context.Diagnostics.Error(
                "LF1022", section.Place("name"),
                $"The name '{name}' is taken by {(isColumn ? "a column of the table" : "a measure of the contract")}.",
                "Choose another; names differ by more than their case.");
        }
    }

    private static void Malformed(Section section, string key, string message, string hint) =>
        section.Context.Diagnostics.Error("LF1081", section.Place(key), message, hint);
}
