using Landfall.Cli.Serving;
using Landfall.Estate;
using Landfall.Serving.Servers;
using Npgsql;

namespace Landfall.Cli.Doctor;

/// <summary>
/// Looks at the server of published tables as people see it: encrypted, and proving by a certificate that it is who
/// they call.
/// </summary>
internal static class ServingCheck
{
    private const string Name = "Tables by SQL";

    private const string OnlyHere =
        "It links an OpenSSL that is out of support and listens on this machine only: for others, name a PostgreSQL 15 "
        + "or newer in postgres: of the target.";

    /// <summary>Looks; changes and starts nothing.</summary>
    /// <param name="context">What the command runs in.</param>
    /// <param name="estate">The estate; null where it has errors.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<Finding> RunAsync(
        CommandContext context, EstateDefinition? estate, CancellationToken cancellationToken)
    {
        if (estate is null)
        {
            return new(Name, CheckState.Limited, "the estate has errors", "Correct them: landfall validate");
        }

        try
        {
            return await LookAsync(context, estate, cancellationToken);
        }
        catch (LandfallException problem)
        {
            return new(Name, CheckState.Limited, $"{problem.Code} {problem.Message}");
        }
    }

    private static async Task<Finding> LookAsync(
        CommandContext context, EstateDefinition estate, CancellationToken cancellationToken)
    {
        SqlServing serving = new(context, estate);
        if (!serving.IsDeclared)
        {
            return new(Name, CheckState.Ok, "the estate serves none");
        }

        if (!serving.IsOn || serving.Server.Find() is not { } address)
        {
            return new(
                Name, CheckState.Ok, "the embedded server does not run", $"Start it: {context.Invocation("up")}. "
                + OnlyHere);
        }

        string where = $"{(serving.IsExternal ? "external" : "embedded")}, {address.Host}:{address.Port}";
        return await ProblemAsync(serving, address, cancellationToken) is { } problem
            ? new(Name, CheckState.Limited, $"{where}: {problem}", "See that its certificate names the host and that "
                + "who vouches for it is trusted.")
            : new(Name, CheckState.Ok, where, serving.IsExternal ? "" : OnlyHere);
    }

    /// <summary>What a client would meet that proves the server first; null for nothing.</summary>
    private static async Task<string?> ProblemAsync(
        SqlServing serving, ServerAddress address, CancellationToken cancellationToken)
    {
        (string user, string password) = serving.Server.Administrator();
        NpgsqlConnectionStringBuilder settings = new()
        {
            Host = address.Host, Port = address.Port, Database = "postgres", Username = user, Password = password,
            SslMode = SslMode.VerifyFull, Pooling = false, Timeout = 10,
            GssEncryptionMode = GssEncryptionMode.Disable,
        };
        if (address.IsEmbedded)
        {
            settings.RootCertificate = serving.Embedded.Certificates.AuthorityFile;
        }

        await using NpgsqlConnection connection = new(settings.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            return null;
        }
        catch (NpgsqlException problem)
        {
            return (problem.InnerException ?? problem).Message;
        }
    }
}
