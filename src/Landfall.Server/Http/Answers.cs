using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Landfall.Server.Http.Contracts;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Landfall.Server.Http;

/// <summary>Writes answers.</summary>
internal static class Answers
{
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    /// <summary>Answers with JSON.</summary>
    public static Task JsonAsync<T>(HttpContext context, int status, T body, JsonTypeInfo<T> type) =>
        WriteAsync(context, status, "application/json", writer => JsonSerializer.Serialize(writer, body, type));

    /// <summary>Answers with JSON that is written piece by piece.</summary>
    public static Task JsonAsync(HttpContext context, int status, Action<Utf8JsonWriter> write) =>
        WriteAsync(context, status, "application/json", write);

    /// <summary>Answers with a problem unless the answer has begun.</summary>
    public static Task ProblemAsync(HttpContext context, int status, string code, string detail)
    {
        if (context.Response.HasStarted)
        {
            context.Abort();
            return Task.CompletedTask;
        }

        switch (status)
        {
            case 401:
                context.Response.Headers.WWWAuthenticate = "Bearer";
                break;
            case 424:
                context.Response.Headers["ms-azureml-model-error-statuscode"] = "500";
                context.Response.Headers["ms-azureml-model-error-reason"] = "model failed";
                context.Response.Headers["x-ms-run-function-failed"] = "true";
                break;
            case 429:
                context.Response.Headers.RetryAfter = "1";
                break;
        }

        if (context.Request.Path.StartsWithSegments("/v2"))
        {
            return JsonAsync(
                context, status, new InferenceProblem(detail, code), ServerJson.Default.InferenceProblem);
        }

        ProblemBody body = new(ReasonPhrases.GetReasonPhrase(status), status, detail, code);
        return WriteAsync(
            context, status, "application/problem+json",
            writer => JsonSerializer.Serialize(writer, body, ServerJson.Default.ProblemBody));
    }

    /// <summary>Answers with text.</summary>
    public static Task TextAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(text, context.RequestAborted);
    }

    private static async Task WriteAsync(
        HttpContext context, int status, string contentType, Action<Utf8JsonWriter> write)
    {
        // One answer at a time is written on a thread: nothing is awaited while the buffer is in use.
        ArrayBufferWriter<byte> buffer = _buffer ??= new(4096);
        buffer.ResetWrittenCount();
        using (Utf8JsonWriter writer = new(buffer))
        {
            write(writer);
        }

        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        context.Response.ContentLength = buffer.WrittenCount;
        context.Response.BodyWriter.Write(buffer.WrittenSpan);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }
}
