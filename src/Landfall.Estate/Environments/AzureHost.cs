namespace Landfall.Estate.Environments;

/// <summary>The server of a database source in an environment.</summary>
/// <param name="Host">Host name or address.</param>
/// <param name="Port">Its port.</param>
public sealed record AzureHost(string Host, int Port);
