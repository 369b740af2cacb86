using System.Collections.Immutable;
using Landfall.Estate.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Landfall.Estate.Yaml;

/// <summary>
/// Reads one YAML document into values with places. Aliases, tags, duplicate keys and deep nesting are refused: what is
/// read is never larger than what is written, and means the same to every reader.
/// </summary>
internal sealed class YamlReader
{
    private readonly string _file;
    private readonly DiagnosticBag _diagnostics;
    private readonly Parser _parser;

    private YamlReader(string text, string file, DiagnosticBag diagnostics)
    {
        _file = file;
        _diagnostics = diagnostics;
        _parser = new Parser(new StringReader(text));
    }

    /// <summary>The document's value; null (and diagnostics) when the text is not one readable document.</summary>
    public static YamlValue? Read(string text, string file, DiagnosticBag diagnostics)
    {
        var reader = new YamlReader(text, file, diagnostics);
        try
        {
            return reader.ReadDocument();
        }
        catch (YamlException e)
        {
            diagnostics.Error("LF1001", reader.Place(e.Start), $"The file is not valid YAML: {Sentence(e.Message)}");
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or FormatException
            or EndOfStreamException)
        {
            // The parser lets a few of these through for malformed escapes and directives, and for texts cut off.
            diagnostics.Error("LF1001", reader.Here(), $"The file is not valid YAML: {Sentence(e.Message)}");
        }

        return null;
    }

    private YamlValue? ReadDocument()
    {
        _ = _parser.Consume<StreamStart>();
        if (!_parser.TryConsume<DocumentStart>(out _))
        {
            _diagnostics.Error("LF1008", new(_file, 1, 1), "The file is empty.");
            return null;
        }

        YamlValue? value = ReadValue(1);
        if (value is null)
        {
            return null;
        }

        _ = _parser.Consume<DocumentEnd>();
        if (_parser.Accept<DocumentStart>(out DocumentStart? second))
        {
            _diagnostics.Error(
                "LF1008", Place(second.Start), "The file holds a second document.", "Keep one document a file.");
            return null;
        }

        return value;
    }

    /// <summary>The next value; null once nesting is too deep, where reading of the file ends.</summary>
    private YamlValue? ReadValue(int depth)
    {
        ParsingEvent next = _parser.Consume<ParsingEvent>();
        SourceLocation place = Place(next.Start);
        if (depth > EstateLimits.YamlDepth)
        {
            _diagnostics.Error("LF1005", place, $"Values are nested deeper than {EstateLimits.YamlDepth} levels.");
            return null;
        }

        if (next is NodeEvent { Tag.IsEmpty: false })
        {
            _diagnostics.Error(
                "LF1003", place, "The value has a YAML tag.", "Remove the tag; types follow from the key.");
        }

        switch (next)
        {
            case AnchorAlias:
                _diagnostics.Error(
                    "LF1002", place, "The value is a YAML alias.", "Write the value out; aliases are not read.");
                return new YamlScalar(place, "", Plain: true);
            case Scalar scalar:
                return new YamlScalar(place, scalar.Value, scalar.Style == ScalarStyle.Plain);
            case SequenceStart:
                return ReadSequence(place, depth);
            default:
                return ReadMapping(place, depth);
        }
    }

    private YamlSequence? ReadSequence(SourceLocation place, int depth)
    {
        ImmutableArray<YamlValue>.Builder items = ImmutableArray.CreateBuilder<YamlValue>();
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            if (ReadValue(depth + 1) is not { } item)
            {
                return null;
            }

            items.Add(item);
        }

        return new(place, items.ToImmutable());
    }

    private YamlMapping? ReadMapping(SourceLocation place, int depth)
    {
        var entries = new Dictionary<string, YamlEntry>();
        ImmutableArray<YamlEntry>.Builder inOrder = ImmutableArray.CreateBuilder<YamlEntry>();
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            if (ReadValue(depth + 1) is not { } key || ReadValue(depth + 1) is not { } value)
            {
                return null;
            }

            if (key is not YamlScalar name)
            {
                _diagnostics.Error("LF1011", key.Location, $"A key is {key.Shape}.", "Keys are text.");
                continue;
            }

            var entry = new YamlEntry(name, value);
            if (entries.TryAdd(name.Text, entry))
            {
                inOrder.Add(entry);
                continue;
            }

            SourceLocation first = entries[name.Text].Key.Location;
            _diagnostics.Error(
                "LF1004", name.Location, $"The key '{name.Text}' is already on line {first.Line}.",
                "Keep one of the two.");
        }

        return new(place, inOrder.ToImmutable());
    }

    private SourceLocation Here() =>
        _parser.Current is { } current ? Place(current.Start) : new(_file, 1, 1);

    private SourceLocation Place(in Mark mark) => new(_file, (int)mark.Line, (int)mark.Column);

    private static string Sentence(string message) => message.TrimEnd('.') + ".";
}
