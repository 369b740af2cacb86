using System.Text.Json.Nodes;
using Landfall.Delta;
using Landfall.Engine.Lakes;
using Landfall.Engine.Planning;
using Landfall.Engine.Running;
using Landfall.Estate;
using Landfall.Estate.Integrations;
using Landfall.Workers;

namespace Landfall.Engine.Ingest;

/// <summary>What landing and enriching work with.</summary>
internal sealed record IngestContext
{
    /// <summary>The step.</summary>
    public required StepNode Node { get; init; }

    /// <summary>Every declared table.</summary>
    public required EstateCatalog Catalog { get; init; }

    /// <summary>The lake.</summary>
    public required Lake Lake { get; init; }

    /// <summary>Folders or files of file sources by location name, absolute.</summary>
    public required IReadOnlyDictionary<string, string> Locations { get; init; }

    /// <summary>Names the folder of the step's data files.</summary>
    public required string StepId { get; init; }

    /// <summary>Whether everything is to be derived anew.</summary>
    public required bool FullRefresh { get; init; }

    /// <summary>Time.</summary>
    public required TimeProvider Clock { get; init; }

    /// <summary>Is told why the step runs.</summary>
    public required Action<string> Started { get; init; }

    /// <summary>Runs a task in the step's pool.</summary>
    public required Func<WorkerTask, CancellationToken, Task<JsonNode>> RunWorkerAsync { get; init; }

    /// <summary>Commits to a table; returns the version.</summary>
    public required Func<TableName, DeltaTable, Transaction, JsonObject, CancellationToken,
        Task<long>> CommitAsync { get; init; }

    /// <summary>The step's integration.</summary>
    public Integration Integration => Node.Integration!;

    /// <summary>The integration's folder in raw.</summary>
    public string UnitFolder => Lake.UnitFolder(Node.Zone.Id, LakeLayer.Raw, Integration.Id);

    /// <summary>The context of a step.</summary>
    public static IngestContext Of(StepContext step) => new()
    {
        Node = step.Node,
        Catalog = step.Catalog,
        Lake = step.Lake,
        Locations = step.Locations,
        StepId = step.StepId,
        FullRefresh = step.FullRefresh,
        Clock = step.Clock,
        Started = step.Started,
        RunWorkerAsync = step.RunWorkerAsync,
        CommitAsync = step.CommitAsync,
    };
}
