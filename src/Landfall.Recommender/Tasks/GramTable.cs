using System.Collections.Immutable;
using System.Globalization;
using Landfall.DuckDb;
using Landfall.Recommender.Data;

namespace Landfall.Recommender.Tasks;

/// <summary>The Gram matrix as a table: <c>service_i</c>, <c>service_j</c> not before it, <c>accounts</c>, no zeros.
/// </summary>
/// <param name="connection">Where interactions and the table are read.</param>
public sealed class GramTable(DuckDbConnection connection)
{
    private const string Used = "isfinite(amount) and amount > 0";

    /// <summary>Makes the matrix of a table of interactions.</summary>
    public (ImmutableArray<string> Services, GramMatrix Gram) Build(
        string interactions, CancellationToken cancellationToken)
    {
        ImmutableArray<string> services = Sorted(connection.Collect(
            $"select distinct service_id from ({interactions}) where {Used}", cancellationToken));
        GramMatrix gram = new(Math.Max(1, services.Length));
        Add(gram, services, Baskets(interactions, "true"), 1, cancellationToken);
        return (services, gram);
    }

    /// <summary>Brings a matrix up to date: accounts with changed rows are taken away as they were and added as they
    /// are.</summary>
    /// <param name="table">A select of the matrix as it is.</param>
    /// <param name="interactions">A select of the interactions now.</param>
    /// <param name="previous">A select of the interactions then.</param>
    /// <param name="changes">A select of the rows that came and went.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public (ImmutableArray<string> Services, GramMatrix Gram) Update(
        string table, string interactions, string previous, string changes, CancellationToken cancellationToken)
    {
        connection.Execute(
            $"create temp table changed_accounts as select distinct account_id from ({changes})", cancellationToken);
        const string Changed = "account_id in (select account_id from changed_accounts)";
        ImmutableArray<string> services = Sorted(connection.Collect(
            $"select service_i from ({table}) union select service_id from ({interactions}) where {Used} and {Changed}",
            cancellationToken));
        GramMatrix gram = Read(table, services, cancellationToken);
        Add(gram, services, Baskets(previous, Changed), -1, cancellationToken);
        Add(gram, services, Baskets(interactions, Changed), 1, cancellationToken);
        return (services, gram);
    }

    /// <summary>Reads a matrix.</summary>
    /// <param name="table">A select of it.</param>
    /// <param name="services">Services by number, among them all of the table, in the order of code units.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public GramMatrix Read(string table, ImmutableArray<string> services, CancellationToken cancellationToken)
    {
        int size = Math.Max(1, services.Length);
        GramMatrix gram = new(size);
        using DuckDbResult rows = connection.Query(
            $"select service_i, service_j, accounts::double from ({table})", cancellationToken);
        while (rows.NextChunk(out DataChunk chunk))
        {
            VectorView one = chunk[0];
            VectorView other = chunk[1];
            ReadOnlySpan<double> accounts = chunk[2].Values<double>();
            for (int row = 0; row < chunk.RowCount; row++)
            {
                int i = Number(services, one.Text(row));
                int j = Number(services, other.Text(row));
                gram.Values[((long)i * size) + j] = accounts[row];
                gram.Values[((long)j * size) + i] = accounts[row];
                if (i == j)
                {
                    gram.Counts[i] = accounts[row];
                }
            }
        }

        return gram;
    }

    /// <summary>Puts a matrix into a new temporary table.</summary>
    public void Stage(string name, ImmutableArray<string> services, GramMatrix gram)
    {
        using StagedRows rows = new(connection, name, "service_i VARCHAR, service_j VARCHAR, accounts BIGINT");
        for (int i = 0; i < services.Length; i++)
        {
            for (int j = i; j < services.Length; j++)
            {
                long accounts = (long)gram.Values[((long)i * gram.Services) + j];
                if (accounts != 0)
                {
                    rows.Add((columns, row) =>
                    {
                        columns[0].Set(row, services[i]);
                        columns[1].Set(row, services[j]);
                        columns[2].Set(row, accounts);
                    });
                }
            }
        }

        rows.Complete();
    }

    private static string Baskets(string interactions, string condition) =>
        $"select list(distinct service_id) as services from ({interactions}) where {Used} and {condition} "
        + "group by account_id";

    private void Add(
        GramMatrix gram, ImmutableArray<string> services, string baskets, double sign,
        CancellationToken cancellationToken)
    {
        double[] ones = new double[services.Length];
        Array.Fill(ones, 1);
        _ = connection.Collect($"create or replace temp table baskets as {baskets}", cancellationToken);
        using DuckDbResult rows = connection.Query("select services from baskets", cancellationToken);
        while (rows.NextChunk(out DataChunk chunk))
        {
            VectorView lists = chunk[0];
            VectorView names = lists.Elements;
            for (int row = 0; row < chunk.RowCount; row++)
            {
                ListEntry entry = lists.Entry(row);
                int[] basket = new int[entry.Length];
                for (int i = 0; i < basket.Length; i++)
                {
                    basket[i] = Number(services, names.Text(entry.Offset + i));
                }

                Array.Sort(basket);
                gram.Add(new Basket(basket, ones.AsSpan(0, basket.Length)), sign);
            }
        }
    }

    private static ImmutableArray<string> Sorted(IReadOnlyList<object?[]> rows) =>
        [.. rows.Select(r => (string)r[0]!).Order(StringComparer.Ordinal)];

    private static int Number(ImmutableArray<string> services, string service)
    {
        int number = services.BinarySearch(service, StringComparer.Ordinal);
        return number >= 0 ? number : throw new InvalidOperationException(string.Create(
            CultureInfo.InvariantCulture, $"The matrix has a service that the {services.Length} known do not have."));
    }
}
