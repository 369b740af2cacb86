namespace Landfall.Recommender.Tasks;

/// <summary>The services that accounts use and whose they are, as the batch and the endpoint read them.</summary>
public static class Baskets
{
    /// <summary>A select of <c>account_id</c> and the list <c>services</c>, by account.</summary>
    /// <param name="interactions">A select of the interactions.</param>
    public static string Sql(string interactions) =>
        $"select account_id, list_sort(list(distinct service_id)) as services from ({interactions}) "
        + "where isfinite(amount) and amount > 0 group by account_id order by account_id";

    /// <summary>A select of <c>account_id</c> and its one <c>customer_id</c>, null where it has none.</summary>
    /// <param name="accounts">A select of the accounts.</param>
    public static string Customers(string accounts) =>
        $"select account_id, min(customer_id) as customer_id from ({accounts}) "
        + "where account_id is not null group by account_id";
}
