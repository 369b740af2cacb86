using System.Text.Json;
using System.Text.Json.Nodes;
using Landfall.Engine.Lakes;
using Landfall.Engine.Steps;

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

    /// <summary>
    /// The summary as JSON: run, state, started, seconds, computeCost, an object for each step, and problems where
    /// there are any.
    /// </summary>
    public static JsonObject ToJson(RunSummary summary)
    {
        JsonObject json = new()
        {
            ["run"] = summary.RunId,
            ["state"] = StateNames.Of(summary.State),
            ["started"] = summary.Started.UtcDateTime.ToString("O"),
            ["seconds"] = Math.Round(summary.Seconds, 3),
            ["computeCost"] = summary.ComputeCost,
            ["steps"] = new JsonArray([.. summary.Steps.Select(Step)]),
        };
        if (!summary.Problems.IsEmpty)
        {
            json["problems"] = new JsonArray(
                [.. summary.Problems.Select(p => new JsonObject { ["code"] = p.Code, ["message"] = p.Message })]);
        }

        return json;
    }

    private static JsonNode Step(StepResult result)
    {
        StepOutcome outcome = result.Outcome;
        JsonObject step = new()
        {
            ["step"] = result.Step.Key,
            ["kind"] = result.Step.Kind.ToString().ToLowerInvariant(),
            ["zone"] = result.Step.Zone.Id,
            ["pool"] = result.Step.Pool.Id,
            ["state"] = StateNames.Of(outcome.State),
            ["reason"] = outcome.Reason,
            ["version"] = outcome.Version < 0 ? null : outcome.Version,
            ["rows"] = outcome.Rows,
            ["bytes"] = outcome.Bytes,
            ["quarantined"] = outcome.Quarantined,
            ["seconds"] = Math.Round(outcome.Seconds, 3),
            ["waitSeconds"] = Math.Round(outcome.WaitSeconds, 3),
            ["warnings"] = new JsonArray([.. outcome.Warnings.Select(w => (JsonNode)w)]),
        };
        if (outcome.LeftOut.Length > 0)
        {
            step["leftOut"] = new JsonArray(
            [
                .. outcome.LeftOut.Select(l =>
                    new JsonObject { ["name"] = l.Name, ["code"] = l.Code, ["problem"] = l.Problem }),
            ]);
        }

        if (outcome.FailureCode.Length > 0)
        {
            step["code"] = outcome.FailureCode;
            step["message"] = outcome.FailureMessage;
        }

        return step;
    }
}
