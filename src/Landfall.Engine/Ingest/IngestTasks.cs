using Landfall.Engine.DuckDb.Enriching;
using Landfall.Engine.Ingest.Landing;
using Landfall.Engine.Ingest.Postgres;
using Landfall.Workers;

namespace Landfall.Engine.Ingest;

/// <summary>The worker tasks of integrations.</summary>
public static class IngestTasks
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<IWorkerTask> All => [new LandFilesTask(), new LandPostgresTask()];
}
