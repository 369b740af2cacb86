using System.Collections.Immutable;

namespace Landfall.Sources.Postgres;

/// <summary>What <see cref="LandPostgresTask"/> read.</summary>
/// <param name="Tables">Tables that changed.</param>
/// <param name="Time">Time of the snapshot by the server's clock, microseconds since 1970-01-01 UTC.</param>
internal sealed record LandPostgresResult(ImmutableArray<PostgresRead> Tables, long Time);
