using Landfall.Estate.Diagnostics;
using Landfall.Estate.Names;

namespace Landfall.Estate.Validation;

/// <summary>Reports problems at the places of declared things.</summary>
internal sealed class Report(SourceMap sources, DiagnosticBag diagnostics)
{
    public SourceLocation Find(string key) => sources.Find(key);

    public void Error(string code, string key, string message, string? hint) =>
        diagnostics.Error(code, sources.Find(key), message, hint);

    public void Warning(string code, string key, string message, string? hint) =>
        diagnostics.Warning(code, sources.Find(key), message, hint);

    /// <summary>Reports a name that none of the known ones is; an empty name has been reported before.</summary>
    /// <returns>Whether the name is known.</returns>
    public bool Known(string code, string key, string name, IEnumerable<string> known, string what)
    {
        if (name.Length == 0)
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
