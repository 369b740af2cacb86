using Landfall.Server.Accounts;

namespace Landfall.Server.Harness;

/// <summary>
/// Accounts <c>account-0</c> to <c>account-999</c>, five of each customer, number n using service n mod 6.
/// </summary>
public sealed class TinyAccounts : IAccountBaskets
{
    public AccountBasket? Find(string accountId) =>
        accountId.StartsWith("account-", StringComparison.Ordinal)
        && int.TryParse(accountId["account-".Length..], out int number) && number is >= 0 and < 1000
            ? new($"customer-{number / 5}", [$"service-{number % 6}"])
            : null;

    public Task RefreshAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
