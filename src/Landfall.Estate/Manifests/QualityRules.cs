using System.Collections.Immutable;
using Landfall.Estate.Contracts;
using Landfall.Estate.Diagnostics;
using Landfall.Estate.Names;
using Landfall.Estate.Reading;

namespace Landfall.Estate.Manifests;

/// <summary>Reads the quality rules of an ODCS table and of its columns.</summary>
internal static class QualityRules
{
    private const decimal Most = 1_000_000_000_000_000_000m;

    private static readonly ImmutableArray<string> _metrics =
        ["nullValues", "missingValues", "invalidValues", "duplicateValues", "rowCount"];

    private static readonly ImmutableArray<string> _operators =
    [
        "mustBe", "mustNotBe", "mustBeGreaterThan", "mustBeGreaterOrEqualTo", "mustBeLessThan", "mustBeLessOrEqualTo",
        "mustBeBetween", "mustNotBeBetween",
    ];

    /// <summary>The rules in the order of the file, the table's before its columns'.</summary>
    /// <param name="table">The table.</param>
    /// <param name="key">Its key in the source map.</param>
    /// <param name="columns">Its columns.</param>
    public static ImmutableArray<QualityRule> Read(Section table, string key, ImmutableArray<ContractColumn> columns)
    {
        ImmutableArray<QualityRule>.Builder rules = ImmutableArray.CreateBuilder<QualityRule>();
        var seen = new HashSet<string>();
        AddAll(table, column: null);
        foreach (Section column in table.Sections("properties", "The column"))
        {
            AddAll(column, column.TextOr("name", ""));
            RefuseNested(column);
        }

        return rules.ToImmutable();

        void AddAll(Section owner, string? column)
        {
            foreach (Section section in owner.Sections("quality", "The quality rule", required: false))
            {
                if (ReadRule(section, column, columns) is not { } rule)
                {
                    continue;
                }

                if (!seen.Add(rule.Name))
                {
                    Bad(section, "name", $"The table has two quality rules '{rule.Name}'.", "Name one otherwise.");
                }

                rules.Add(rule);
                section.Context.Mark($"{key}/quality:{rule.Name}", section.Location);
            }
        }
    }

    /// <summary>A value inside a value is no column: nothing would check its rules.</summary>
    private static void RefuseNested(Section column)
    {
        if (column.TextOr("logicalType", "") is not ("array" or "object"))
        {
            return;
        }

        Section?[] inner =
        [
            .. column.Sections("properties", "The field", required: false),
            column.Nested("items", "The array's items", required: false),
        ];
        foreach (Section field in inner.OfType<Section>())
        {
            foreach (Section rule in field.Sections("quality", "The quality rule", required: false)
                .Where(r => r.TextOr("type", "library") != "text"))
            {
                rule.Context.Diagnostics.Error(
                    "LF1065", rule.Location, "A quality rule of a field inside a column is not checked.",
                    "Write it as sql of the table.");
            }

            RefuseNested(field);
        }
    }

    /// <summary>A rule that we check; null for text, for other tools' rules and where the type is not known.</summary>
    private static QualityRule? ReadRule(Section section, string? column, ImmutableArray<ContractColumn> columns)
    {
        string type = section.TextOr("type", "library");
        switch (type)
        {
            case "text":
                return null;
            case "custom":
                section.Context.Diagnostics.Warning(
                    "LF1069", section.Location, "The quality rule is written for another tool and is not checked here.",
                    "Write it as library metric or as sql to have it checked.");
                return null;
            case "library":
                return Library(section, column, columns);
            case "sql":
                return Sql(section, column);
            default:
                Bad(section, "type", $"The rule type '{type}' is not known.",
                    Spelling.Hint(type, ["library", "sql", "text", "custom"]));
                return null;
        }
    }

    private static QualityRule? Library(Section section, string? column, ImmutableArray<ContractColumn> columns)
    {
        // Before 3.1 the metric stood in 'rule'.
        string key = section.Has("metric") || !section.Has("rule") ? "metric" : "rule";
        string metric = section.Text(key);
        if (metric.Length == 0)
        {
            return null;
        }

        if (!_metrics.Contains(metric))
        {
            Bad(section, key, $"The metric '{metric}' is not known.", Spelling.Hint(metric, _metrics));
            return null;
        }

        string unnamed = column is null ? metric : $"{column}_{metric}";
        QualityRule rule = new()
        {
            Name = section.OptionalText("name") ?? unnamed,
            Metric = metric,
            Columns = [],
            Query = "",
            ValidValues = [],
            Pattern = "",
            Operator = "",
            Value = 0,
            UpperValue = 0,
            Percent = IsPercent(section, metric),
            Severity = Severe(section),
        };
        return Compare(section, new QualityArguments(section, metric, columns).AddTo(rule, column));
    }

    /// <summary>The standard lets a unit be any word; one that we do not know leaves open what is counted.</summary>
    private static bool IsPercent(Section section, string metric)
    {
        string unit = section.TextOr("unit", "rows");
        bool percent = unit is "percent" or "%";
        if (!percent && unit != "rows")
        {
            Bad(section, "unit", $"The unit '{unit}' is not known.", Spelling.Hint(unit, ["rows", "percent"]));
        }
        else if (percent && metric == "rowCount")
        {
            Bad(section, "unit", "The number of rows is no share of them.", "Remove the unit.");
        }

        return percent && metric != "rowCount";
    }

    private static QualityRule? Sql(Section section, string? column)
    {
        string query = section.Text("query").Replace("${column}", column ?? "${column}");
        if (query.Length > 0 && !query.Contains("${table}", StringComparison.Ordinal))
        {
            Bad(section, "query", "The query does not name ${table}.", "Write: select count(*) from ${table} where …");
        }

        if (query.Contains("${column}", StringComparison.Ordinal))
        {
            Bad(section, "query", "The query names ${column} but the rule is the table's.", "Put it below a column.");
        }

        return Compare(section, new()
        {
            Name = section.OptionalText("name") ?? (column is null ? "sql" : $"{column}_sql"),
            Metric = "sql",
            Columns = column is null ? [] : [column],
            Query = query,
            ValidValues = [],
            Pattern = "",
            Operator = "",
            Value = 0,
            UpperValue = 0,
            Percent = false,
            Severity = Severe(section),
        });
    }

    private static QualityRule? Compare(Section section, QualityRule rule)
    {
        string[] used = [.. _operators.Where(section.Has)];
        if (used.Length != 1)
        {
            string found = used.Length == 0 ? "no operator" : string.Join(" and ", used);
            section.Context.Diagnostics.Error(
                "LF1065", section.Location, $"The quality rule has {found}.",
                $"Write exactly one of {string.Join(", ", _operators)}.");
            return null;
        }

        (decimal low, decimal high) = rule.Percent ? (0, 100) : (-Most, Most);
        if (!used[0].EndsWith("Between", StringComparison.Ordinal))
        {
            return rule with { Operator = used[0], Value = section.Decimal(used[0], low, high) };
        }

        decimal[] bounds = [.. section.Scalars(used[0]).Select(s => section.DecimalOf(s, used[0], low, high))];
        if (bounds.Length != 2 || bounds[0] >= bounds[1])
        {
            Bad(section, used[0], $"{used[0]} needs two numbers, the smaller one first.", $"Write {used[0]}: [0, 10].");
            return null;
        }

        return rule with { Operator = used[0], Value = bounds[0], UpperValue = bounds[1] };
    }

    private static Severity Severe(Section section)
    {
        string text = section.TextOr("severity", "error");
        if (text is not ("error" or "warning" or "info"))
        {
            Bad(section, "severity", $"The severity '{text}' is not known.",
                Spelling.Hint(text, ["error", "warning", "info"]));
        }

        return text == "error" ? Severity.Error : Severity.Warning;
    }

    private static void Bad(Section section, string key, string message, string? hint) =>
        section.Context.Diagnostics.Error("LF1065", section.Place(key), message, hint);
}
