using Landfall.Estate.Diagnostics;
using Landfall.Sql.Text;

namespace Landfall.Sql;

/// <summary>A compiled query whose tables have an engine's names, with the way back to the query's file.</summary>
public sealed class EngineQuery
{
    private readonly int _bodyStart;
    private readonly int _bodyEnd;
    private readonly TextMap _renamed;
    private readonly TextMap _expanded;

    internal EngineQuery(string text, int bodyStart, int bodyEnd, TextMap renamed, TextMap expanded)
    {
        Text = text;
        _bodyStart = bodyStart;
        _bodyEnd = bodyEnd;
        _renamed = renamed;
        _expanded = expanded;
    }

    /// <summary>One SELECT without a final semicolon.</summary>
    public string Text { get; }

    /// <summary>
    /// The place in the query's file that an index of <see cref="Text"/> came from; null for the casts around it.
    /// </summary>
    public SourceLocation? Locate(int index) => index < _bodyStart || index >= _bodyEnd
        ? null
        : _expanded.Locate(_renamed.OriginalIndex(index - _bodyStart));
}
