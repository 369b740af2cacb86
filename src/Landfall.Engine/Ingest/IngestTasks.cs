using Landfall.Engine.Engines;
using Landfall.Engine.Ingest.Landing;
using Landfall.Engine.Ingest.Postgres;
using Landfall.Workers;

namespace Landfall.Engine.Ingest;

/// <summary>The worker tasks of integrations.</summary>
public static class IngestTasks
{
    /// <summary>All of them.</summary>
    /// <param name="staging">Stages rows that come as texts.</param>
    public static IReadOnlyList<IWorkerTask> All(ITextStaging staging) =>
        [new LandFilesTask(), new LandPostgresTask(staging)];
}
