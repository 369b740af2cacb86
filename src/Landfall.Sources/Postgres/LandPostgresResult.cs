using System.Collections.Immutable;
using Landfall.Engine.Steps;

namespace Landfall.Sources.Postgres;

/// <summary>What <see cref="LandPostgresTask"/> read.</summary>
internal sealed record LandPostgresResult
{
    /// <summary>Tables that changed.</summary>
    public required ImmutableArray<PostgresRead> Tables { get; init; }

    /// <summary>Time of the snapshot by the server's clock, microseconds since 1970-01-01 UTC.</summary>
    public required long Time { get; init; }

    /// <summary>Tables that could not be read.</summary>
    public required ImmutableArray<LeftOut> LeftOut { get; init; }

    /// <summary>Things worth knowing of tables that were read.</summary>
    public required ImmutableArray<string> Warnings { get; init; }
}
