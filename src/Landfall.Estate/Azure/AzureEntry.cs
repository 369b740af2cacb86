namespace Landfall.Estate.Azure;

/// <summary>How a product is reached from outside of the zones.</summary>
/// <param name="Type">One of <see cref="AzureServices.Entries"/>.</param>
/// <param name="Authentication">
/// One of <see cref="AzureServices.Authentications"/> for a gateway; empty for Power BI, which has people sign in.
/// </param>
public sealed record AzureEntry(string Type, string Authentication);
