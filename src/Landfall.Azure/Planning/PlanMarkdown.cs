using System.Text;

namespace Landfall.Azure.Planning;

/// <summary>Writes a plan for a pull request.</summary>
public static class PlanMarkdown
{
    /// <summary>The plan as Markdown, which ends with a line feed.</summary>
    public static string Of(DeploymentPlan plan)
    {
        StringBuilder text = new();
        text.Append(FormattableString.Invariant(
            $"### Azure: {plan.Count(ChangeKind.Added)} added, {plan.Count(ChangeKind.Changed)} changed, "));
        text.Append(FormattableString.Invariant($"{plan.Count(ChangeKind.Removed)} removed\n\n"));
        foreach (PlannedChange change in plan.Changes.Where(c => !c.Losses.IsEmpty))
        {
            text.Append($"> **{Cell(change.Id)}** {Cell(string.Join("; ", change.Losses))}\n\n");
        }

        if (plan.Changes.IsEmpty)
        {
            return text.Append("Nothing changes.\n").ToString();
        }

        text.Append("| environment | deployment | change | type | name | properties |\n|---|---|---|---|---|---|\n");
        foreach (PlannedChange change in plan.Changes)
        {
            text.Append($"| {change.Environment} | {change.Deployment} | {change.Kind.ToString().ToLowerInvariant()} ");
            text.Append($"| {change.Type} | {Cell(NameOf(change.Id))} ");
            text.Append($"| {string.Join("<br>", change.Properties.Select(Property))} |\n");
        }

        return text.ToString();
    }

    private static string Property(PropertyChange change) =>
        $"`{Code(change.Path)}`: `{Code(change.Old ?? "nothing")}` → `{Code(change.New ?? "nothing")}`";

    private static string NameOf(string id) => id.StartsWith('[') ? id : id[(id.LastIndexOf('/') + 1)..];

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    private static string Code(string text) =>
        Cell(text).Replace("`", "'", StringComparison.Ordinal).ReplaceLineEndings(" ");
}
