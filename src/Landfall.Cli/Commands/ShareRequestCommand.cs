using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Landfall.Engine.Lakes;
using Landfall.Estate;
using Landfall.Estate.Agreements;
using Landfall.Estate.Names;
using Landfall.Estate.Zones;
using Landfall.Governance;

namespace Landfall.Cli.Commands;

/// <summary><c>share request</c>: a consumer asks to read another zone's table.</summary>
internal sealed class ShareRequestCommand : LandfallCommand
{
    private readonly Argument<string> _table = TableArgument.Create();

    private readonly Option<string> _for = new("--for")
    {
        Description = "The product that is to read it: zone.product.",
        HelpName = "PRODUCT",
        Required = true,
    };

    private readonly Option<string> _purpose = new("--purpose")
    {
        Description = "Why it needs the data.",
        HelpName = "TEXT",
        Required = true,
    };

    private readonly Option<string[]> _columns = new("--columns")
    {
        Description = "The columns it needs, separated by commas; all unless given.",
        HelpName = "NAMES",
    };

    private readonly Option<string?> _until = new("--until")
    {
        Description = "The last day, UTC.",
        HelpName = "YYYY-MM-DD",
    };

    private readonly Option<string> _by = ShareOptions.By();

    public ShareRequestCommand()
        : base(
            "request",
            "Ask to read a table of another zone: writes the agreement that its owner approves or rejects.",
            "share request operations.service_telemetry.usage_event --for billing.revenue-by-service "
                + "--columns event_time,account_id,service_id,quantity --until 2027-12-31 "
                + "--purpose \"Compare use with charges\" --by dara@relecloud.example")
    {
        Add(_table);
        Add(_for);
        Add(_purpose);
        Add(_columns);
        Add(_until);
        Add(_by);
    }

    protected override Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        EstateDefinition estate = context.LoadEstate();
        CatalogTable table = TableArgument.Resolve(
            new EstateCatalog(estate), context.Arguments.GetRequiredValue(_table));
        (Zone consumer, string product) = Consumer(estate, context.Arguments.GetRequiredValue(_for));
        string user = context.Arguments.GetRequiredValue(_by);
        AgreementOwners.RequireConsumer(estate, consumer, product, user);
        Zone provider = estate.Zones.FirstOrDefault(z => z.Id == table.ZoneId && z.Id != consumer.Id)
            ?? throw new UsageException(
                CliCodes.BadShare,
                $"{table.Name} is no table of another landing zone than {consumer.Id}. Nothing was written.");
        int number = Number(context, provider, table, consumer.Id, product);
        string file = AgreementRequest.Path(provider, table.Name, consumer.Id, product, number);
        AgreementTerms terms = new(
            context.Arguments.GetRequiredValue(_purpose), Columns(context), Until(context), user, number);
        EstateEdit.Write(
            context, file, AgreementRequest.Text(provider, table.Name, consumer.Id, product, terms));
        string id = AgreementRequest.Id(provider, table.Name, consumer.Id, product, number);
        context.Output.WriteInfo(
            $"{file} asks {provider.Owner} for it. It permits nothing until it is approved: "
            + context.Invocation($"share approve {id} --by USER"));
        return Task.FromResult(ExitCodes.Success);
    }

    private static (Zone Consumer, string Product) Consumer(EstateDefinition estate, string text)
    {
        string[] names = [.. estate.Zones.SelectMany(z => z.Products.Select(p => $"{z.Id}.{p.Id}"))];
        string name = names.FirstOrDefault(n => TableName.SqlName(n) == TableName.SqlName(text))
            ?? throw new UsageException(
                CliCodes.BadShare,
                $"There is no product {text}. Nothing was written. {Spelling.Hint(text, names)}");
        string[] parts = name.Split('.');
        return (estate.Zones.Single(z => z.Id == parts[0]), parts[1]);
    }

    /// <summary>One that was rejected, revoked or ended stays as it is beside a new one.</summary>
    private static int Number(
        CommandContext context, Zone provider, CatalogTable table, string consumer, string product)
    {
        Agreement[] earlier =
        [
            .. provider.Agreements.Where(a => a.ProviderUnit == table.UnitId && a.ProviderTable == table.Name.Table
                && a.ConsumerZone == consumer && a.ConsumerProduct == product),
        ];
        foreach (Agreement agreement in earlier)
        {
            string state = AgreementStates.Of(agreement, context.Clock.GetUtcNow());
            if (state is not ("rejected" or "revoked" or "expired"))
            {
                throw new UsageException(
                    CliCodes.BadShare,
                    $"{agreement.Id} is {state} already ({agreement.File}). Nothing was written. Change it, or have it "
                    + "revoked before another is asked for.");
            }
        }

        int number = earlier.Length + 1;
        while (File.Exists(Path.Combine(
            context.EstateFolder(), AgreementRequest.Path(provider, table.Name, consumer, product, number))))
        {
            number++;
        }

        return number;
    }

    private ImmutableArray<string> Columns(CommandContext context) =>
    [
        .. (context.Arguments.GetValue(_columns) ?? []).SelectMany(c => c.Split(
            ',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)),
    ];

    private DateTimeOffset? Until(CommandContext context)
    {
        if (context.Arguments.GetValue(_until) is not { } text)
        {
            return null;
        }

        return DateOnly.TryParseExact(
            text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day)
            && day > DateOnly.FromDateTime(context.Clock.GetUtcNow().UtcDateTime)
            ? new DateTimeOffset(day.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero)
            : throw new UsageException(
                CliCodes.BadShare, "--until takes a day to come such as 2027-12-31. Nothing was written.");
    }
}
