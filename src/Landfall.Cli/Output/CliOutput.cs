using Landfall.Estate.Diagnostics;

namespace Landfall.Cli.Output;

/// <summary>Where a command writes: results to standard output, everything for people to standard error.</summary>
internal sealed class CliOutput
{
    private readonly bool _isQuiet;

    /// <summary>Writes to the process's own streams.</summary>
    public CliOutput(OutputFormat format, bool noColor, bool isQuiet)
    {
        _isQuiet = isQuiet;
        Format = format;
        bool colour = !noColor && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
            && Environment.GetEnvironmentVariable("TERM") != "dumb";
        IsLive = !isQuiet && colour && !Console.IsErrorRedirected;
        DataInk = new Ink(colour && !Console.IsOutputRedirected);
        PeopleInk = new Ink(colour && !Console.IsErrorRedirected);
    }

    /// <summary>The format of results.</summary>
    public OutputFormat Format { get; }

    /// <summary>Standard output.</summary>
    public TextWriter Data => Console.Out;

    /// <summary>Colours of standard output.</summary>
    public Ink DataInk { get; }

    /// <summary>Colours of standard error.</summary>
    public Ink PeopleInk { get; }

    /// <summary>Whether progress may redraw lines on standard error.</summary>
    public bool IsLive { get; }

    /// <summary>Whether only results and errors are wanted.</summary>
    public bool IsQuiet => _isQuiet;

    /// <summary>Writes a line for people to standard error; nothing where <c>--quiet</c> is given.</summary>
    public void WriteInfo(string line)
    {
        if (!_isQuiet)
        {
            Console.Error.WriteLine(line);
        }
    }

    /// <summary>Writes a line of a result for people to standard output; only where the format is a table.</summary>
    public void WriteText(string line = "")
    {
        if (Format == OutputFormat.Table)
        {
            Data.WriteLine(line);
        }
    }

    /// <summary>Reports a failure on standard error.</summary>
    public void Fail(string code, string message) =>
        Console.Error.WriteLine($"{PeopleInk.Red("error " + code)}: {message}");

    /// <summary>Reports a problem of the estate on standard error, one line.</summary>
    public void Report(Diagnostic diagnostic)
    {
        string word = diagnostic.Severity.ToString().ToLowerInvariant();
        string inked = diagnostic.Severity == Severity.Error ? PeopleInk.Red(word) : PeopleInk.Yellow(word);
        string start = $"{diagnostic.Location}: ";
        Console.Error.WriteLine(start + inked + diagnostic.ToString()[(start.Length + word.Length)..]);
    }

    /// <summary>Starts a result in the chosen format.</summary>
    public IRowWriter Rows(params IReadOnlyList<OutputColumn> columns) => Format switch
    {
        OutputFormat.Json => new JsonRowWriter(Data, columns),
        OutputFormat.Csv => new CsvRowWriter(Data, columns),
        _ => new TableRowWriter(Data, columns, DataInk),
    };
}
