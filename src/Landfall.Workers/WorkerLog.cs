using System.Collections.Immutable;

namespace Landfall.Workers;

/// <summary>What a worker writes to its log, without secrets: all of it to a writer, the last lines kept.</summary>
/// <param name="writer">The run's log.</param>
/// <param name="redactor">Cuts out the worker's secrets.</param>
internal sealed class WorkerLog(TextWriter writer, SecretRedactor redactor)
{
    /// <summary>Most characters of a line that are kept.</summary>
    public const int LineLength = 16 << 10;

    /// <summary>Most characters of a line to read: a secret that the cut divides must be seen whole.</summary>
    public const int ReadLength = LineLength + (16 << 10);

    private const int TailLines = 20;

    private readonly Lock _gate = new();
    private readonly Queue<string> _tail = [];

    /// <summary>The last lines.</summary>
    public ImmutableArray<string> Tail
    {
        get
        {
            lock (_gate)
            {
                return [.. _tail];
            }
        }
    }

    /// <summary>Writes a line.</summary>
    public void Write(string line)
    {
        string text = redactor.Redact(line);
        text = text.Length > LineLength ? text[..LineLength] + "…" : text;
        lock (_gate)
        {
            _tail.Enqueue(text);
            if (_tail.Count > TailLines)
            {
                _tail.Dequeue();
            }

            writer.WriteLine(text);
        }
    }
}
