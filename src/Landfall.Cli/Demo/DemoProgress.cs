using Landfall.Cli.Output;
using Relecloud.Sources;

namespace Landfall.Cli.Demo;

/// <summary>Shows how far the simulator is: in place on a terminal, a line a month elsewhere.</summary>
/// <param name="output">Where it shows.</param>
/// <param name="daysBefore">Days that were there already; they are worked through fast and not shown.</param>
internal sealed class DemoProgress(CliOutput output, int daysBefore) : IProgress<SourcesProgress>
{
    private const int DaysPerLine = 30;

    public void Report(SourcesProgress value)
    {
        if (value.DaysDone <= daysBefore)
        {
            return;
        }

        bool last = value.DaysDone == value.DaysTotal;
        string line = $"Simulating day {value.DaysDone} of {value.DaysTotal}, {Amount.Count(value.Events, "event")}";
        if (output.IsLive)
        {
            Console.Error.Write($"\r\e[K{line}{(last ? "\n" : "")}");
        }
        else if (last || value.DaysDone % DaysPerLine == 0)
        {
            output.WriteInfo(line);
        }
    }
}
