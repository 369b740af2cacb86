using Landfall.Engine.Running;
using Landfall.Engine.Steps;
using Landfall.Testing;

namespace Landfall.Engine.Tests.Running;

public sealed class WorkSlotsTests : IDisposable
{
    private static readonly int Machine = Math.Max(2, Environment.ProcessorCount);

    private readonly WorkSlots _slots = new();

    public void Dispose() => _slots.Dispose();

    [Fact]
    public async Task Enter_APoolLargerThanTheMachine_GetsAsManyPlacesAsTheMachineHas()
    {
        List<IDisposable> places = await FillMachineAsync();

        Task<IDisposable> next = _slots.EnterAsync(Step("large", Machine + 1), RunBench.None);

        Assert.False(next.IsCompleted);
        places[0].Dispose();
        await next.WaitAsync(RunBench.Patience);
    }

    [Fact]
    public async Task Enter_AFullPool_WaitsThoughTheMachineHasPlaces()
    {
        IDisposable place = await _slots.EnterAsync(Step("small", 1), RunBench.None);

        Task<IDisposable> next = _slots.EnterAsync(Step("small", 1), RunBench.None);

        Assert.False(next.IsCompleted);
        place.Dispose();
        await next.WaitAsync(RunBench.Patience);
    }

    [Fact]
    public async Task Enter_StoppedWhileItWaitsForTheMachine_GivesItsPlaceInThePoolBack()
    {
        List<IDisposable> places = await FillMachineAsync();
        using CancellationTokenSource stop = new();
        Task<IDisposable> stopped = _slots.EnterAsync(Step("small", 1), stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stopped);

        places[0].Dispose();

        await _slots.EnterAsync(Step("small", 1), RunBench.None).WaitAsync(RunBench.Patience);
    }

    private static StepNode Step(string pool, int concurrency) =>
        TestSteps.Build("billing", "product", "t") with { Pool = TestSteps.Pool(pool, concurrency) };

    private async Task<List<IDisposable>> FillMachineAsync()
    {
        List<IDisposable> places = [];
        for (int i = 0; i < Machine; i++)
        {
            places.Add(await _slots.EnterAsync(Step("large", Machine + 1), RunBench.None)
                .WaitAsync(RunBench.Patience));
        }

        return places;
    }
}
