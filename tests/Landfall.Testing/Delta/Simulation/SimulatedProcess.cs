namespace Landfall.Testing.Delta.Simulation;

/// <summary>A process of a <see cref="SimulatedWorld"/>.</summary>
internal sealed class SimulatedProcess(Func<Task> body)
{
    public Func<Task> Body => body;

    public Task? Running { get; set; }

    public bool IsKilled { get; set; }
}
