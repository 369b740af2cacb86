using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Landfall.Server.Endpoints;
using Landfall.Server.Scoring;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Landfall.Server.Http;

/// <summary>Reads a request's JSON within limits.</summary>
internal static class RequestBody
{
    /// <summary>The body, whole.</summary>
    /// <exception cref="RefusedRequest">
    /// 400: it is not JSON of this shape; 408: it comes too slowly; 413: it is too large; 415: it is something else.
    /// </exception>
    public static async ValueTask<T> ReadAsync<T>(
        HttpContext context, JsonTypeInfo<T> type, EndpointLimits limits, TimeProvider clock)
    {
        RequireJson(context.Request);
        PipeReader reader = context.Request.BodyReader;
        bool some = reader.TryRead(out ReadResult read);
        if (!some || !read.IsCompleted || read.Buffer.Length > limits.BodyBytesMax)
        {
            if (some)
            {
                reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            }

            read = await ReadSlowlyAsync(context, reader, limits, clock);
        }

        try
        {
            return Parse(read.Buffer, type);
        }
        finally
        {
            reader.AdvanceTo(read.Buffer.End);
        }
    }

    private static async Task<ReadResult> ReadSlowlyAsync(
        HttpContext context, PipeReader reader, EndpointLimits limits, TimeProvider clock)
    {
        using CancellationTokenSource deadline = new(limits.Timeout, clock);

        // Not by a token, which would leave a read under way that the server stumbles over when it ends the request.
        using CancellationTokenRegistration wake = deadline.Token.Register(reader.CancelPendingRead);
        bool tooLarge = false;
        while (true)
        {
            ReadResult read = await reader.ReadAsync(CancellationToken.None);
            if (read.IsCanceled)
            {
                reader.AdvanceTo(read.Buffer.End);
                context.Response.Headers.Connection = "close";
                throw new RefusedRequest(
                    408, RefusedRequest.TooSlow,
                    "The request did not arrive in time. Nothing was scored. Send it again.");
            }

            if (tooLarge || read.Buffer.Length > limits.BodyBytesMax)
            {
                // A caller that still sends while the connection closes never sees the answer: what it sends is read
                // and forgotten, as far as the server's own limit.
                tooLarge = true;
                reader.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted)
                {
                    throw TooLarge(limits);
                }

                continue;
            }

            if (read.IsCompleted)
            {
                return read;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static T Parse<T>(in ReadOnlySequence<byte> body, JsonTypeInfo<T> type)
    {
        try
        {
            T? value = body.IsSingleSegment
                ? JsonSerializer.Deserialize(body.FirstSpan, type)
                : JsonSerializer.Deserialize(body.ToArray(), type);
            return value ?? throw RefusedRequest.Form("The body is null. Send a JSON object.");
        }
        catch (JsonException e)
        {
            // The exception's own text may hold values of the request; its place does not.
            throw RefusedRequest.Form(
                "The body is not JSON of the shape that the endpoint's swagger.json describes: line "
                + $"{e.LineNumber + 1}, byte {e.BytePositionInLine + 1}.");
        }
    }

    private static void RequireJson(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type)
            || !type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || (type.Charset.HasValue && !type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)))
        {
            throw new RefusedRequest(
                415, RefusedRequest.Malformed, "The body must be JSON: send Content-Type: application/json, in UTF-8.");
        }

        if (request.Headers.ContentEncoding.Count > 0 && request.Headers.ContentEncoding != "identity")
        {
            throw new RefusedRequest(415, RefusedRequest.Malformed, "The body must not be compressed.");
        }
    }

    private static RefusedRequest TooLarge(EndpointLimits limits) => new(
        413, RefusedRequest.TooMuch,
        $"The body has more than {limits.BodyBytesMax} bytes. Send fewer accounts a request.");
}
