using Landfall.DuckDb;
using Landfall.Sql;

namespace Landfall.Engine.DuckDb.Reading;

/// <summary>What the columns of data files are called, by their numbers, for tables that map columns by them.</summary>
internal static class FieldNumbers
{
    /// <summary>The names by number of each file.</summary>
    /// <param name="connection">A connection that may read the files.</param>
    /// <param name="paths">Absolute paths.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static IReadOnlyDictionary<string, IReadOnlyDictionary<int, string>> Read(
        DuckDbConnection connection, IEnumerable<string> paths, CancellationToken cancellationToken)
    {
        Dictionary<string, IReadOnlyDictionary<int, string>> names = new(StringComparer.Ordinal);
        foreach (string[] some in paths.Chunk(500))
        {
            string list = string.Join(", ", some.Select(p => SqlText.Literal(GlobEscape.Of(p))));
            foreach (IGrouping<string, object?[]> file in connection.Collect(
                $"select file_name, name, field_id from parquet_schema([{list}]) where field_id is not null",
                cancellationToken).GroupBy(r => (string)r[0]!))
            {
                names[file.Key] = file.GroupBy(r => Convert.ToInt32(r[2], null))
                    .ToDictionary(g => g.Key, g => (string)g.First()[1]!);
            }
        }

        return names;
    }
}
