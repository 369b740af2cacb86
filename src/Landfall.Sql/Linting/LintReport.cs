using Landfall.Estate.Diagnostics;
using Landfall.Sql.Text;

namespace Landfall.Sql.Linting;

/// <summary>Collects what rules find in one query text.</summary>
internal sealed class LintReport
{
    private readonly TextMap _map;
    private readonly List<Diagnostic> _found = [];

    /// <summary>A report whose places lead through a map.</summary>
    public LintReport(TextMap map) => _map = map;

    /// <summary>What was found, in the order of finding.</summary>
    public IReadOnlyList<Diagnostic> Found => _found;

    /// <summary>Reports an error at an expanded place; the file's start where the parser does not say.</summary>
    public void Error(string code, int at, string message, string hint) =>
        _found.Add(new(code, Severity.Error, _map.Locate(at), message, hint));
}
