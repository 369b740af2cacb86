using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Landfall.Engine.Lakes;
using Landfall.Serving.Servers;
using Npgsql;

namespace Landfall.Bench;

/// <summary>
/// A product into PostgreSQL against COPY of a ready binary file of the same rows into the same server, one month of
/// it, and analysts who read it. Landfall's times are those of its step: plan, worker, reading the lake, transaction,
/// key, statistics and rights are in them.
/// </summary>
internal static class PublicationBench
{
    private const string Step = "ops.sales._sql";
    private const int CopyBytes = 1 << 20;

    // The best of some: whatever else the machine does only adds.
    private const int Rounds = 2;

    public static async Task RunAsync(BenchHome home)
    {
        PublicationEstate estate = new(home);
        estate.Write();
        EmbeddedSqlServer server = new(new LandfallHome(home.Folder), TimeProvider.System);
        try
        {
            _ = await server.EnsureAsync(CancellationToken.None);
            Run(home, estate, "+first");
            double whole = await WholeAsync(home, estate, server);
            Month(home, estate, whole);
            await ServingBench.RunAsync(home, server);
        }
        finally
        {
            await server.StopAsync(CancellationToken.None);
        }
    }

    private static async Task<double> WholeAsync(BenchHome home, PublicationEstate estate, EmbeddedSqlServer server)
    {
        Run(home, estate, "ops.sales.sale");
        double ours = StepOf(Run(home, estate, "sales")).Seconds;
        string file = Path.Combine(home.Folder, "sale.copy");
        await using NpgsqlConnection connection = await ConnectAsync(server);
        await WriteAsync(connection, file);
        double bare = double.MaxValue;
        double keyed = double.MaxValue;
        for (int round = 0; round < Rounds; round++)
        {
            bare = Math.Min(bare, await CopyAsync(connection, file));
            keyed = Math.Min(keyed, await CopyAsync(
                connection, file, "alter table baseline.sale add primary key (id)",
                "create index on baseline.sale (month)", "analyze baseline.sale"));
            if (round > 0)
            {
                await ForgetAsync(server);
                ours = Math.Min(ours, StepOf(Run(home, estate, "sales")).Seconds);
            }
        }

        long rows = await CountAsync(connection, "sales.sale");
        BenchHome.Require(rows == home.Size.PublishedRows, "all rows published");
        BenchHome.Require(await CountAsync(connection, "baseline.sale") == rows, "the same rows copied");
        Row("publication, bare COPY of a ready file", Rate(bare, rows));
        Row("publication, the same with key, index and statistics", Rate(keyed, rows));
        Row("publication, Landfall", Rate(ours, rows));
        Row("publication, ratio bare COPY / Landfall", $"{bare / ours:F2}");
        Row("publication, ratio COPY with key / Landfall", $"{keyed / ours:F2}");
        await ExecuteAsync(connection, "drop schema baseline cascade");
        return ours;
    }

    private static void Month(BenchHome home, PublicationEstate estate, double whole)
    {
        estate.AddToOneMonth();
        (double seconds, long rows) = StepOf(Run(home, estate, "+sales"));
        int most = (home.Size.PublishedRows / PublicationEstate.Months) + (home.Size.PublishedRows / 1000) + 1;
        BenchHome.Require(rows > 0 && rows <= most, "the rows of one month alone");
        Row($"one month of {PublicationEstate.Months}, Landfall", $"{seconds:F2} s, {rows:N0} rows");
        Row($"one month of {PublicationEstate.Months}, ratio one month / whole", $"{seconds / whole:F2}");
    }

    /// <summary>Takes the schema away, so that the next publication is the first again.</summary>
    private static async Task ForgetAsync(EmbeddedSqlServer server)
    {
        await using NpgsqlConnection connection = await ConnectAsync(server);
        await ExecuteAsync(connection, "drop schema sales cascade; checkpoint");
    }

    /// <summary>The rows as a file of COPY.</summary>
    private static async Task WriteAsync(NpgsqlConnection connection, string file)
    {
        await using NpgsqlRawCopyStream rows = await connection.BeginRawBinaryCopyAsync(
            $"copy sales.sale ({PublicationEstate.Columns}) to stdout (format binary)");
        await using FileStream target = File.Create(file);
        await rows.CopyToAsync(target);
    }

    /// <summary>A transaction that makes the table, copies the file and does some more; how long it took.</summary>
    private static async Task<double> CopyAsync(NpgsqlConnection connection, string file, params string[] after)
    {
        await ExecuteAsync(connection, "drop schema if exists baseline cascade; checkpoint");
        long start = Stopwatch.GetTimestamp();
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync();
        await ExecuteAsync(
            connection,
            $"create schema baseline; create table baseline.sale as select {PublicationEstate.Columns} "
            + "from sales.sale limit 0");
        await using (NpgsqlRawCopyStream target = await connection.BeginRawBinaryCopyAsync(
            $"copy baseline.sale ({PublicationEstate.Columns}) from stdin (format binary, freeze)"))
        {
            await using FileStream source = File.OpenRead(file);
            await source.CopyToAsync(target, CopyBytes);
        }

        foreach (string statement in after)
        {
            await ExecuteAsync(connection, statement);
        }

        await transaction.CommitAsync();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    internal static async Task<NpgsqlConnection> ConnectAsync(EmbeddedSqlServer server)
    {
        (string user, string password) = server.Administrator();
        NpgsqlConnection connection = new(new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1", Port = server.Find()!.Port, Database = "ops", Username = user, Password = password,
            SslMode = SslMode.Disable, Pooling = false, CommandTimeout = 0,
            GssEncryptionMode = GssEncryptionMode.Disable,
        }.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    internal static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using NpgsqlCommand command = new(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    internal static void Row(string what, string figure) => Console.WriteLine($"{what,-58} {figure}");

    private static async Task<long> CountAsync(NpgsqlConnection connection, string table)
    {
        await using NpgsqlCommand command = new($"select count(*) from {table}", connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static JsonNode Run(BenchHome home, PublicationEstate estate, string selector)
    {
        home.Landfall("run", "--estate", estate.Folder, "--select", selector);
        return home.LastRun();
    }

    private static (double Seconds, long Rows) StepOf(JsonNode run)
    {
        JsonNode step = run["steps"]!.AsArray().Single(s => (string?)s!["step"] == Step)!;
        return ((double)step["seconds"]!, (long?)step["rows"] ?? 0);
    }

    private static string Rate(double seconds, long rows) => string.Create(
        CultureInfo.InvariantCulture, $"{seconds:F2} s, {rows / seconds:N0} rows/s");
}
