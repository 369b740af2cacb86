using Landfall.Estate.Diagnostics;
using Landfall.Estate.Names;

namespace Landfall.Estate.Validation;

/// <summary>Reports problems at the places of declared things.</summary>
/// <param name="sources">The places.</param>
/// <param name="diagnostics">Where problems go.</param>
/// <param name="unreadable">Ids of what is declared in files that cannot be read.</param>
public sealed class Report(SourceMap sources, DiagnosticBag diagnostics, IReadOnlySet<string> unreadable)
{
    /// <summary>Whether an id, as SQL has it, is declared in a file that cannot be read.</summary>
    public bool IsUnreadable(string sqlName) => unreadable.Any(u => TableName.SqlName(u) == sqlName);

    /// <summary>Reports an error at the place of a declared thing.</summary>
    public void Error(string code, string key, string message, string? hint) =>
        diagnostics.Error(code, sources.Find(key), message, hint);

    /// <summary>Reports a warning at the place of a declared thing.</summary>
    public void Warning(string code, string key, string message, string? hint) =>
        diagnostics.Warning(code, sources.Find(key), message, hint);

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
