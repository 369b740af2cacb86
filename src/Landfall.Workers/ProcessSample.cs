using System.Globalization;

namespace Landfall.Workers;

/// <summary>What <c>/proc</c> says of a running process.</summary>
internal sealed record ProcessSample
{
    private const double TicksPerSecond = 100;

    /// <summary>Memory that is its own: anonymous and shared pages, without mapped files.</summary>
    public long RealBytes { get; init; }

    public long MaxResidentBytes { get; init; }

    public long ReadBytes { get; init; }

    public long WrittenBytes { get; init; }

    public double UserSeconds { get; init; }

    public double SystemSeconds { get; init; }

    /// <summary>Samples a process; null where it is gone or the system has no <c>/proc</c>.</summary>
    public static ProcessSample? Take(int process)
    {
        try
        {
            return Parse(Read(process, "stat"), Read(process, "status"), Read(process, "io"));
        }
        catch (IOException)
        {
            return null;
        }
        catch (UnauthorizedAccessException)
        {
            // An ended process that is not reaped yet is nobody's.
            return null;
        }
    }

    internal static ProcessSample Parse(string stat, string status, string io)
    {
        // The name, in brackets, may hold spaces and brackets itself.
        string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return new()
        {
            RealBytes = (Field(status, "RssAnon:") + Field(status, "RssShmem:")) << 10,
            MaxResidentBytes = Field(status, "VmHWM:") << 10,
            ReadBytes = Field(io, "rchar:"),
            WrittenBytes = Field(io, "wchar:"),
            UserSeconds = double.Parse(fields[11]) / TicksPerSecond,
            SystemSeconds = double.Parse(fields[12]) / TicksPerSecond,
        };
    }

    private static string Read(int process, string file) => File.ReadAllText($"/proc/{process}/{file}");

    private static long Field(string text, string name)
    {
        int start = text.IndexOf(name, StringComparison.Ordinal);
        if (start < 0)
        {
            return 0;
        }

        ReadOnlySpan<char> rest = text.AsSpan(start + name.Length).TrimStart();
        int end = rest.IndexOfAnyExceptInRange('0', '9');
        return long.Parse(end < 0 ? rest : rest[..end], NumberStyles.None, CultureInfo.InvariantCulture);
    }
}
