using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Landfall.Estate;
using Landfall.Serving.Postgres;
using Npgsql;

namespace Landfall.Serving.Tests.Postgres;

public sealed class EmbeddedPostgresTests
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    [Fact]
    public async Task Server_StartedStoppedAndStartedAgain_KeepsPortAndData()
    {
        await using PostgresFolder folder = new();
        Assert.Equal(PostgresState.Absent, EmbeddedPostgres.Status(folder.Options).State);
        PostgresServer first = await EmbeddedPostgres.EnsureStartedAsync(folder.Options);
        await ExecuteAsync(first, "create table kept as select 42 as answer");
        Assert.Equal(first.ProcessId, EmbeddedPostgres.Status(folder.Options).ProcessId);

        Assert.True(await EmbeddedPostgres.StopAsync(folder.Options));
        Assert.False(await EmbeddedPostgres.StopAsync(folder.Options));
        PostgresStatus stopped = new(PostgresState.Stopped, first.Port, null);
        Assert.Equal(stopped, EmbeddedPostgres.Status(folder.Options));

        PostgresServer second = await EmbeddedPostgres.EnsureStartedAsync(folder.Options);
        Assert.Equal(first.Port, second.Port);
        Assert.NotEqual(first.ProcessId, second.ProcessId);
        Assert.Equal(42, await ScalarAsync(second, "select answer from kept"));
    }

    [Fact]
    public async Task Server_Running_IsReusedAndSeparateFromAnother()
    {
        await using PostgresFolder folder = new();
        await using PostgresFolder other = new();
        PostgresServer[] servers = await Task.WhenAll(
            EmbeddedPostgres.EnsureStartedAsync(folder.Options),
            EmbeddedPostgres.EnsureStartedAsync(folder.Options),
            EmbeddedPostgres.EnsureStartedAsync(other.Options));

        Assert.Equal(servers[0], servers[1]);
        Assert.NotEqual(servers[0].Port, servers[2].Port);
        PostgresServer mixed = servers[2] with { SuperuserPassword = servers[0].SuperuserPassword };
        await Assert.ThrowsAsync<PostgresException>(() => ScalarAsync(mixed, "select 1"));
    }

    [Fact]
    public async Task Server_IsPrivateUtcAndUtf8()
    {
        await using PostgresFolder folder = new();
        PostgresServer server = await EmbeddedPostgres.EnsureStartedAsync(folder.Options);

        Assert.Equal("UTC", await ScalarAsync(server, "show timezone"));
        Assert.Equal("UTF8", await ScalarAsync(server, "show server_encoding"));
        Assert.Equal("127.0.0.1", await ScalarAsync(server, "show listen_addresses"));
        Assert.Equal("", await ScalarAsync(server, "show unix_socket_directories"));
        Assert.Equal(
            "scram-sha-256",
            await ScalarAsync(server, "select string_agg(distinct auth_method, ',') from pg_hba_file_rules"));
        string[] secrets = ["superuser.password", "server.json"];
        Assert.All(
            secrets, f => Assert.Equal(OwnerOnly, File.GetUnixFileMode(Path.Combine(folder.Options.DataFolder, f))));
        Assert.DoesNotContain(server.SuperuserPassword, server.ToString(), StringComparison.Ordinal);
        string environment = await File.ReadAllTextAsync($"/proc/{server.ProcessId}/environ");
        Assert.DoesNotContain("HOME=", environment, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_PortTaken_ChoosesAndKeepsAnother()
    {
        await using PostgresFolder folder = new();
        PostgresServer first = await EmbeddedPostgres.EnsureStartedAsync(folder.Options);
        await EmbeddedPostgres.StopAsync(folder.Options);
        PostgresServer second;
        using (TcpListener squatter = new(IPAddress.Loopback, first.Port))
        {
            squatter.Start();
            second = await EmbeddedPostgres.EnsureStartedAsync(folder.Options);
        }

        Assert.NotEqual(first.Port, second.Port);
        await EmbeddedPostgres.StopAsync(folder.Options);
        Assert.Equal(second.Port, (await EmbeddedPostgres.EnsureStartedAsync(folder.Options)).Port);
    }

    /// <summary>It runs when it is looked at, and is gone before it answers.</summary>
    [Fact]
    public async Task Start_ServerThatIsKilledWhileItIsAsked_StartsItAgain()
    {
        await using PostgresFolder folder = new();
        PostgresServer first = await EmbeddedPostgres.EnsureStartedAsync(folder.Options);
        await SignalAsync(first, "STOP");

        Task<PostgresServer> asked = EmbeddedPostgres.EnsureStartedAsync(folder.Options);

        // Nothing tells when it has been looked at: a stopped server answers nobody.
        await Task.Delay(500);
        Assert.False(asked.IsCompleted);
        await SignalAsync(first, "KILL");
        PostgresServer second = await asked;

        Assert.NotEqual(first.ProcessId, second.ProcessId);
        Assert.Equal("1", await ScalarAsync(second, "select 1::text"));
    }

    [Fact]
    public async Task Start_ProcessFileOfAnotherProgram_IsNotTakenForAServer()
    {
        await using PostgresFolder folder = new();
        await EmbeddedPostgres.EnsureStartedAsync(folder.Options);
        string processFile = Path.Combine(folder.Options.DataFolder, "cluster", "data", "postmaster.pid");
        string[] lines = await File.ReadAllLinesAsync(processFile);
        await EmbeddedPostgres.StopAsync(folder.Options);
        lines[0] = $"{Environment.ProcessId}";
        await File.WriteAllLinesAsync(processFile, lines);

        Assert.Equal(PostgresState.Stopped, EmbeddedPostgres.Status(folder.Options).State);
        PostgresServer server = await EmbeddedPostgres.EnsureStartedAsync(folder.Options);
        Assert.Equal(1, await ScalarAsync(server, "select 1"));
    }

    [Fact]
    public async Task Start_FolderOthersCannotReach_Runs()
    {
        await using PostgresFolder folder = new(reachable: false);
        PostgresServer server = await EmbeddedPostgres.EnsureStartedAsync(folder.Options);

        Assert.Equal(1, await ScalarAsync(server, "select 1"));
        bool root = ServerAccount.Current.User == 0;
        Assert.Equal(!root, ServerNotes.Read(folder.Options.DataFolder)!.Place == folder.Options.DataFolder);
    }

    [Fact]
    public async Task Start_ClusterOfAnotherMajorVersion_IsRefused()
    {
        await using PostgresFolder folder = new();
        await EmbeddedPostgres.EnsureStartedAsync(folder.Options);
        await EmbeddedPostgres.StopAsync(folder.Options);
        string version = Path.Combine(folder.Options.DataFolder, "cluster", "data", "PG_VERSION");
        await File.WriteAllTextAsync(version, "17\n");

        LandfallException refused = await Assert.ThrowsAsync<LandfallException>(
            () => EmbeddedPostgres.EnsureStartedAsync(folder.Options));
        Assert.Equal("LF4304", refused.Code);
    }

    [Fact]
    public async Task Start_DataDamaged_TellsTheLog()
    {
        await using PostgresFolder folder = new();
        await EmbeddedPostgres.EnsureStartedAsync(folder.Options);
        await EmbeddedPostgres.StopAsync(folder.Options);
        File.Delete(Path.Combine(folder.Options.DataFolder, "cluster", "data", "global", "pg_control"));

        LandfallException refused = await Assert.ThrowsAsync<LandfallException>(
            () => EmbeddedPostgres.EnsureStartedAsync(folder.Options));
        Assert.Equal("LF4303", refused.Code);
        Assert.Contains("pg_control", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_ProgramsMissing_SaysHowToFetchThem()
    {
        await using PostgresFolder folder = new();
        string empty = Directory.CreateDirectory(Path.Combine(folder.Options.DataFolder, "..", "empty")).FullName;

        LandfallException missing = await Assert.ThrowsAsync<LandfallException>(
            () => EmbeddedPostgres.EnsureStartedAsync(folder.Options with { NativeFolder = empty }));
        Assert.Equal("LF4300", missing.Code);
    }

    [Fact]
    public void Accounts_OfAPasswordFile_ArePreferredNobodyFirstAndNeverRoot()
    {
        string[] lines =
            ["root:x:0:0::/root:/bin/sh", "late:x:1001:100::/:/bin/sh", "ana:x:1000:100::/:/bin/sh", "bad:x",
            "daemon:x:1:1::/:", "nobody:x:65534:65533::/:", "toor:x:0:0::/:"];

        Assert.Equal(
            [new("nobody", 65534, 65533), new("ana", 1000, 100), new("late", 1001, 100)],
            ServerAccount.Candidates(lines));
    }

    [Fact]
    public async Task Shell_ThroughSu_RunsAsTheAccount()
    {
        if (ServerAccount.Current.User != 0)
        {
            return;
        }

        ServerAccount nobody = await ServerShell.ChooseAccountAsync(CancellationToken.None);
        ServerShell shell = new(nobody, "/nowhere", useSu: true);
        (int code, string output) = await shell.RunAsync(
            ["/bin/sh", "-c", "id -u; echo $LD_LIBRARY_PATH \"$1\"", "sh", "a b"], null, CancellationToken.None);
        Assert.Equal((0, $"{nobody.User}\n/nowhere a b\n"), (code, output));
    }

    private static async Task ExecuteAsync(PostgresServer server, string sql)
    {
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(server.ConnectionString());
        await using NpgsqlCommand command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<object?> ScalarAsync(PostgresServer server, string sql)
    {
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(server.ConnectionString());
        await using NpgsqlCommand command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }

    private static async Task SignalAsync(PostgresServer server, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{server.ProcessId}"]);
        await kill.WaitForExitAsync();
        Assert.Equal(0, kill.ExitCode);
    }
}
