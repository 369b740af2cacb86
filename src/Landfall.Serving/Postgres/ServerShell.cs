using System.ComponentModel;
using System.Diagnostics;
using Landfall.Estate;

namespace Landfall.Serving.Postgres;

/// <summary>Runs the server's programs as its account, with an environment that holds nothing of ours.</summary>
/// <remarks>The server outlives us and anyone who may debug it reads its environment: no secret may be in there.
/// </remarks>
internal sealed class ServerShell(ServerAccount account, string libraryPath, bool useSu = false)
{
    private const string SearchPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    public ServerAccount Account => account;

    /// <summary>The first user that root can become, asked by running a program as it.</summary>
    public static async Task<ServerAccount> ChooseAccountAsync(CancellationToken cancellationToken)
    {
        if (ServerAccount.Current.User != 0)
        {
            return ServerAccount.Current;
        }

        foreach (ServerAccount candidate in ServerAccount.Candidates(File.ReadLines("/etc/passwd")))
        {
            if (await new ServerShell(candidate, "").CanAsync(["/bin/sh", "-c", "exit 0"], cancellationToken))
            {
                return candidate;
            }
        }

        throw new LandfallException(
            PostgresCodes.NoAccount,
            "PostgreSQL refuses to run as root, and no other user could be taken: neither setpriv nor su ran a program "
            + "as nobody or as an ordinary account. No server was started. Run Landfall as an ordinary user, or "
            + "install util-linux and allow changing users.");
    }

    /// <summary>Whether a program ends with exit code 0.</summary>
    public async Task<bool> CanAsync(string[] command, CancellationToken cancellationToken) =>
        (await RunAsync(command, null, cancellationToken)).ExitCode == 0;

    /// <summary>Runs a program from <c>/</c> to its end; answers with its exit code and what it printed.</summary>
    public async Task<(int ExitCode, string Output)> RunAsync(
        string[] command, string? input, CancellationToken cancellationToken)
    {
        string[] whole = account.IsCurrent ? WithLibraries(command)
            : useSu || !File.Exists(SetPriv()) ? AsBySu(command)
            : [SetPriv(), "--reuid", $"{account.User}", "--regid", $"{account.Group}", "--clear-groups",
                .. WithLibraries(command)];
        try
        {
            return await StartAsync(whole, input, cancellationToken);
        }
        catch (Win32Exception e)
        {
            return (127, e.Message);
        }
    }

    private static string SetPriv() => File.Exists("/usr/bin/setpriv") ? "/usr/bin/setpriv" : "/bin/setpriv";

    // Not through our own environment: setpriv and su must not load the package's libraries.
    private string[] WithLibraries(string[] command) =>
        ["/usr/bin/env", $"{(OperatingSystem.IsMacOS() ? "DYLD" : "LD")}_LIBRARY_PATH={libraryPath}", .. command];

    private string[] AsBySu(string[] command) =>
        ["su", "-s", "/bin/sh", account.Name, "-c", "exec \"$@\"", "--", "sh", .. WithLibraries(command)];

    private static async Task<(int ExitCode, string Output)> StartAsync(
        string[] command, string? input, CancellationToken cancellationToken)
    {
        ProcessStartInfo start = new(command[0], command[1..])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        start.Environment.Clear();
        start.Environment["PATH"] = SearchPath;
        start.Environment["LC_ALL"] = "C";
        start.Environment["TZ"] = "UTC";
        using Process process = Process.Start(start) ?? throw new Win32Exception($"{command[0]} did not start");
        Task<string> output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        Task<string> errors = process.StandardError.ReadToEndAsync(cancellationToken);
        await FeedAsync(process, input, cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode, await output + await errors);
    }

    private static async Task FeedAsync(Process process, string? input, CancellationToken cancellationToken)
    {
        try
        {
            await process.StandardInput.WriteAsync(input.AsMemory(), cancellationToken);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading; its exit code says why.
        }
    }
}
