using Relecloud.Sources.Application;
using Relecloud.Sources.Database;
using Relecloud.Sources.Storage;

namespace Relecloud.Sources;

/// <summary>
/// Simulates Relecloud's source systems day by day: telemetry and cloud accounts as files, customers and invoices in
/// PostgreSQL, and <c>truth.json</c> with what revenue by service must come to.
/// </summary>
/// <remarks>
/// Seed, scale and start decide every byte, however many runs the days are spread over. A killed run is continued by
/// the next one: files appear whole, rows of up to 30 days in one transaction with the number of days done, and
/// <c>state.json</c> says which days are complete.
/// </remarks>
/// <param name="options">Where and how much.</param>
/// <param name="adviser">What recommends services to the application outside the platform.</param>
/// <param name="clock">Time.</param>
public sealed class RelecloudSimulator(SourcesOptions options, IAdviser adviser, TimeProvider clock)
{
    private const int DaysBeforeToday = 180;

    // What is held in memory and written in one transaction.
    private const int DaysPerBatch = 30;

    /// <summary>Makes the source systems and delivers days until there are at least so many.</summary>
    /// <param name="days">Days in all, those of earlier runs included.</param>
    /// <param name="progress">Told after each day; null for nobody.</param>
    /// <param name="cancellationToken">Stops between two days; what is complete stays.</param>
    /// <returns>The state afterwards.</returns>
    /// <exception cref="SourcesException">
    /// The folder or the database holds another simulation, or another process is at work there.
    /// </exception>
    public async Task<SourcesState> EnsureAsync(
        int days, IProgress<SourcesProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        using SourceFolder folder = new(options.Folder);
        SourcesState state = Open(folder);
        return await DeliverAsync(folder, state, Math.Max(days, state.Days), progress, cancellationToken);
    }

    /// <summary>Delivers more days.</summary>
    /// <param name="days">How many more.</param>
    /// <param name="progress">Told after each day; null for nobody.</param>
    /// <param name="cancellationToken">Stops between two days; what is complete stays.</param>
    /// <returns>The state afterwards.</returns>
    /// <exception cref="SourcesException">As for <see cref="EnsureAsync"/>.</exception>
    public async Task<SourcesState> AdvanceAsync(
        int days, IProgress<SourcesProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        using SourceFolder folder = new(options.Folder);
        SourcesState state = Open(folder);
        return await DeliverAsync(folder, state, state.Days + days, progress, cancellationToken);
    }

    private SourcesState Open(SourceFolder folder)
    {
        SourcesState? kept = SourcesState.Read(folder.Folder);
        SourcesState wanted = new()
        {
            Seed = options.Seed,
            Scale = options.Scale,
            Start = options.Start ?? kept?.Start ?? Today().AddDays(-DaysBeforeToday),
            Days = kept?.Days ?? 0,
        };
        if (options.Scale is not (>= 0.0001 and <= 10))
        {
            throw new SourcesException($"The scale is {options.Scale}; it can be 0.0001 to 10. Nothing was made.");
        }

        if (kept is not null && kept != wanted)
        {
            throw new SourcesException(
                $"{folder.Folder} holds a simulation of seed {kept.Seed}, scale {kept.Scale}, from "
                + $"{kept.Start:yyyy-MM-dd}; asked for was seed {wanted.Seed}, scale {wanted.Scale}, from "
                + $"{wanted.Start:yyyy-MM-dd}. It was left as it is. Ask for the same again, or choose another home.");
        }

        if (kept is null)
        {
            Save(folder, wanted);
        }

        return wanted;
    }

    private async Task<SourcesState> DeliverAsync(
        SourceFolder folder, SourcesState state, int days, IProgress<SourcesProgress>? progress,
        CancellationToken cancellationToken)
    {
        await using BillingDatabase database = await BillingDatabase.OpenAsync(
            options.SuperuserConnection, options.ReaderPassword, state, cancellationToken);
        if (state.Days == days && database.Days == days)
        {
            return state;
        }

        DayByDay simulation = new(state, folder, adviser);
        for (int day = 0; day < days; day++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            simulation.Live(day, write: day >= state.Days);
            if (day < database.Days)
            {
                simulation.Changes.Clear();
            }

            bool last = day + 1 == days;
            if (day + 1 > database.Days && (last || (day + 1) % DaysPerBatch == 0))
            {
                await database.ApplyAsync(simulation.Changes, day + 1, cancellationToken);
                simulation.Changes.Clear();
            }

            if (day + 1 > state.Days && (last || (day + 1) % DaysPerBatch == 0))
            {
                simulation.WriteTruth(day);
                state = state with { Days = day + 1 };
                Save(folder, state);
            }

            progress?.Report(new SourcesProgress(day + 1, days, simulation.Lines));
        }

        return state;
    }

    private DateOnly Today() => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

    private static void Save(SourceFolder folder, SourcesState state) =>
        folder.Write(SourcesState.FileName, null, stream => stream.Write(state.ToJson()));
}
