using System.Globalization;
using System.Text.Json.Nodes;
using Landfall.Delta.Log;

namespace Landfall.Delta.Commits;

/// <summary>Turns a transaction into the actions and the bytes of its commit.</summary>
internal static class CommitContent
{
    private static readonly string Engine =
        "Landfall/" + typeof(CommitContent).Assembly.GetName().Version!.ToString(3);

    /// <summary>The actions of a transaction as a version at a time.</summary>
    public static CommitActions ActionsOf(Transaction transaction, long version, long timestamp)
    {
        CommitActions actions = new()
        {
            Version = version,
            Timestamp = timestamp,
            TransactionId = transaction.Id,
            IsBlindAppend = transaction.IsBlindAppend,
            Protocol = transaction.ReadSnapshot is null ? TableProtocol.Default : null,
            Metadata = transaction.NewMetadata,
        };
        actions.Transactions.AddRange(
            transaction.Transactions.Select(t => new AppTransaction(t.Key, t.Value, timestamp)));
        actions.Removes.AddRange(transaction.Removed.Values.Select(r => r with { DeletionTimestamp = timestamp }));
        actions.Adds.AddRange(transaction.Added.Values);
        return actions;
    }

    /// <summary>The bytes of the log entry; commitInfo comes first, with a hash of what follows.</summary>
    public static ReadOnlyMemory<byte> Encode(Transaction transaction, CommitActions actions)
    {
        using var writer = new ActionWriter();
        writer.Info(InfoOf(transaction, actions.Timestamp!.Value));
        if (actions.Protocol is { } protocol)
        {
            writer.Protocol(protocol);
        }

        if (actions.Metadata is { } metadata)
        {
            writer.Metadata(metadata);
        }

        actions.Transactions.ForEach(writer.Transaction);
        actions.Removes.ForEach(r => writer.Remove(r, r.DataChange));
        actions.Adds.ForEach(a => writer.Add(a, a.DataChange));
        return writer.WithChecksum();
    }

    private static JsonObject InfoOf(Transaction transaction, long timestamp)
    {
        JsonObject info = new()
        {
            [CommitChecksum.Field] = CommitChecksum.Placeholder,
            ["timestamp"] = timestamp,
            ["operation"] = transaction.Operation,
            ["operationParameters"] = ParametersOf(transaction),
        };
        if (transaction.ReadSnapshot is { } read)
        {
            info["readVersion"] = read.Version;
        }

        info["isolationLevel"] = transaction.Isolation.ToString();
        info["isBlindAppend"] = transaction.IsBlindAppend;
        info["operationMetrics"] = MetricsOf(transaction);
        info["engineInfo"] = Engine;
        info["txnId"] = transaction.Id;
        foreach ((string name, JsonNode value) in transaction.Info)
        {
            info[name] = value.DeepClone();
        }

        return info;
    }

    private static JsonObject ParametersOf(Transaction transaction)
    {
        JsonObject parameters = [];
        if (transaction.Metrics.Count == 0)
        {
            parameters["mode"] = transaction.Removed.Count > 0 ? "Overwrite" : "Append";
            parameters["partitionBy"] = new JsonArray(
                [.. transaction.Metadata.PartitionColumns.Select(c => (JsonNode)c)]).ToJsonString();
        }

        foreach ((string name, string value) in transaction.Parameters)
        {
            parameters[name] = value;
        }

        return parameters;
    }

    private static JsonObject MetricsOf(Transaction transaction)
    {
        if (transaction.Metrics.Count > 0)
        {
            return new(transaction.Metrics.Select(m => KeyValuePair.Create(m.Key, (JsonNode?)Text(m.Value))));
        }

        JsonObject metrics = new()
        {
            ["numFiles"] = Text(transaction.Added.Count),
            ["numOutputBytes"] = Text(transaction.Added.Values.Sum(a => a.Size)),
        };
        if (transaction.Added.Values.All(a => a.Statistics is not null))
        {
            metrics["numOutputRows"] = Text(transaction.Added.Values.Sum(a => a.Statistics!.NumRecords));
        }

        if (transaction.Removed.Count > 0)
        {
            metrics["numRemovedFiles"] = Text(transaction.Removed.Count);
            metrics["numRemovedBytes"] = Text(transaction.Removed.Values.Sum(r => r.Size ?? 0));
        }

        return metrics;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
