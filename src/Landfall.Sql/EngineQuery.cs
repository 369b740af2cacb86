using Landfall.Estate.Diagnostics;

namespace Landfall.Sql;

/// <summary>A compiled query whose tables have an engine's names, with the way back to the query's file.</summary>
public sealed class EngineQuery
{
    private readonly int _bodyStart;
    private readonly SparkQuery _body;

    internal EngineQuery(string text, int bodyStart, SparkQuery body) =>
        (Text, _bodyStart, _body) = (text, bodyStart, body);

    /// <summary>One SELECT without a final semicolon.</summary>
    public string Text { get; }

    /// <summary>
    /// The place in the query's file that an index of <see cref="Text"/> came from; null for the casts around it.
    /// </summary>
    public SourceLocation? Locate(int index) =>
        index < _bodyStart || index >= _bodyStart + _body.Text.Length ? null : _body.Locate(index - _bodyStart);
}
