using System.Globalization;
using Landfall.Engine.Lakes;
using Landfall.Estate;
using Landfall.Estate.Integrations;
using Landfall.Estate.Management;
using Landfall.Estate.Names;
using Landfall.Governance;
using Npgsql;

namespace Landfall.Serving.Servers;

/// <summary>A server of the operator's own, named by the target. It is neither started nor stopped.</summary>
/// <param name="settings">What the target says of it.</param>
/// <param name="estate">The estate, whose egress rules hold for it.</param>
/// <param name="vault">Resolves its secrets.</param>
public sealed class ExternalSqlServer(ExternalPostgres settings, EstateDefinition estate, SecretVault vault)
    : ISqlServer
{
    /// <inheritdoc/>
    public ServerAddress Find()
    {
        EgressTarget target = EgressTarget.Of(settings.Host, settings.Port).Resolve(
            vault.Resolve(SecretReferences.NamesIn(settings.Host).Concat(SecretReferences.NamesIn(settings.Port))));
        if (EgressPolicy.Decide(estate.Management, target) is { Permitted: false } refusal)
        {
            throw new LandfallException(
                refusal.Code, $"{refusal.Reason} Nothing connected to it, and nothing was published.");
        }

        return new()
        {
            Host = target.Host!,
            Port = target.Port!.Value,
            Tls = ModeOf(target),
            AuthorityPem = Expand(settings.TlsAuthority),
        };
    }

    /// <inheritdoc/>
    public Task<ServerAddress> EnsureAsync(CancellationToken cancellationToken) => Task.FromResult(Find());

    /// <inheritdoc/>
    public Task<bool> StopAsync(CancellationToken cancellationToken) => Task.FromResult(false);

    /// <inheritdoc/>
    public (string User, string Password) Administrator() => (Expand(settings.User), Expand(settings.Password));

    private string Expand(string text) =>
        SecretReferences.Expand(text, vault.Resolve(SecretReferences.NamesIn(text)))!;

    /// <summary>Another machine has to prove who it is; what stays on this one is on no network.</summary>
    private SslMode ModeOf(EgressTarget target) => settings.Tls switch
    {
        PostgresTls.Off => SslMode.Disable,
        PostgresTls.Encrypt => SslMode.Require,
        PostgresTls.ByHost when target.IsThisMachine => SslMode.Prefer,
        _ => SslMode.VerifyFull,
    };

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"PostgreSQL at {settings.Host}:{settings.Port}");
}
