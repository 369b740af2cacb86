using System.Diagnostics;
using Landfall.Estate;

namespace Landfall.Serving.Postgres;

/// <summary>A database cluster on disk and the server that may run on it.</summary>
internal sealed class Cluster(string place)
{
    public const string Superuser = "postgres";

    public string Folder { get; } = Path.Combine(place, "cluster");

    public string Data => Path.Combine(Folder, "data");

    public string LogPath => Path.Combine(Folder, "server.log");

    public bool Exists => File.Exists(Path.Combine(Data, "PG_VERSION"));

    private string ProcessFile => Path.Combine(Data, "postmaster.pid");

    /// <summary>The running server's process and port; null where none runs.</summary>
    public (int ProcessId, int Port, bool Ready)? Running()
    {
        string[] lines = ReadProcessFile();
        return lines.Length >= 4
            && int.TryParse(lines[0], out int id) && int.TryParse(lines[3], out int port) && IsServer(id)
            ? (id, port, lines.Length >= 8 && lines[7].Trim() == "ready")
            : null;
    }

    /// <summary>
    /// Removes what a killed server left. PostgreSQL would refuse to start where its old process id now belongs to some
    /// other program of the same user.
    /// </summary>
    public void RemoveStaleProcessFile()
    {
        if (Running() is null)
        {
            File.Delete(ProcessFile);
        }
    }

    /// <summary>Makes the cluster whole or not at all: it gets its name when it is complete.</summary>
    public async Task CreateAsync(
        PostgresBinaries binaries, ServerShell shell, string password, CancellationToken cancellationToken)
    {
        // The script of a killed process goes on without it: names of its own keep the two apart.
        const string Script = """
            umask 077
            cd "$1" || exit
            rm -rf data.new.* password.*
            cat >password.$$ && "$2" -D "$1/data.new.$$" -U "$3" --pwfile="$1/password.$$" \
                --auth=scram-sha-256 --locale=C --encoding=UTF8 && { [ -e data ] || mv data.new.$$ data; }
            code=$?
            rm -rf password.$$ data.new.$$
            exit $code
            """;
        (int code, string output) = await shell.RunAsync(
            ["/bin/sh", "-c", Script, "sh", Folder, binaries.Program("initdb"), Superuser],
            password,
            cancellationToken);
        if (code != 0)
        {
            throw new LandfallException(
                PostgresCodes.InitFailed,
                $"A new PostgreSQL cluster could not be made in {Folder} (exit code {code}). The folder holds no data. "
                + $"Free space and permissions are the usual causes; the end of what initdb said: {Tail(output)}");
        }
    }

    /// <summary>Refuses a cluster that the server's programs cannot open.</summary>
    public void RequireVersion()
    {
        string version = File.ReadAllText(Path.Combine(Data, "PG_VERSION")).Trim();
        if (version != PostgresBinaries.MajorVersion)
        {
            throw new LandfallException(
                PostgresCodes.WrongVersion,
                $"The cluster in {Data} is of PostgreSQL {version}, and this Landfall runs "
                + $"{PostgresBinaries.MajorVersion}. "
                + "It was left as it is. What is in it can be written again from the lake or the simulator: remove "
                + $"{Folder}, then start again.");
        }
    }

    /// <summary>Writes the files that a profile needs into the cluster, as its owner.</summary>
    public async Task ConfigureAsync(ServerShell shell, ServerProfile profile, CancellationToken cancellationToken)
    {
        (string Name, string Content)[] files =
        [
            ("server.crt", profile.CertificatePem),
            ("server.key", profile.KeyPem),
            ("pg_hba.conf", string.Join('\n', profile.HostRules) + "\n"),
        ];
        foreach ((string name, string content) in files)
        {
            (int code, string output) = await shell.RunAsync(
                ["/bin/sh", "-c", "umask 077; cat >\"$1.new\" && mv \"$1.new\" \"$1\"", "sh", Path.Combine(Data, name)],
                content,
                cancellationToken);
            if (code != 0)
            {
                throw new LandfallException(
                    PostgresCodes.StartFailed,
                    $"{name} of the PostgreSQL server on {Data} could not be written (exit code {code}): "
                    + $"{Tail(output)} Its data is as it was. Free space or permissions, then start again.");
            }
        }
    }

    /// <summary>Starts the server as a daemon; false where the port is taken.</summary>
    public async Task<bool> StartAsync(
        PostgresBinaries binaries, ServerShell shell, int port, ServerProfile? profile,
        CancellationToken cancellationToken)
    {
        // Words only: pg_ctl hands the options to a shell.
        string settings = $"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c timezone=UTC "
            + "-c log_timezone=UTC -c log_min_messages=warning -c password_encryption=scram-sha-256"
            + string.Concat((profile?.Settings ?? []).Select(s => $" -c {s.Name}={s.Value}"));
        long before = File.Exists(LogPath) ? new FileInfo(LogPath).Length : 0;
        (int code, string output) = await shell.RunAsync(
            [
                .. Limits(profile), binaries.Program("pg_ctl"), "start", "-D", Data, "-w", "-t", "60", "-s", "-l",
                LogPath, "-o", settings,
            ],
            null,
            cancellationToken);
        if (code == 0)
        {
            return true;
        }

        // A process killed while starting the server may have been faster.
        if (Running() is not null)
        {
            return true;
        }

        string log = LogSince(before);
        if (log.Contains("could not bind", StringComparison.Ordinal))
        {
            return false;
        }

        throw new LandfallException(
            PostgresCodes.StartFailed,
            $"PostgreSQL did not start on {Data} (exit code {code}). Its data is as it was. The end of its log "
            + $"{LogPath}: "
            + Tail(log + output));
    }

    /// <summary>Stops the server, ending its sessions; their unfinished transactions are rolled back.</summary>
    public async Task StopAsync(PostgresBinaries binaries, ServerShell shell, CancellationToken cancellationToken)
    {
        (int code, string output) = await shell.RunAsync(
            [binaries.Program("pg_ctl"), "stop", "-D", Data, "-m", "fast", "-w", "-t", "60", "-s"],
            null,
            cancellationToken);
        if (code != 0 && Running() is { } server)
        {
            throw new LandfallException(
                PostgresCodes.StopFailed,
                $"The PostgreSQL server on {Data} (process {server.ProcessId}) did not stop within a minute. Its "
                + $"data is safe. Look at its log {LogPath}, or send the process SIGQUIT. pg_ctl said: {Tail(output)}");
        }
    }

    /// <summary>A shell that passes its limits on to what it becomes.</summary>
    private static string[] Limits(ServerProfile? profile) => profile is null ? []
        : ["/bin/sh", "-c", $"ulimit -v {profile.AddressSpaceBytes >> 10}; exec \"$@\"", "sh"];

    private string[] ReadProcessFile()
    {
        try
        {
            return File.ReadAllLines(ProcessFile);
        }
        catch (IOException)
        {
            return [];
        }
    }

    // A server's working directory is its data folder, whatever program has its id after a restart of the machine.
    private bool IsServer(int processId)
    {
        string link = $"/proc/{processId}/cwd";
        try
        {
            return Directory.Exists("/proc/self")
                ? new DirectoryInfo(link).LinkTarget is { } at && at == Path.GetFullPath(Data)
                : !Process.GetProcessById(processId).HasExited;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return false;
        }
    }

    private string LogSince(long position)
    {
        if (!File.Exists(LogPath))
        {
            return "";
        }

        using FileStream log = new(LogPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        log.Position = Math.Min(position, log.Length);
        using StreamReader reader = new(log);
        return reader.ReadToEnd();
    }

    private static string Tail(string text)
    {
        string trimmed = text.Trim();
        return trimmed.Length <= 800 ? trimmed : "… " + trimmed[^800..];
    }
}
