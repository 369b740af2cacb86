namespace Relecloud.Sources;

/// <summary>The source systems cannot be made or continued as asked. The message says why and what to do.</summary>
public sealed class SourcesException : Exception
{
    /// <summary>Makes the exception with a message for people.</summary>
    public SourcesException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
