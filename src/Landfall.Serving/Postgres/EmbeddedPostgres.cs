using System.Diagnostics;
using Landfall.Estate;
using Landfall.Posix;
using Npgsql;

namespace Landfall.Serving.Postgres;

/// <summary>
/// The PostgreSQL server that comes with Landfall: made, started and stopped with one folder as its name. It listens on
/// <c>127.0.0.1</c> only, wants a password of everyone, and goes on after the program that started it.
/// </summary>
/// <remarks>
/// All methods may be called from several processes at once: a lock file in the data folder lets one work at a time.
/// PostgreSQL refuses root; started by root, the server runs as <c>nobody</c> or the first ordinary account.
/// </remarks>
public static class EmbeddedPostgres
{
    private const int StartAttempts = 5;
    private static readonly TimeSpan LockPatience = TimeSpan.FromMinutes(3);

    /// <summary>Makes the server where it is missing and starts it unless it runs.</summary>
    /// <param name="options">Which server.</param>
    /// <param name="cancellationToken">Stops waiting; a server that is starting goes on.</param>
    /// <returns>The running server, which answers as its superuser.</returns>
    /// <exception cref="LandfallException">
    /// <c>LF4300</c> its programs are missing; <c>LF4301</c> root finds no user for it; <c>LF4302</c> no cluster could
    /// be made; <c>LF4303</c> it does not start or answer; <c>LF4304</c> another major version made its cluster;
    /// <c>LF4305</c> the folder cannot be used; <c>LF4307</c> its notes are damaged; <c>LF4308</c> no port is free.
    /// </exception>
    public static async Task<PostgresServer> EnsureStartedAsync(
        PostgresOptions options, CancellationToken cancellationToken = default)
    {
        string folder = Path.GetFullPath(options.DataFolder);
        ServerPlace.MakeDataFolder(folder);
        using FileStream held = await LockAsync(folder, cancellationToken);
        ServerNotes notes = await NotesAsync(folder, cancellationToken);
        string password = ServerNotes.Password(folder);
        Cluster cluster = new(notes.Place);
        for (int attempt = 0; attempt < StartAttempts; attempt++)
        {
            if (cluster.Running() is null)
            {
                await StartAsync(options, folder, notes, password, cancellationToken);
            }

            if (await AnswerAsync(cluster, password, cancellationToken) is { } server)
            {
                return server;
            }
        }

        throw Silent(cluster, null);
    }

    /// <summary>Stops the server; its sessions end and their unfinished transactions are rolled back.</summary>
    /// <returns>Whether one ran.</returns>
    /// <exception cref="LandfallException"><c>LF4306</c>: it did not stop; <c>LF4300</c>, <c>LF4305</c>,
    /// <c>LF4307</c> as when starting.</exception>
    public static async Task<bool> StopAsync(PostgresOptions options, CancellationToken cancellationToken = default)
    {
        string folder = Path.GetFullPath(options.DataFolder);
        if (ServerNotes.Read(folder) is not { } notes)
        {
            return false;
        }

        using FileStream held = await LockAsync(folder, cancellationToken);
        Cluster cluster = new(notes.Place);
        if (cluster.Running() is null)
        {
            return false;
        }

        RequireAccount(folder, notes);
        (PostgresBinaries binaries, ServerShell shell) = await ServerPlace.PrepareAsync(
            PostgresBinaries.Find(options.NativeFolder), notes.Place, notes.Account, cancellationToken);
        await cluster.StopAsync(binaries, shell, cancellationToken);
        return true;
    }

    /// <summary>Looks at the server without changing anything.</summary>
    /// <exception cref="LandfallException"><c>LF4307</c>: its notes are damaged.</exception>
    public static PostgresStatus Status(PostgresOptions options)
    {
        if (ServerNotes.Read(Path.GetFullPath(options.DataFolder)) is not { } notes)
        {
            return new PostgresStatus(PostgresState.Absent, null, null);
        }

        Cluster cluster = new(notes.Place);
        return cluster.Running() is { } server
            ? new PostgresStatus(PostgresState.Running, server.Port, server.ProcessId)
            : new PostgresStatus(cluster.Exists ? PostgresState.Stopped : PostgresState.Absent, notes.Port, null);
    }

    private static async Task<ServerNotes> NotesAsync(string folder, CancellationToken cancellationToken)
    {
        if (ServerNotes.Read(folder) is { } kept)
        {
            RequireAccount(folder, kept);
            return kept;
        }

        ServerAccount account = await ServerShell.ChooseAccountAsync(cancellationToken);
        ServerNotes notes = new()
        {
            Account = account,
            Place = await ServerPlace.ChooseAsync(folder, account, cancellationToken),
        };
        notes.Write(folder);
        return notes;
    }

    private static void RequireAccount(string folder, ServerNotes notes)
    {
        if (ServerAccount.Current.User != 0 && !notes.Account.IsCurrent)
        {
            throw new LandfallException(
                PostgresCodes.FolderUnusable,
                $"The embedded PostgreSQL server in {folder} belongs to {notes.Account.Name}, and this is "
                + $"{ServerAccount.Current.Name}. Nothing was changed. Continue as the user who made it, or choose "
                + "another home.");
        }
    }

    private static async Task StartAsync(
        PostgresOptions options, string folder, ServerNotes notes, string password, CancellationToken cancellationToken)
    {
        Cluster cluster = new(notes.Place);
        (PostgresBinaries binaries, ServerShell shell) = await ServerPlace.PrepareAsync(
            PostgresBinaries.Find(options.NativeFolder), notes.Place, notes.Account, cancellationToken);
        if (!cluster.Exists)
        {
            ServerPlace.MakeCluster(cluster.Folder, notes.Account);
            await cluster.CreateAsync(binaries, shell, password, cancellationToken);
        }

        cluster.RequireVersion();
        cluster.RemoveStaleProcessFile();
        if (options.Profile is { } profile)
        {
            await cluster.ConfigureAsync(shell, profile, cancellationToken);
        }

        for (int attempt = 0; attempt < StartAttempts; attempt++)
        {
            int port = PortChoice.Choose(attempt == 0 ? notes.Port : null);
            (notes with { Port = port }).Write(folder);
            if (await cluster.StartAsync(binaries, shell, port, options.Profile, cancellationToken))
            {
                return;
            }
        }

        throw new LandfallException(
            PostgresCodes.NoPort,
            $"The embedded PostgreSQL server in {folder} found its port taken {StartAttempts} times in a row. Its "
            + "data is as it was. Start it again.");
    }

    /// <summary>The server once it answers; null where it ended before, as one does that was just killed.</summary>
    private static async Task<PostgresServer?> AnswerAsync(
        Cluster cluster, string password, CancellationToken cancellationToken)
    {
        long started = Stopwatch.GetTimestamp();
        while (cluster.Running() is { } running)
        {
            PostgresServer server = new()
            {
                Port = running.Port,
                ProcessId = running.ProcessId,
                SuperuserPassword = password,
                LogPath = cluster.LogPath,
            };
            if (await TryConnectAsync(server, cancellationToken) is not { } refusal)
            {
                return server;
            }

            if (refusal is PostgresException { SqlState: PostgresErrorCodes.InvalidPassword }
                || Stopwatch.GetElapsedTime(started) > TimeSpan.FromSeconds(30))
            {
                throw Silent(cluster, refusal);
            }

            await Task.Delay(50, cancellationToken);
        }

        return null;
    }

    private static LandfallException Silent(Cluster cluster, Exception? refusal) => new(
        PostgresCodes.StartFailed,
        $"The embedded PostgreSQL server in {cluster.Folder} does not answer its superuser: "
        + $"{refusal?.Message ?? "it ended"}. Its data is as it was; its log is {cluster.LogPath}.",
        refusal);

    private static async Task<Exception?> TryConnectAsync(PostgresServer server, CancellationToken cancellationToken)
    {
        try
        {
            NpgsqlConnectionStringBuilder unpooled = new(server.ConnectionString()) { Pooling = false };
            await using NpgsqlConnection connection = new(unpooled.ConnectionString);
            await connection.OpenAsync(cancellationToken);
            return null;
        }
        catch (NpgsqlException e)
        {
            return e;
        }
    }

    private static async Task<FileStream> LockAsync(string folder, CancellationToken cancellationToken)
    {
        string path = Path.Combine(folder, ".lock");
        long started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (Exception e) when (e is UnauthorizedAccessException
                || (e is IOException other && !PosixCalls.IsOpenElsewhere(other))
                || Stopwatch.GetElapsedTime(started) > LockPatience)
            {
                throw new LandfallException(
                    PostgresCodes.FolderUnusable,
                    $"The folder {folder} of the embedded PostgreSQL server cannot be locked: {e.Message} Nothing was "
                    + "changed. If another Landfall is at work there, let it end; else check the folder's owner.",
                    e);
            }
            catch (IOException)
            {
                await Task.Delay(50, cancellationToken);
            }
        }
    }
}
