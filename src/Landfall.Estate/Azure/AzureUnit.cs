namespace Landfall.Estate.Azure;

/// <summary>What an integration or product has of its own in Azure.</summary>
/// <param name="Service">
/// The service in a resource group of its own; null where it runs on what its pool is.
/// </param>
/// <param name="Runtime">
/// <see cref="AzureServices.SelfHosted"/> where its source is reached from a machine near it; null for Azure's own.
/// </param>
/// <param name="Entry">How it is reached from outside; null for not at all.</param>
public sealed record AzureUnit(string? Service, string? Runtime, AzureEntry? Entry)
{
    /// <summary>A unit that says nothing of Azure.</summary>
    public static AzureUnit Shared { get; } = new(null, null, null);
}
