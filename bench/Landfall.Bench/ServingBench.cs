using System.Diagnostics;
using System.Globalization;
using Landfall.Serving.Servers;
using Npgsql;

namespace Landfall.Bench;

/// <summary>
/// Analysts at once, each with a session of its own, encrypted, who send what Power BI sends one statement after the
/// other; against one of them alone.
/// </summary>
internal static class ServingBench
{
    private const string Password = "bench";

    /// <summary>What a page of a report asks: columns, a preview, sums by a column, days of a month, a total.</summary>
    private static readonly string[] _statements =
    [
        "select column_name, ordinal_position, is_nullable, data_type from information_schema.columns "
            + "where table_schema = 'sales' and table_name = 'sale' order by ordinal_position",
        """
        select "$Table"."id" as "id", "$Table"."day" as "day", "$Table"."customer" as "customer",
            "$Table"."amount" as "amount" from "sales"."sale" "$Table" limit 1000
        """,
        """
        select "_"."customer" as "c2", "_"."a0" as "a0" from (
            select "rows"."customer" as "customer", sum("rows"."amount") as "a0" from (
                select "customer", "amount" from "sales"."sale" "$Table" where "$Table"."month" = date '2024-06-01'
            ) "rows" group by "customer") "_"
        where not "_"."a0" is null order by "_"."a0" desc, "_"."customer" limit 1001
        """,
        """
        select "rows"."day" as "day", sum("rows"."quantity") as "a0" from "sales"."sale" "rows"
        where "rows"."month" >= date '2024-03-01' and "rows"."month" < date '2024-04-01' group by "day" limit 1000001
        """,
        """
        select count(1) as "a0" from "sales"."sale" "$Table" where "$Table"."id" between 1000 and 2000
        """,
    ];

    public static async Task RunAsync(BenchHome home, EmbeddedSqlServer server)
    {
        int most = home.Size.Sessions;
        await using (NpgsqlConnection connection = await PublicationBench.ConnectAsync(server))
        {
            for (int i = 0; i < most; i++)
            {
                await PublicationBench.ExecuteAsync(
                    connection,
                    $"create role \"{PublicationEstate.Analyst(i)}\" login password '{Password}' "
                    + "in role \"ops/analyst\"");
            }
        }

        double alone = Report(await LoadAsync(server, home.Size, 1), 1, home.Size);
        double together = Report(await LoadAsync(server, home.Size, most), most, home.Size);
        PublicationBench.Row(
            $"ratio of statements/s, {most} session(s) / 1",
            (together / alone).ToString("F2", CultureInfo.InvariantCulture));
    }

    private static double Report(double[] latencies, int sessions, BenchSize size)
    {
        Array.Sort(latencies);
        double rate = latencies.Length / size.SessionSeconds;
        PublicationBench.Row(
            $"{sessions} session(s), median of a statement", Milliseconds(latencies[latencies.Length / 2]));
        PublicationBench.Row(
            $"{sessions} session(s), 95 of 100 within", Milliseconds(latencies[latencies.Length * 95 / 100]));
        PublicationBench.Row($"{sessions} session(s), statements/s", $"{rate:F1}");
        return rate;
    }

    private static string Milliseconds(double seconds) =>
        (seconds * 1000).ToString("F1", CultureInfo.InvariantCulture) + " ms";

    /// <summary>Seconds of each statement; sessions are open before the first.</summary>
    private static async Task<double[]> LoadAsync(EmbeddedSqlServer server, BenchSize size, int sessions)
    {
        NpgsqlConnection[] connections = await Task.WhenAll(
            Enumerable.Range(0, sessions).Select(i => ConnectAsync(server, i)));
        try
        {
            TimeSpan time = TimeSpan.FromSeconds(size.SessionSeconds);
            long start = Stopwatch.GetTimestamp();
            List<double>[] latencies = await Task.WhenAll(
                connections.Select((c, i) => SendAsync(c, i, start, time)));
            return [.. latencies.SelectMany(l => l)];
        }
        finally
        {
            foreach (NpgsqlConnection connection in connections)
            {
                await connection.DisposeAsync();
            }
        }
    }

    /// <summary>Each session begins with another statement, so that not all ask the same at once.</summary>
    private static async Task<List<double>> SendAsync(
        NpgsqlConnection connection, int session, long start, TimeSpan time)
    {
        List<double> latencies = [];
        for (int next = session; latencies.Count == 0 || Stopwatch.GetElapsedTime(start) < time; next++)
        {
            long sent = Stopwatch.GetTimestamp();
            await using NpgsqlCommand command = new(_statements[next % _statements.Length], connection);
            await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
            object[] values = new object[reader.FieldCount];
            while (await reader.ReadAsync())
            {
                reader.GetValues(values);
            }

            latencies.Add(Stopwatch.GetElapsedTime(sent).TotalSeconds);
        }

        return latencies;
    }

    private static async Task<NpgsqlConnection> ConnectAsync(EmbeddedSqlServer server, int analyst)
    {
        NpgsqlConnection connection = new(new NpgsqlConnectionStringBuilder
        {
            Host = EmbeddedSqlServer.HostName, Port = server.Find()!.Port, Database = "ops",
            Username = PublicationEstate.Analyst(analyst), Password = Password, SslMode = SslMode.VerifyFull,
            RootCertificate = server.Certificates.AuthorityFile, Pooling = false, Timeout = 60, CommandTimeout = 0,
            GssEncryptionMode = GssEncryptionMode.Disable,
        }.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }
}
