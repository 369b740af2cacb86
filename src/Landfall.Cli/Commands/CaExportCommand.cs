using System.CommandLine;
using Landfall.Cli.Serving;
using Landfall.Serving.Servers;

namespace Landfall.Cli.Commands;

/// <summary><c>ca export</c>: the certificate that clients have to trust.</summary>
internal sealed class CaExportCommand : LandfallCommand
{
    private readonly Option<string?> _file = new("--out")
    {
        Description = "The file to write; the terminal without it.",
        HelpName = "FILE",
    };

    public CaExportCommand()
        : base(
            "export",
            "Write the certificate of the home's own authority, which vouches for the embedded PostgreSQL. Whoever "
            + "trusts it can tell the server from another.",
            "ca export --out landfall-ca.crt",
            "ca export") => Add(_file);

    protected override async Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        SqlServing serving = new(context, context.LoadEstate());
        serving.RequireOn();
        ServerCertificates certificates = serving.Embedded.Certificates;
        string pem = certificates.AuthorityPem();
        if (context.Arguments.GetValue(_file) is not { } file)
        {
            await context.Output.Data.WriteAsync(pem.AsMemory(), cancellationToken);
            return ExitCodes.Success;
        }

        await File.WriteAllTextAsync(file, pem, cancellationToken);
        context.Output.WriteInfo($"Wrote {Path.GetFullPath(file)}. No secret is in it.");
        context.Output.WriteInfo("psql, JDBC and Python take the file as it is (sslrootcert).");
        context.Output.WriteInfo(
            "Windows, for Power BI and Excel: copy it there, open PowerShell as administrator and run");
        context.Output.WriteText(
            "  Import-Certificate -FilePath .\\" + Path.GetFileName(file)
            + " -CertStoreLocation Cert:\\LocalMachine\\Root");
        context.Output.WriteInfo(
            "On a machine with a gateway do the same there, and start the gateway's service again. The server name in "
            + $"Power BI has to be {EmbeddedSqlServer.HostName}, as in the certificate.");
        return ExitCodes.Success;
    }
}
