using System.Collections.Immutable;
using Landfall.Delta;
using Landfall.DuckDb;
using Landfall.Engine.DuckDb.Storage;
using Landfall.Engine.Engines;
using Landfall.Sql;

namespace Landfall.Engine.DuckDb.Enriching;

/// <summary>
/// Takes rows out of the quarantine whose source has new content: they are no longer what the source says. Data files
/// that lose a row are written anew without it.
/// </summary>
internal static class ReplacedQuarantine
{
    /// <summary>The files to commit and those to remove.</summary>
    public static (ImmutableArray<DataFile> Files, ImmutableArray<string> Removed) Rewrite(
        EnrichRequest payload, DuckDbConnection connection, ImmutableArray<string> sources,
        CancellationToken cancellationToken)
    {
        if (sources.IsEmpty || payload.QuarantineExisting.IsEmpty)
        {
            return ([], []);
        }

        TableSchema schema = TableSchema.Parse(payload.QuarantineSchema);
        string old = DeltaScan.Sql(
            payload.QuarantineFolder, schema,
            [.. payload.QuarantineExisting.Select(p => new AddFile { Path = p, Size = 0, ModificationTime = 0 })],
            withPosition: true);
        string names = string.Join(", ", sources.Select(SqlText.Literal));
        using DuckDbResult found = connection.Query(
            $"select distinct {DeltaScan.FileColumn} from ({old}) where _source in ({names})", cancellationToken);
        ImmutableArray<string> removed = [.. found.Rows().Select(r => (string)r[0]!)];
        if (removed.IsEmpty)
        {
            return ([], []);
        }

        string files = string.Join(", ", removed.Select(SqlText.Literal));
        return
        (
            [
                .. DataFileWriter.Write(
                    connection,
                    $"select * from ({old}) where {DeltaScan.FileColumn} in ({files}) and _source not in ({names})",
                    schema, payload.QuarantineFolder, payload.StepId, cancellationToken),
            ],
            removed
        );
    }
}
