using System.Text;
using Landfall.DuckDb;

namespace Landfall.Engine.DuckDb.Enriching.Columns;

/// <summary>
/// Casts texts of one column through DuckDB by <see cref="TypeRules"/>, some at once. For what is not in the plain form
/// that is read without it. Used by one thread.
/// </summary>
internal sealed class TextCaster : IDisposable
{
    private readonly DuckDbStatement _statement;

    /// <summary>Prepares casts to a type.</summary>
    public TextCaster(DuckDbConnection connection, TypeRules rules)
    {
        _statement = connection.Prepare(
            $"select t, {rules.Rule("v", "t")} as rule "
            + $"from (select v, {rules.Value("v")} as t from (select unnest($1) as v))");
    }

    /// <summary>A value of the casts' type at a place of the texts, or the rule that the text breaks.</summary>
    public delegate void Receiver(int index, VectorView values, int row, string? rule);

    /// <summary>Casts texts; results come in their order.</summary>
    public void Cast(List<string> texts, Receiver receive)
    {
        _statement.Bind(1, texts);
        using DuckDbResult result = _statement.Query();
        int index = 0;
        while (result.NextChunk(out DataChunk chunk))
        {
            VectorView values = chunk[0];
            VectorView rules = chunk[1];
            for (int row = 0; row < chunk.RowCount; row++)
            {
                receive(index++, values, row, rules.IsValid(row) ? Encoding.UTF8.GetString(rules.Bytes(row)) : null);
            }
        }
    }

    /// <summary>Lets go of the statement. Safe to call twice.</summary>
    public void Dispose() => _statement.Dispose();
}
