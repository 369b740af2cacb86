using System.Text;
using System.Text.Encodings.Web;

namespace Landfall.Workers;

/// <summary>Cuts secrets out of text, also as they look in Base64, a URL or JSON. Safe for concurrent use.</summary>
/// <param name="secrets">The values. Lines of a value of several lines count as well.</param>
internal sealed class SecretRedactor(IEnumerable<string> secrets)
{
    /// <summary>Stands where a secret stood.</summary>
    public const string Mark = "***";

    // The longest first: a secret that holds another one leaves nothing of itself behind.
    private readonly string[] _forms =
    [
        .. secrets.SelectMany(Parts).Where(p => p.Length > 0).SelectMany(Forms).Distinct()
            .OrderByDescending(f => f.Length),
    ];

    /// <summary>The text without secrets.</summary>
    public string Redact(string text) => _forms.Aggregate(text, (t, form) => t.Replace(form, Mark));

    private static IEnumerable<string> Parts(string secret) =>
        [secret, secret.Trim(), .. secret.Split('\n', StringSplitOptions.TrimEntries)];

    private static IEnumerable<string> Forms(string part) =>
    [
        part,
        Uri.EscapeDataString(part),
        Convert.ToBase64String(Encoding.UTF8.GetBytes(part)),
        JavaScriptEncoder.Default.Encode(part),
    ];
}
