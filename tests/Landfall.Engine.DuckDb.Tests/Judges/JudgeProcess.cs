using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;

namespace Landfall.Engine.DuckDb.Tests.Judges;

/// <summary>
/// A judge that runs beside the tests and answers one line after the other; it starts with the first question.
/// </summary>
internal sealed class JudgeProcess(string name, Func<ProcessStartInfo> start) : IDisposable
{
    private readonly StringBuilder _errors = new();
    private Process? _process;

    /// <summary>Rows that answer; throws <see cref="JudgeException"/> with what the judge says.</summary>
    /// <param name="line">The request.</param>
    /// <param name="asked">What was asked, for messages.</param>
    public IReadOnlyList<JsonObject> Ask(string line, string asked)
    {
        _process ??= Start();
        _process.StandardInput.WriteLine(line);
        _process.StandardInput.Flush();
        List<JsonObject> rows = [];
        while (_process.StandardOutput.ReadLine() is { } answer)
        {
            switch (answer)
            {
                case "OK":
                    return rows;
                case ['E', .. var message]:
                    throw new JudgeException(
                        name, Encoding.UTF8.GetString(Convert.FromBase64String(message)), asked);
                case ['R', .. var row]:
                    rows.Add(JsonNode.Parse(row)!.AsObject());
                    break;
                default:
                    break;
            }
        }

        throw new JudgeException(name, "it ended: " + Errors(), asked);
    }

    public void Dispose()
    {
        if (_process is not { } process)
        {
            return;
        }

        process.StandardInput.Close();
        if (!process.WaitForExit(TimeSpan.FromSeconds(20)))
        {
            process.Kill(entireProcessTree: true);
        }

        process.Dispose();
    }

    private Process Start()
    {
        ProcessStartInfo info = start();
        info.UseShellExecute = false;
        info.RedirectStandardInput = true;
        info.RedirectStandardOutput = true;
        info.RedirectStandardError = true;
        info.StandardInputEncoding = new UTF8Encoding(false);
        info.StandardOutputEncoding = Encoding.UTF8;
        Process process = Process.Start(info)!;
        process.ErrorDataReceived += (_, e) =>
        {
            lock (_errors)
            {
                _errors.AppendLine(e.Data);
            }
        };
        process.BeginErrorReadLine();
        return process.StandardOutput.ReadLine() == "READY" ? process
            : throw new JudgeException(name, "it did not start: " + Errors(), "");
    }

    private string Errors()
    {
        lock (_errors)
        {
            string text = _errors.ToString();
            return text[Math.Max(0, text.Length - 4000)..];
        }
    }
}
