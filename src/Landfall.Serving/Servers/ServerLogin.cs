namespace Landfall.Serving.Servers;

/// <summary>Who connects to a server. Its text form leaves the password out.</summary>
/// <param name="Address">The server.</param>
/// <param name="User">The role.</param>
/// <param name="Password">Its password: a secret.</param>
internal sealed record ServerLogin(ServerAddress Address, string User, string Password)
{
    /// <inheritdoc/>
    public override string ToString() => $"{User} at {Address.Host}:{Address.Port}";
}
