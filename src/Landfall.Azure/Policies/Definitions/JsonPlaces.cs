using System.Text;
using System.Text.Json;

namespace Landfall.Azure.Policies.Definitions;

/// <summary>Finds where the values of a JSON text stand, which the parser does not keep.</summary>
internal sealed class JsonPlaces
{
    private readonly byte[] _bytes;
    private readonly Dictionary<string, (int Line, int Column)> _places = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Paths of what is open, with the next item of a list; -1 for an object.</summary>
    private readonly Stack<(string Path, int Next)> _open = new();

    private string _path = "";
    private int _line = 1;
    private int _lineStart;
    private int _counted;

    private JsonPlaces(byte[] bytes) => _bytes = bytes;

    /// <summary>
    /// Line and column of each value by its path, such as <c>properties.policyRule.if.allOf[0]</c>: that of its name,
    /// where it has one.
    /// </summary>
    /// <param name="text">A text that is JSON.</param>
    public static Dictionary<string, (int Line, int Column)> Of(string text)
    {
        JsonPlaces places = new(Encoding.UTF8.GetBytes(text));
        places.Read();
        return places._places;
    }

    private void Read()
    {
        Utf8JsonReader reader = new(_bytes, new JsonReaderOptions
        {
            AllowTrailingCommas = true,
            CommentHandling = JsonCommentHandling.Skip,
        });
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    string parent = _open.Peek().Path;
                    string name = reader.GetString()!;
                    Mark(parent.Length == 0 ? name : $"{parent}.{name}", (int)reader.TokenStartIndex);
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    (_path, _) = _open.Pop();
                    break;
                default:
                    Value(reader.TokenType, (int)reader.TokenStartIndex);
                    break;
            }
        }
    }

    private void Value(JsonTokenType type, int start)
    {
        if (_open.TryPeek(out (string Path, int Next) list) && list.Next >= 0)
        {
            _ = _open.Pop();
            _open.Push((list.Path, list.Next + 1));
            Mark($"{list.Path}[{list.Next}]", start);
        }

        if (type is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            _open.Push((_path, type == JsonTokenType.StartArray ? 0 : -1));
        }
    }

    private void Mark(string path, int start)
    {
        for (; _counted < start; _counted++)
        {
            if (_bytes[_counted] == (byte)'\n')
            {
                _line++;
                _lineStart = _counted + 1;
            }
        }

        _path = path;
        _places[path] = (_line, Encoding.UTF8.GetCharCount(_bytes, _lineStart, start - _lineStart) + 1);
    }
}
