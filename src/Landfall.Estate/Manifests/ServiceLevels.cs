using Landfall.Estate.Reading;

namespace Landfall.Estate.Manifests;

/// <summary>Reads the service levels of a contract.</summary>
internal static class ServiceLevels
{
    private static readonly Dictionary<string, TimeSpan> _units = new()
    {
        ["s"] = TimeSpan.FromSeconds(1),
        ["second"] = TimeSpan.FromSeconds(1),
        ["seconds"] = TimeSpan.FromSeconds(1),
        ["min"] = TimeSpan.FromMinutes(1),
        ["minute"] = TimeSpan.FromMinutes(1),
        ["minutes"] = TimeSpan.FromMinutes(1),
        ["h"] = TimeSpan.FromHours(1),
        ["hr"] = TimeSpan.FromHours(1),
        ["hour"] = TimeSpan.FromHours(1),
        ["hours"] = TimeSpan.FromHours(1),
        ["d"] = TimeSpan.FromDays(1),
        ["day"] = TimeSpan.FromDays(1),
        ["days"] = TimeSpan.FromDays(1),
        ["y"] = TimeSpan.FromDays(365),
        ["yr"] = TimeSpan.FromDays(365),
        ["year"] = TimeSpan.FromDays(365),
        ["years"] = TimeSpan.FromDays(365),
    };

    /// <summary>
    /// How old the newest data may be: <c>freshness</c>, else <c>latency</c>; null when neither is promised.
    /// </summary>
    public static TimeSpan? Freshness(Section contract)
    {
        TimeSpan? freshness = null;
        TimeSpan? latency = null;
        foreach (Section section in contract.Sections("slaProperties", "The service level", required: false))
        {
            switch (section.Text("property"))
            {
                case "freshness":
                    freshness ??= Read(section);
                    break;
                case "latency":
                    latency ??= Read(section);
                    break;
                default:
                    break;
            }
        }

        return freshness ?? latency;
    }

    private static TimeSpan? Read(Section section)
    {
        decimal value = section.Decimal("value", 0, 1_000_000);
        if (section.Scalar("unit", required: true) is not { } unit)
        {
            return null;
        }

        if (_units.TryGetValue(unit.Text, out TimeSpan one))
        {
            // A year times the largest value still fits.
            return TimeSpan.FromSeconds((double)value * one.TotalSeconds);
        }

        section.Context.Diagnostics.Error(
            "LF1066", unit.Location, $"The unit '{unit.Text}' is not known.",
            "Write s, min, h, d or y; 'm' could be minutes or months.");
        return null;
    }
}
