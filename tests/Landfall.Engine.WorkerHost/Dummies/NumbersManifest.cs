using System.Collections.Immutable;
using System.Globalization;
using Landfall.Estate.Integrations;
using Landfall.Estate.Reading;
using Landfall.Estate.Sources;

namespace Landfall.Engine.WorkerHost.Dummies;

/// <summary>Sources of type <c>numbers</c>.</summary>
public sealed class NumbersManifest : ISourceManifest
{
    public string Type => "numbers";

    public ImmutableArray<string> TableKeys => [];

    public Source Read(Section section, string key) =>
        new NumbersSource(int.Parse(section.Text("count"), CultureInfo.InvariantCulture));

    public TableReading ReadTable(Section section) => new NumbersReading();

    public void Check(SourceCheck check) => check.RequireTool();

    public void CheckTable(SourceCheck check, IntegrationTable table)
    {
        if (table.Mode != LoadMode.Append)
        {
            check.Report.Error("LF1043", $"{check.KeyOf(table)}/mode", "Numbers only grow.", "Write append.");
        }
    }
}
