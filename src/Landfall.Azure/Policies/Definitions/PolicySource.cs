using System.Text;
using System.Text.Json;
using Landfall.Estate.Diagnostics;

namespace Landfall.Azure.Policies.Definitions;

/// <summary>Where policies were read: a file, or the snapshot of a deployment that makes them.</summary>
/// <param name="name">Path of the file, or what the snapshot is of.</param>
/// <param name="text">Text of the file; null for a snapshot.</param>
/// <param name="diagnostics">Where problems go.</param>
internal sealed class PolicySource(string name, string? text, DiagnosticBag diagnostics)
{
    private Dictionary<string, (int Line, int Column)>? _places;

    /// <summary>Path of the file, or what the snapshot is of.</summary>
    public string Name => name;

    /// <summary>Where problems go.</summary>
    public DiagnosticBag Diagnostics => diagnostics;

    /// <summary>
    /// The place of a path such as <c>properties.policyRule.if.allOf[0]</c>, or of the nearest thing around it.
    /// </summary>
    public SourceLocation Place(string path)
    {
        _places ??= text is null ? [] : Read(text);
        for (string at = path; at.Length > 0; at = at[..Math.Max(0, at.LastIndexOfAny(['.', '[']))])
        {
            if (_places.TryGetValue(at, out (int Line, int Column) place))
            {
                return new(name, place.Line, place.Column);
            }
        }

        return new(name, 1, 1);
    }

    /// <summary>The place of every value, by its path.</summary>
    private static Dictionary<string, (int Line, int Column)> Read(string text)
    {
        Dictionary<string, (int Line, int Column)> places = new(StringComparer.OrdinalIgnoreCase);
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Utf8JsonReader reader = new(bytes, new JsonReaderOptions
        {
            AllowTrailingCommas = true,
            CommentHandling = JsonCommentHandling.Skip,
        });
        Stack<(string Path, int Next)> open = new();
        string path = "";
        int line = 1;
        int lineStart = 0;
        int counted = 0;
        while (reader.Read())
        {
            int start = (int)reader.TokenStartIndex;
            for (; counted < start; counted++)
            {
                if (bytes[counted] == (byte)'\n')
                {
                    line++;
                    lineStart = counted + 1;
                }
            }

            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                string parent = open.Peek().Path;
                path = parent.Length == 0 ? reader.GetString()! : $"{parent}.{reader.GetString()}";
                places[path] = (line, Encoding.UTF8.GetCharCount(bytes, lineStart, start - lineStart) + 1);
                continue;
            }

            if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
            {
                (path, _) = open.Pop();
                continue;
            }

            if (open.TryPeek(out (string Path, int Next) parentList) && parentList.Next >= 0)
            {
                _ = open.Pop();
                open.Push((parentList.Path, parentList.Next + 1));
                path = $"{parentList.Path}[{parentList.Next}]";
                places[path] = (line, Encoding.UTF8.GetCharCount(bytes, lineStart, start - lineStart) + 1);
            }

            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            {
                open.Push((path, reader.TokenType == JsonTokenType.StartArray ? 0 : -1));
            }
        }

        return places;
    }
}
