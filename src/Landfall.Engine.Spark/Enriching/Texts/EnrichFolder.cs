using System.Text;
using System.Text.Json.Nodes;
using Landfall.Engine.Spark.Connect;

namespace Landfall.Engine.Spark.Enriching.Texts;

/// <summary>A folder that Spark and this process both see, for what is not to be kept. Deleted in the end.</summary>
/// <param name="session">Reads what is put there.</param>
/// <param name="path">Its absolute path.</param>
internal sealed class EnrichFolder(SparkSession session, string path) : IDisposable
{
    private int _count;

    /// <summary>Makes rows a view of the session.</summary>
    /// <param name="view">Its name.</param>
    /// <param name="schema">Columns as DDL.</param>
    /// <param name="rows">Values by column; a column that is missing is null.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task PutAsync(
        string view, string schema, IEnumerable<JsonObject> rows, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(path);
        string file = Next() + ".jsonl";
        await File.WriteAllLinesAsync(
            file, rows.Select(r => r.ToJsonString()), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            cancellationToken);
        await session.CreateViewAsync(view, new("json", schema, [file]), cancellationToken);
    }

    /// <summary>Makes the rows of a query a view of the session that does not compute them again.</summary>
    /// <param name="view">Its name.</param>
    /// <param name="sql">The query.</param>
    /// <param name="progress">Told how far Spark is; null for nobody.</param>
    /// <param name="cancellationToken">Interrupts the query.</param>
    public async Task KeepAsync(
        string view, string sql, Action<SparkProgress>? progress, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(path);
        string folder = Next();
        await session.WriteAsync(new(sql, folder), progress, cancellationToken);
        await session.CreateViewAsync(view, new("parquet", null, [folder]), cancellationToken);
    }

    /// <summary>Deletes the folder. Safe to call twice.</summary>
    public void Dispose()
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
    }

    private string Next() => Path.Combine(path, $"p{++_count}");
}
