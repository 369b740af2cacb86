using System.Text.Json.Nodes;
using Landfall.Cli.Output;
using Landfall.Delta;

namespace Landfall.Cli.Commands;

/// <summary>Writes versions of a table, one a row.</summary>
internal static class HistoryPrinter
{
    /// <summary>Writes versions, the newest first.</summary>
    public static void Print(CliOutput output, IReadOnlyList<CommitSummary> commits)
    {
        IRowWriter rows = output.Rows(
            new("version", true), new("committed"), new("operation"), new("run"), new("step"), new("rows_added", true),
            new("files_added", true), new("files_removed", true), new("inputs"));
        foreach (CommitSummary commit in commits)
        {
            JsonObject? landfall = commit.Landfall;
            JsonNode? inputs = landfall?["inputs"];
            rows.Write(
            [
                commit.Version,
                commit.Timestamp,
                commit.Operation,
                (string?)landfall?["run"] ?? "",
                (string?)landfall?["step"] ?? "",
                commit.AddedRows,
                commit.AddedFiles,
                commit.RemovedFiles,
                output.Format == OutputFormat.Json ? inputs : Inputs(inputs as JsonObject),
            ]);
        }

        rows.End();
    }

    private static string Inputs(JsonObject? inputs) =>
        string.Join(", ", inputs?.Select(i => $"{i.Key}@{i.Value?["version"] ?? i.Value}") ?? []);
}
