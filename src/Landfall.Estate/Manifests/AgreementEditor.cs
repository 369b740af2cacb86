using System.Globalization;
using Landfall.Estate.Yaml;

namespace Landfall.Estate.Manifests;

/// <summary>Changes the text of an OAAS agreement and keeps everything else of it: comments, order, style.</summary>
public static class AgreementEditor
{
    /// <summary>Approves: who signed and when is set, and what an earlier decision said is overwritten.</summary>
    public static string Approve(string text, string user, DateTimeOffset now)
    {
        YamlEditor editor = new(text);
        editor.Set("status", "approved");
        editor.SetProperty(editor.Root, "signedBy", user, behind: null);
        return At(editor.ToString(), "signedAt", now);
    }

    /// <summary>Rejects: the file keeps who did so and why.</summary>
    public static string Reject(string text, string user, string reason, DateTimeOffset now)
    {
        YamlEditor editor = new(text);
        editor.Set("status", "rejected");
        string decided = With(editor.ToString(), "rejectedBy", user);
        return At(reason.Length == 0 ? decided : With(decided, "rejectedReason", reason), "rejectedAt", now);
    }

    /// <summary>Revokes: the permission ends now, and the file keeps who took it back and why.</summary>
    public static string Revoke(string text, string user, string reason, DateTimeOffset now)
    {
        YamlEditor editor = new(text);
        editor.Set("endTimestamp", Instant(now));
        string ended = With(editor.ToString(), "revokedBy", user);
        return reason.Length == 0 ? ended : With(ended, "revokedReason", reason);
    }

    /// <summary>An instant as the standard writes it: RFC 3339 in UTC.</summary>
    public static string Instant(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string At(string text, string property, DateTimeOffset now) => With(text, property, Instant(now));

    /// <summary>One property a time: the first may have made the list that the next goes into.</summary>
    private static string With(string text, string property, string value)
    {
        YamlEditor editor = new(text);
        editor.SetProperty(editor.Root, property, value, behind: null);
        return editor.ToString();
    }
}
