using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Landfall.Cli.Demo;
using Landfall.Engine;

namespace Landfall.Cli.Commands;

/// <summary>
/// <c>demo sources</c>: makes the demo's source systems, or lets days pass in them; <c>start</c> and <c>stop</c> their
/// database.
/// </summary>
internal sealed class DemoSourcesCommand : LandfallCommand
{
    private const int YearMin = 2000;
    private const int YearMax = 2100;

    private readonly Argument<string?> _action = new("ACTION")
    {
        Description = "start or stop the database of the sources; without it, make them or let days pass.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<double?> _scale = new("--scale")
    {
        Description = "Size of new sources; 1 is 20 million events, 5,000 accounts, 150 services. Default: 0.05.",
        HelpName = "X",
    };

    private readonly Option<long?> _seed = new("--seed")
    {
        Description = "Seed of new sources: the same seed gives the same data.",
        HelpName = "N",
    };

    private readonly Option<int?> _days = new("--days")
    {
        Description = "Days of history of new sources, 180 by default; in sources that exist, how many days pass.",
        HelpName = "N",
    };

    private readonly Option<DateOnly?> _from = new("--from")
    {
        Description = "First day of new sources. Default: 180 days before today.",
        HelpName = "DAY",
        CustomParser = ParseDay,
    };

    public DemoSourcesCommand()
        : base(
            "sources",
            "Make the demo's source systems: telemetry and account files, a PostgreSQL with customers and invoices.",
            "demo sources --scale 0.01 --seed 7",
            "demo sources --days 45 --from 2026-01-15",
            "demo sources --days 1",
            "demo sources start",
            "demo sources stop")
    {
        _action.AcceptOnlyFromAmong("start", "stop");
        Add(_action);
        Add(_scale);
        Add(_seed);
        Add(_days);
        Add(_from);
    }

    protected override async Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        DemoSources sources = new(context);
        switch (context.Arguments.GetValue(_action))
        {
            case "start":
                await sources.StartAsync(cancellationToken);
                break;
            case "stop":
                context.Output.WriteInfo(
                    await sources.StopAsync(cancellationToken) ? "Stopped." : "Nothing was running.");
                break;
            default:
                await MakeAsync(context, sources, cancellationToken);
                await ReplayAsync(context, cancellationToken);
                break;
        }

        return ExitCodes.Success;
    }

    private static async Task ReplayAsync(CommandContext context, CancellationToken cancellationToken)
    {
        using EngineSession session = context.OpenSession();
        if (DemoSources.Serves(session.Estate, context.HasLocations))
        {
            await new DemoApplication(context, session).ReplayAsync(cancellationToken);
        }
    }

    private async Task MakeAsync(CommandContext context, DemoSources sources, CancellationToken cancellationToken)
    {
        double? scale = context.Arguments.GetValue(_scale);
        long? seed = context.Arguments.GetValue(_seed);
        int? days = context.Arguments.GetValue(_days);
        DateOnly? from = context.Arguments.GetValue(_from);
        if (scale is < 0.0001 or > 10 || days is < 1 or > 3650)
        {
            throw new UsageException(
                CliCodes.DemoSources, "--scale lies from 0.0001 to 10, --days from 1 to 3650. Nothing was changed.");
        }

        if (!sources.Exist)
        {
            DemoSettings usual = DemoSettings.Default;
            await sources.EnsureAsync(
                new DemoSettings(scale ?? usual.Scale, seed ?? usual.Seed, days ?? usual.Days, from),
                cancellationToken);
            return;
        }

        sources.RequireSame(scale, seed, from);
        await sources.AdvanceAsync(days ?? 0, cancellationToken);
    }

    private static DateOnly? ParseDay(ArgumentResult result)
    {
        if (result.Tokens is [{ Value: { } text }]
            && DateOnly.TryParseExact(
                text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day)
            && day.Year is >= YearMin and <= YearMax)
        {
            return day;
        }

        result.AddError($"--from takes a day from {YearMin}-01-01 to {YearMax}-12-31, such as 2026-01-15.");
        return null;
    }
}
