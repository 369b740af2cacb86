using System.Collections.Immutable;
using Landfall.Estate.Contracts;
using Landfall.Estate.Diagnostics;
using Landfall.Estate.Names;

namespace Landfall.Estate.Reading;

/// <summary>Reports problems at the places of declared things.</summary>
/// <param name="sources">The places.</param>
/// <param name="diagnostics">Where problems go.</param>
/// <param name="unreadable">Ids of what is declared in files that cannot be read.</param>
public sealed class Report(SourceMap sources, DiagnosticBag diagnostics, IReadOnlySet<string> unreadable)
{
    /// <summary>Whether something is declared in a file that cannot be read.</summary>
    public bool HasUnreadable => unreadable.Count > 0;

    /// <summary>Whether an id, as SQL has it, is declared in a file that cannot be read.</summary>
    public bool IsUnreadable(string sqlName) => unreadable.Any(u => TableName.SqlName(u) == sqlName);

    /// <summary>Reports an error at the place of a declared thing.</summary>
    public void Error(string code, string key, string message, string? hint) =>
        diagnostics.Error(code, sources.Find(key), message, hint);

    /// <summary>Reports a warning at the place of a declared thing.</summary>
    public void Warning(string code, string key, string message, string? hint) =>
        diagnostics.Warning(code, sources.Find(key), message, hint);

    /// <summary>A column of a contract's table; null where it has none of that name, which is reported.</summary>
    public ContractColumn? FindColumn(Contract contract, string table, string column, string key)
    {
        ContractTable? promised = contract.Tables.FirstOrDefault(t => t.Name == table);
        return promised is not null
            && Known("LF1044", key, column, promised.Columns.Select(c => c.Name), "column in the contract named")
            ? promised.Columns.First(c => c.Name == column)
            : null;
    }

    /// <summary>Reports a tool that a zone has not chosen.</summary>
    /// <param name="zone">The zone's id.</param>
    /// <param name="key">The place.</param>
    /// <param name="tool">The tool; empty where it has been reported.</param>
    /// <param name="chosen">Those that the zone has of the kind.</param>
    /// <param name="kind">The kind, as <c>tools</c> names it.</param>
    public void RequireTool(string zone, string key, string tool, ImmutableArray<string> chosen, string kind)
    {
        if (tool.Length > 0 && !chosen.Contains(tool))
        {
            Error(
                "LF1038", key, $"The zone's tools.{kind} have no '{tool}'.",
                $"Add it to tools.{kind} in {zone}/zone.yaml, or choose one of: {string.Join(", ", chosen)}.");
        }
    }

    /// <summary>
    /// Reports a name that none of the known ones is; an empty name and what cannot be read have been reported.
    /// </summary>
    /// <returns>Whether the name is known.</returns>
    public bool Known(string code, string key, string name, IEnumerable<string> known, string what)
    {
        if (name.Length == 0 || unreadable.Contains(name))
        {
            return false;
        }

        string[] all = [.. known];
        if (all.Contains(name))
        {
            return true;
        }

        Error(code, key, $"There is no {what} '{name}'.", Spelling.Hint(name, all));
        return false;
    }
}
