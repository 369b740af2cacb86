using System.Collections.Immutable;

namespace Landfall.Estate.Diagnostics;

/// <summary>Collects what is found while an estate is read.</summary>
public sealed class DiagnosticBag
{
    private readonly List<Diagnostic> _found = [];

    /// <summary>Whether an error is among them.</summary>
    public bool HasErrors => _found.Exists(d => d.Severity == Severity.Error);

    /// <summary>Adds an error.</summary>
    public void Error(string code, SourceLocation place, string message, string? hint = null) =>
        _found.Add(new(code, Severity.Error, place, message, hint));

    /// <summary>Adds a warning.</summary>
    public void Warning(string code, SourceLocation place, string message, string? hint = null) =>
        _found.Add(new(code, Severity.Warning, place, message, hint));

    /// <summary>All of them, each once, in order of file, line, column and code.</summary>
    public ImmutableArray<Diagnostic> ToOrdered() =>
    [
        .. _found.Distinct()
            .OrderBy(d => d.Location.File, StringComparer.Ordinal)
            .ThenBy(d => d.Location.Line)
            .ThenBy(d => d.Location.Column)
            .ThenBy(d => d.Code, StringComparer.Ordinal),
    ];
}
