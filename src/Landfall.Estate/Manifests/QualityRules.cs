using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Landfall.Estate.Contracts;
using Landfall.Estate.Diagnostics;
using Landfall.Estate.Names;
using Landfall.Estate.Yaml;

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
    public static ImmutableArray<QualityRule> Read(Section table, ImmutableArray<ContractColumn> columns)
    {
        string[] names = [.. columns.Select(c => c.Name)];
        ImmutableArray<QualityRule>.Builder rules = ImmutableArray.CreateBuilder<QualityRule>();
        var seen = new HashSet<string>();
        AddAll(table, column: null);
        foreach (Section column in table.Sections("properties", "The column"))
        {
            AddAll(column, column.TextOr("name", ""));
        }

        return rules.ToImmutable();

        void AddAll(Section owner, string? column)
        {
            foreach (Section section in owner.Sections("quality", "The quality rule", required: false))
            {
                if (ReadRule(section, column, names) is not { } rule)
                {
                    continue;
                }

                if (!seen.Add(rule.Name))
                {
                    Bad(section, "name", $"The table has two quality rules '{rule.Name}'.", "Name one otherwise.");
                }

                rules.Add(rule);
            }
        }
    }

    /// <summary>A rule that we check; null for text, for other tools' rules and where the type is not known.</summary>
    private static QualityRule? ReadRule(Section section, string? column, string[] columns)
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

    private static QualityRule? Library(Section section, string? column, string[] columns)
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

        Section? arguments = section.Nested("arguments", "The arguments", required: false);
        ImmutableArray<string> about = Columns(section, arguments, column, columns);
        if (about.IsEmpty && metric != "rowCount")
        {
            Bad(section, key, $"The metric {metric} has no column.",
                "Put the rule below a column, or add arguments: { properties: [column] }.");
        }

        string pattern = arguments?.TextOr("pattern", "") ?? "";
        ImmutableArray<string> valid = Texts(arguments, "validValues");
        if (metric == "invalidValues" && pattern.Length == 0 && valid.IsEmpty)
        {
            Bad(section, key, "The rule does not say which values are valid.",
                "Add arguments: { validValues: [a, b] } or { pattern: '…' }.");
        }

        CheckPattern(section, pattern);
        string unnamed = column is null ? metric : $"{column}_{metric}";
        return Compare(section, new()
        {
            Name = section.OptionalText("name") ?? unnamed,
            Metric = metric,
            Columns = about,
            Query = "",
            ValidValues = valid,
            MissingValues = Texts(arguments, "missingValues"),
            Pattern = pattern,
            Operator = "",
            Value = 0,
            UpperValue = 0,
            Percent = section.TextOr("unit", "rows") is "percent" or "%",
            Severity = Severe(section),
        });
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

        if (!used[0].EndsWith("Between", StringComparison.Ordinal))
        {
            return rule with { Operator = used[0], Value = section.Decimal(used[0], -Most, Most) };
        }

        decimal[] bounds = [.. section.Scalars(used[0]).Select(s => section.DecimalOf(s, used[0], -Most, Most))];
        if (bounds.Length != 2 || bounds[0] >= bounds[1])
        {
            Bad(section, used[0], $"{used[0]} needs two numbers, the smaller one first.", $"Write {used[0]}: [0, 10].");
            return null;
        }

        return rule with { Operator = used[0], Value = bounds[0], UpperValue = bounds[1] };
    }

    private static ImmutableArray<string> Columns(Section section, Section? arguments, string? column, string[] columns)
    {
        ImmutableArray<YamlScalar> listed = arguments?.Scalars("properties", required: false) ?? [];
        foreach (YamlScalar unknown in listed.Where(l => !columns.Contains(l.Text)))
        {
            section.Context.Diagnostics.Error(
                "LF1044", unknown.Location, $"The table has no column '{unknown.Text}'.",
                Spelling.Hint(unknown.Text, columns));
        }

        return !listed.IsEmpty ? [.. listed.Select(l => l.Text)] : column is null ? [] : [column];
    }

    private static ImmutableArray<string> Texts(Section? arguments, string key) =>
        arguments is null || !arguments.Has(key)
            ? []
            : [.. arguments.Items(key).OfType<YamlScalar>()
                .Where(s => !s.Plain || s.Text is not ("" or "null" or "~"))
                .Select(s => s.Text)];

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

    private static void CheckPattern(Section section, string pattern)
    {
        try
        {
            // Our engines match with RE2, which like this option has no backreferences and no lookaround.
            _ = new Regex(pattern, RegexOptions.NonBacktracking);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            Bad(section, "arguments", $"The pattern '{pattern}' cannot be used.",
                "Write a regular expression without backreferences and lookaround.");
        }
    }

    private static void Bad(Section section, string key, string message, string? hint) =>
        section.Context.Diagnostics.Error("LF1065", section.Place(key), message, hint);
}
