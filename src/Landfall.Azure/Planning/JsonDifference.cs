using System.Text.Encodings.Web;
using System.Text.Json;
using Azure.Bicep.Types.Concrete;
using Landfall.Azure.Checking;
using Landfall.Azure.Snapshots;
using Landfall.Azure.Types;

namespace Landfall.Azure.Planning;

/// <summary>Compares two resources property by property; secrets are compared and never shown.</summary>
internal static class JsonDifference
{
    /// <summary>What tells a version of the same resource, not the resource.</summary>
    private static readonly string[] Ignored = ["id", "name", "type", "apiVersion"];

    private static readonly string[] SecretNames =
        ["password", "secret", "accountKey", "sharedKey", "connectionString", "sasToken"];

    /// <summary>The properties that differ, in the order of the new resource, then of the old one.</summary>
    public static IEnumerable<PropertyChange> Of(SnapshotResource old, SnapshotResource @new)
    {
        Side one = new(old.Body, "", Sensitive(old));
        Side other = new(@new.Body, "", Sensitive(@new));
        return Compare(one, other, "").Where(c => !Ignored.Contains(c.Path));
    }

    private static IReadOnlyList<string> Sensitive(SnapshotResource resource)
    {
        TypeBase? type = ResourceTypes.All.Body(resource.Type, resource.ApiVersion);
        IEnumerable<string> typed = type is null
            ? []
            : TypedValue.Of(resource.Body, type).Where(v => v.IsSensitive).Select(v => v.Path);
        IEnumerable<string> told = JsonText.Of(resource.Body)
            .Where(t => IsSecretName(t.Path)
                || (resource.Is("Microsoft.KeyVault/vaults/secrets") && t.Path == "properties.value"))
            .Select(t => t.Path);
        return [.. typed, .. told, .. SecretText.PlacesIn(resource.Body).Select(p => p.Path)];
    }

    private static bool IsSecretName(string path) =>
        SecretNames.Any(n => path.EndsWith(n, StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<PropertyChange> Compare(Side old, Side @new, string path)
    {
        JsonValueKind kind = @new.Element.ValueKind == JsonValueKind.Undefined
            ? old.Element.ValueKind
            : @new.Element.ValueKind;
        bool isSameKind = old.IsAbsent || @new.IsAbsent || old.Element.ValueKind == @new.Element.ValueKind;
        if (isSameKind && kind == JsonValueKind.Object && !(old.IsEmpty || @new.IsEmpty))
        {
            return Keys(old.Element, @new.Element)
                .SelectMany(k => Compare(old.Property(k), @new.Property(k), path.Length == 0 ? k : $"{path}.{k}"));
        }

        if (isSameKind && kind == JsonValueKind.Array && old.HasNames && @new.HasNames)
        {
            return @new.Names.Concat(old.Names).Distinct(StringComparer.OrdinalIgnoreCase)
                .SelectMany(n => Compare(old.Item(n), @new.Item(n), $"{path}[{n}]"));
        }

        return old.IsSameAs(@new)
            ? []
            : [new(path, old.Shown, @new.Shown)];
    }

    private static IEnumerable<string> Keys(JsonElement old, JsonElement @new) =>
        new[] { @new, old }.Where(e => e.ValueKind == JsonValueKind.Object)
            .SelectMany(e => e.EnumerateObject().Select(p => p.Name))
            .Distinct(StringComparer.OrdinalIgnoreCase);

    /// <summary>A value of one of the two, with its place in its own resource.</summary>
    private sealed record Side(JsonElement Element, string Path, IReadOnlyList<string> Sensitive)
    {
        private static readonly JsonElement Null = JsonDocument.Parse("null").RootElement;
        private static readonly JsonSerializerOptions Plain =
            new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

        public bool IsAbsent => Element.ValueKind == JsonValueKind.Undefined;

        /// <summary>An object that is there and has nothing in it differs from one that is not there.</summary>
        public bool IsEmpty => Element.ValueKind == JsonValueKind.Object && !Element.EnumerateObject().Any();

        private string? Expression => Element.ValueKind == JsonValueKind.String
            && Element.GetString() is { } text && JsonText.IsExpression(text) ? ResourceKey.Plain(text) : null;

        private JsonElement OrNull => IsAbsent ? Null : Element;

        public bool IsSameAs(Side other) => (IsAbsent && other.IsAbsent)
            || JsonElement.DeepEquals(OrNull, other.OrNull)
            || (Expression is { } expression && expression == other.Expression);

        public bool HasNames => IsAbsent || (Element.ValueKind == JsonValueKind.Array
            && Names.Length == Element.GetArrayLength() && Names.Length > 0
            && Names.Distinct(StringComparer.OrdinalIgnoreCase).Count() == Names.Length);

        public string[] Names => [.. Element.Items().Select(i => i.At("name").Text()).OfType<string>()];

        public string? Shown => IsAbsent ? null
            : Sensitive.Any(s => s.Equals(Path, StringComparison.OrdinalIgnoreCase)
                || s.StartsWith(Path + ".", StringComparison.OrdinalIgnoreCase)
                || s.StartsWith(Path + "[", StringComparison.OrdinalIgnoreCase)) ? PropertyChange.Hidden
            : JsonSerializer.Serialize(Element, Plain);

        public Side Property(string name) =>
            this with { Element = Element.At(name), Path = Path.Length == 0 ? name : $"{Path}.{name}" };

        public Side Item(string name)
        {
            (int index, JsonElement item) = Element.Items().Index()
                .FirstOrDefault(i => name.Equals(i.Item.At("name").Text(), StringComparison.OrdinalIgnoreCase));
            return this with { Element = item, Path = $"{Path}[{index}]" };
        }
    }
}
