using Landfall.Estate.Integrations;

namespace Landfall.Engine.WorkerHost.Dummies;

/// <summary>Each landing is a file with those that are new.</summary>
public sealed record NumbersReading : TableReading
{
    public override FileFormat Landed => FileFormat.Csv;

    public override RepeatedRows Repeats => RepeatedRows.None;
}
