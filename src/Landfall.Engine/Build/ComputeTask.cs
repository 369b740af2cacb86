using Landfall.Engine.Engines;
using Landfall.Workers;

namespace Landfall.Engine.Build;

/// <summary>A worker's task that computes a table of a kind of product.</summary>
/// <param name="kind">Kind of the task.</param>
public abstract class ComputeTask(string kind) : JsonTask<ComputePayload, BuildResult>(
    kind, ComputeJson.Default);
