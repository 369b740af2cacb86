namespace Landfall.Cli.Tests.Estates;

/// <summary>
/// A random query of a table by month in which rows of events depend on other rows of events or bookings: a join or a
/// subquery, within the row's own month or across months.
/// </summary>
internal sealed class RandomSelfRead
{
    private const string Head = "select @month(e.sold_at) as month, ";
    private const string From = "\nfrom z.inbox.event as e\n";
    private const string Group = "\ngroup by @month(e.sold_at)\n";

    /// <summary>Chooses a query.</summary>
    /// <param name="random">Chooses.</param>
    /// <param name="sameMonth">Whether the other rows are of the row's own month only.</param>
    public RandomSelfRead(Random random, bool sameMonth)
    {
        ReadsBookings = random.Next(2) == 0;
        string other = ReadsBookings ? "z.inbox.booking as o" : "z.inbox.event as o";
        string month = sameMonth ? " and @month(o.sold_at) = @month(e.sold_at)" : "";
        string match = $"o.item = e.item and o.qty > e.qty{month}";
        string filter = $"from {other} where {match}";
        Sql = random.Next(9) switch
        {
            0 => $"{Head}count(*) as qty{From}where not exists (select 1 {filter}){Group}",
            1 => $"{Head}count(*) as qty{From}where exists (select 1 {filter}){Group}",
            2 => $"{Head}sum(o.qty) as qty{From}join {other} on {match}{Group}",
            3 => $"{Head}sum(coalesce(o.qty, -1)) as qty{From}left join {other} on {match}{Group}",
            4 => $"{Head}count(*) as qty{From}where e.item in (select o.item {filter}){Group}",
            5 => $"{Head}count(*) as qty{From}semi join {other} on {match}{Group}",
            6 => $"{Head}count(*) as qty{From}anti join {other} on {match}{Group}",
            7 => $"with a as (\n{Head}(select max(o.qty) {filter}) as most{From})\n"
                + "select a.month, sum(a.most) as qty\nfrom a\ngroup by a.month\n",
            _ => "select coalesce(@month(e.sold_at), @month(o.sold_at)) as month, count(*) as qty"
                + $"{From}full join {other} on {match}\n"
                + "group by coalesce(@month(e.sold_at), @month(o.sold_at))\n",
        };
    }

    /// <summary>Whether it reads bookings besides events.</summary>
    public bool ReadsBookings { get; }

    /// <summary>The query.</summary>
    public string Sql { get; }
}
