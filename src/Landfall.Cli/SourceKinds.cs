using System.Collections.Immutable;
using Landfall.Engine.DuckDb.Staging;
using Landfall.Engine.Ingest;
using Landfall.Sources.Files;
using Landfall.Sources.Postgres;

namespace Landfall.Cli;

/// <summary>The kinds of sources that this program has; integrations name them.</summary>
internal static class SourceKinds
{
    public static ImmutableArray<ISourceKind> All { get; } =
        [new FilesSourceKind(), new PostgresSourceKind(new DuckDbStaging())];
}
