using System.Text.Json.Nodes;
using Landfall.Delta;
using Landfall.Engine.Lakes;
using Landfall.Engine.Ledgers;
using Landfall.Estate;
using Landfall.Workers;

namespace Landfall.Engine.Steps;

/// <summary>
/// What a step works with: the lake, a way to run workers in its pool, and the one way to commit. In a run that is the
/// lake itself, metered and recorded; in a plan a copy of it, which leaves no trace. One instance a step; its methods
/// may be called from several threads.
/// </summary>
public interface IStepHost
{
    /// <summary>The estate.</summary>
    EstateDefinition Estate { get; }

    /// <summary>Every declared table.</summary>
    EstateCatalog Catalog { get; }

    /// <summary>The step.</summary>
    StepNode Node { get; }

    /// <summary>The lake.</summary>
    Lake Lake { get; }

    /// <summary>
    /// Folders or files of file sources by location name, absolute; given ones replace the target's.
    /// </summary>
    IReadOnlyDictionary<string, string> Locations { get; }

    /// <summary>Id of the run; null in a plan.</summary>
    string? RunId { get; }

    /// <summary>Id of the step, unique for ever; names the folder of its data files.</summary>
    string StepId { get; }

    /// <summary>Whether everything is to be built anew.</summary>
    bool FullRefresh { get; }

    /// <summary>Whether sources are compared by their content, though nothing tells that it changed.</summary>
    bool VerifiesSources { get; }

    /// <summary>Whether a batch that failed is read again though nothing that decides on it has changed.</summary>
    bool RetriesFailed { get; }

    /// <summary>
    /// Why a publication cannot bring the newest version, as a sentence: a step before it failed. Empty where none did;
    /// no other step runs then.
    /// </summary>
    string Obstacle { get; }

    /// <summary>Time.</summary>
    TimeProvider Clock { get; }

    /// <summary>The versions of tables that are read, by table.</summary>
    IReadOnlyDictionary<TableName, long> Pins { get; }

    /// <summary>Says which version of the step's table the steps after it read.</summary>
    void Pin(TableName table, long version);

    /// <summary>Is told why the step runs, once it is known that it has something to do.</summary>
    void Started(string reason);

    /// <summary>
    /// Runs a task in a worker process of the step's pool, with the pool's secrets. Returns the task's result; throws
    /// <see cref="LandfallException"/> with the worker's code where it failed.
    /// </summary>
    Task<JsonNode> RunWorkerAsync(WorkerTask task, CancellationToken cancellationToken);

    /// <summary>Commits; returns the version. Throws LF4010 where another writer's commit conflicts.</summary>
    /// <param name="table">The table's SQL name.</param>
    /// <param name="delta">The table.</param>
    /// <param name="transaction">Adds, removes and metadata of the step.</param>
    /// <param name="details">What the step pins: inputs with versions, fingerprints, reason.</param>
    /// <param name="cancellationToken">Ends the step before the commit; ignored after.</param>
    Task<long> CommitAsync(
        TableName table, DeltaTable delta, Transaction transaction, JsonObject details,
        CancellationToken cancellationToken);

    /// <summary>Records reads and decisions.</summary>
    Task AuditAsync(IReadOnlyList<AuditEntry> entries, CancellationToken cancellationToken);
}
