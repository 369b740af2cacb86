using System.Diagnostics;
using System.Reflection;
using Landfall.Server.Endpoints;
using Landfall.Server.Scoring;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Landfall.Server.Http;

/// <summary>Around every request: its ids, and an answer whatever happens.</summary>
/// <param name="logger">Where what nobody expected is said.</param>
internal sealed partial class RequestFrame(ILogger<RequestFrame> logger)
{
    private const string RequestId = "x-request-id";
    private const string ClientRequestId = "x-ms-client-request-id";

    /// <summary>The server's version.</summary>
    public static string Version { get; } = typeof(RequestFrame).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    private static readonly string Server = "landfall/" + Version;

    /// <summary>Handles a request.</summary>
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            Identify(context);
            await next(context);
            await NameMissingAsync(context);
        }
        catch (RefusedRequest refused)
        {
            await Answers.ProblemAsync(context, refused.Status, refused.Code, refused.Message);
        }
        catch (BadHttpRequestException bad)
        {
            string code = bad.StatusCode switch
            {
                408 => RefusedRequest.TooSlow,
                413 => RefusedRequest.TooMuch,
                _ => RefusedRequest.Malformed,
            };
            await Answers.ProblemAsync(context, bad.StatusCode, code, "The request is not one that HTTP allows here.");
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller went away: nobody is left to answer.
        }
#pragma warning disable CA1031 // The last resort of a request; the exception's message could hold what it said.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Unexpected(logger, e.GetType().Name, new StackTrace(e).ToString());
            await Answers.ProblemAsync(
                context, 500, "LF4430", "The endpoint met a situation it has no name for. Please report it.");
        }
    }

    private static void Identify(HttpContext context)
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers["x-ms-server-version"] = Server;
        headers[RequestId] = Given(context, RequestId) ?? Guid.CreateVersion7().ToString();
        if (Given(context, ClientRequestId) is { } given)
        {
            headers[ClientRequestId] = given;
        }
    }

    private static string? Given(HttpContext context, string header)
    {
        if (!context.Request.Headers.TryGetValue(header, out var values))
        {
            return null;
        }

        return values is [{ Length: > 0 and <= EndpointLimits.RequestIdLengthMax } id]
            && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ':')
            ? id
            : throw RefusedRequest.Form(
                $"{header} has 1 to {EndpointLimits.RequestIdLengthMax} letters, digits and '-_.:'.");
    }

    private static Task NameMissingAsync(HttpContext context) => context.Response switch
    {
        { HasStarted: false, StatusCode: 404 } => Answers.ProblemAsync(
            context, 404, RefusedRequest.NotThere, "There is nothing at this address."),
        { HasStarted: false, StatusCode: 405 } => Answers.ProblemAsync(
            context, 405, RefusedRequest.NotThere, "This address has other methods; the header Allow names them."),
        { HasStarted: false, StatusCode: 415 } => Answers.ProblemAsync(
            context, 415, RefusedRequest.Malformed, "The body must be JSON: send Content-Type: application/json."),
        _ => Task.CompletedTask,
    };

    [LoggerMessage(3, LogLevel.Error, "A request met {Exception}: {Stack}")]
    private static partial void Unexpected(ILogger log, string exception, string stack);
}
