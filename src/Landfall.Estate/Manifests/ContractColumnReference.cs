using System.Text.RegularExpressions;
using Landfall.Estate.Reading;

namespace Landfall.Estate.Manifests;

/// <summary>A column as a relationship of ODCS names it.</summary>
/// <param name="Table">The table's name or id; empty where the column is of another contract.</param>
/// <param name="Column">The column's name or id.</param>
/// <param name="IsById">Whether ids of the contract's elements are meant before names.</param>
internal sealed partial record ContractColumnReference(string Table, string Column, bool IsById)
{
    /// <summary>How it is written.</summary>
    public const string Shape = "table.column, or schema/TABLE/properties/COLUMN with ids of this contract";

    /// <summary>Whether another contract has the column.</summary>
    public bool IsElsewhere => Table.Length == 0;

    /// <summary>Reads a reference; null where the text is none.</summary>
    public static ContractColumnReference? Parse(string text) =>
        ElsewherePattern().IsMatch(text) ? new("", "", IsById: true)
        : ShortPattern().Match(text) is { Success: true } name
            ? new(name.Groups[1].Value, name.Groups[2].Value, IsById: false)
        : LongPattern().Match(text) is { Success: true } id
            ? new(id.Groups[1].Value, id.Groups[2].Value, IsById: true)
        : null;

    /// <summary>Whether an element of the contract is the one that a part of the reference means.</summary>
    public bool Means(Section element, string part) =>
        (IsById && element.TextOr("id", "") == part) || element.TextOr("name", "") == part;

    [GeneratedRegex(@"\A([A-Za-z_][A-Za-z0-9_]*)\.([A-Za-z_][A-Za-z0-9_]*)\z")]
    private static partial Regex ShortPattern();

    [GeneratedRegex(@"\A/?schema/([A-Za-z0-9_-]+)/properties/([A-Za-z0-9_-]+)\z")]
    private static partial Regex LongPattern();

    [GeneratedRegex(@"\A[^#\s]+\.yaml#\S+\z", RegexOptions.NonBacktracking)]
    private static partial Regex ElsewherePattern();
}
