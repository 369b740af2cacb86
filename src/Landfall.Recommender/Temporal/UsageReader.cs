using System.Collections.Immutable;
using System.Globalization;
using Landfall.DuckDb;
using Landfall.Estate;
using Landfall.Recommender.Data;

namespace Landfall.Recommender.Temporal;

/// <summary>Reads a history from a table of interactions: aggregates only, whatever the table's size.</summary>
/// <param name="connection">Where to read.</param>
/// <param name="interactions">
/// A select of <c>account_id</c>, <c>service_id</c>, <c>day</c> and <c>amount</c>; amounts that are not finite or not
/// above 0 are no use.
/// </param>
/// <param name="accounts">A select of <c>account_id</c> and <c>customer_id</c>.</param>
public sealed class UsageReader(DuckDbConnection connection, string interactions, string accounts)
{
    private string Used => $"(select * from ({interactions}) where isfinite(amount) and amount > 0)";

    /// <summary>Reads the history of some services.</summary>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="LandfallException"><c>LF4405</c>: there is nothing to learn from.</exception>
    public UsageHistory Read(CancellationToken cancellationToken)
    {
        object?[] range = connection.Collect($"select min(day), max(day) from {Used}", cancellationToken)[0];
        if (range[0] is not DateOnly first || range[1] is not DateOnly last)
        {
            throw new TooLittleDataException(
                "LF4405",
                "There are no interactions to learn from. No model was trained. Bring data first: landfall run");
        }

        ImmutableArray<string> services = Names("service_id", cancellationToken);
        ImmutableArray<string> names = Names("account_id", cancellationToken);
        return new()
        {
            FirstDay = first,
            Days = last.DayNumber - first.DayNumber + 1,
            Services = services,
            Accounts = names,
            Customers = Customers(names, cancellationToken),
            FirstUses = FirstUses(first, services, names, cancellationToken),
            DailyUse = DailyUse(first, last, services, cancellationToken),
        };
    }

    /// <summary>How much accounts used services before a day, what is older counting less.</summary>
    /// <param name="history">What was read.</param>
    /// <param name="cutOff">The day, counted from the history's first.</param>
    /// <param name="halfLifeDays">Days in which an amount loses half its weight, above 0.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public IReadOnlyList<Interaction> Amounts(
        UsageHistory history, int cutOff, double halfLifeDays, CancellationToken cancellationToken)
    {
        string end = Literal(history.FirstDay.AddDays(cutOff));
        string halfLife = halfLifeDays.ToString("R", CultureInfo.InvariantCulture);
        string sql = "select account_id, service_id, "
            + $"sum(amount * pow(2, (datediff('day', {end}, day) + 1) / {halfLife}::double)) from {Used} "
            + $"where day < {end} group by all order by all";
        return
        [
            .. connection.Collect(sql, cancellationToken).Select(r => new Interaction(
                Number(history.Accounts, r[0]), Number(history.Services, r[1]), (double)r[2]!, 0)),
        ];
    }

    /// <summary>Ordered as .NET orders code units, so that names can be found by search.</summary>
    private ImmutableArray<string> Names(string column, CancellationToken cancellationToken) =>
    [
        .. connection.Collect($"select distinct {column} from {Used}", cancellationToken)
            .Select(r => (string)r[0]!).Order(StringComparer.Ordinal),
    ];

    /// <summary>An account without a customer is one of its own.</summary>
    private ImmutableArray<int> Customers(ImmutableArray<string> names, CancellationToken cancellationToken)
    {
        Vocabulary customers = new();
        Dictionary<string, string> owners = connection.Collect(
                $"select account_id, min(customer_id) from ({accounts}) group by all", cancellationToken)
            .ToDictionary(r => (string)r[0]!, r => (string)r[1]!, StringComparer.Ordinal);
        return [.. names.Select(n => customers.Add(owners.GetValueOrDefault(n) ?? "account\0" + n))];
    }

    private ImmutableArray<FirstUse> FirstUses(
        DateOnly first, ImmutableArray<string> services, ImmutableArray<string> names,
        CancellationToken cancellationToken) =>
    [
        .. connection.Collect($"select account_id, service_id, min(day) from {Used} group by all", cancellationToken)
            .Select(r => new FirstUse(
                Number(names, r[0]), Number(services, r[1]), ((DateOnly)r[2]!).DayNumber - first.DayNumber))
            .OrderBy(u => u.Account).ThenBy(u => u.Service),
    ];

    private ImmutableArray<ImmutableArray<long>> DailyUse(
        DateOnly first, DateOnly last, ImmutableArray<string> services, CancellationToken cancellationToken)
    {
        long[][] daily = [.. services.Select(_ => new long[last.DayNumber - first.DayNumber + 1])];
        foreach (object?[] row in connection.Collect(
            $"select service_id, day, count(*) from {Used} group by all", cancellationToken))
        {
            daily[Number(services, row[0])][((DateOnly)row[1]!).DayNumber - first.DayNumber] = (long)row[2]!;
        }

        return [.. daily.Select(ImmutableArray.Create)];
    }

    private static int Number(ImmutableArray<string> names, object? name) =>
        names.BinarySearch((string)name!, StringComparer.Ordinal);

    private static string Literal(DateOnly day) =>
        $"date '{day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}'";
}
