namespace Landfall.Server.Accounts;

/// <summary>Finds what accounts use. In memory, so that a request waits for nothing; safe for concurrent use.</summary>
public interface IAccountBaskets
{
    /// <summary>What is known of an account; null for one that is not known.</summary>
    AccountBasket? Find(string accountId);

    /// <summary>Takes in what changed since; readers see all of it or nothing.</summary>
    Task RefreshAsync(CancellationToken cancellationToken);
}
