using System.Text.Json;
using System.Text.Json.Nodes;
using Landfall.Engine.Lakes;

namespace Landfall.Engine.Running;

/// <summary>The summary of a run for machines: <c>runs/ID.json</c> in the home.</summary>
public static class RunFile
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Writes the summary of a finished run.</summary>
    public static void Write(LandfallHome home, RunSummary summary)
    {
        Directory.CreateDirectory(home.Runs);
        File.WriteAllText(Path.Combine(home.Runs, summary.RunId + ".json"), ToJson(summary).ToJsonString(Indented));
    }

    /// <summary>The summary as JSON: run, state, started, seconds, computeCost and an object for each step.</summary>
    public static JsonObject ToJson(RunSummary summary) => new()
    {
        ["run"] = summary.RunId,
        ["state"] = summary.State,
        ["started"] = summary.Started.UtcDateTime.ToString("O"),
        ["seconds"] = Math.Round(summary.Seconds, 3),
        ["computeCost"] = summary.ComputeCost,
        ["steps"] = new JsonArray([.. summary.Steps.Select(Step)]),
    };

    private static JsonNode Step(StepResult result)
    {
        StepOutcome outcome = result.Outcome;
        JsonObject step = new()
        {
            ["step"] = result.Step.Key,
            ["kind"] = result.Step.Kind.ToString().ToLowerInvariant(),
            ["zone"] = result.Step.Zone.Id,
            ["pool"] = result.Step.Pool.Id,
            ["state"] = outcome.State switch
            {
                StepState.UpToDate => "up-to-date",
                _ => outcome.State.ToString().ToLowerInvariant(),
            },
            ["reason"] = outcome.Reason,
            ["version"] = outcome.Version < 0 ? null : outcome.Version,
            ["rows"] = outcome.Rows,
            ["bytes"] = outcome.Bytes,
            ["quarantined"] = outcome.Quarantined,
            ["seconds"] = Math.Round(outcome.Seconds, 3),
            ["warnings"] = new JsonArray([.. outcome.Warnings.Select(w => (JsonNode)w)]),
        };
        if (outcome.FailureCode.Length > 0)
        {
            step["code"] = outcome.FailureCode;
            step["message"] = outcome.FailureMessage;
        }

        return step;
    }
}
