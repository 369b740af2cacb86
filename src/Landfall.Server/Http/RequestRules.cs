using System.Collections.Immutable;
using Landfall.Recommender.Exposures;
using Landfall.Server.Endpoints;
using Landfall.Server.Http.Contracts;
using Landfall.Server.Scoring;

namespace Landfall.Server.Http;

/// <summary>Checks what requests ask for against the limits. Messages name fields and limits, never values.</summary>
internal static class RequestRules
{
    private static readonly string[] Kinds = ["shown", "accepted", "dismissed"];
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    /// <summary>A request for recommendations as it is answered.</summary>
    /// <exception cref="RefusedRequest">400: it asks for nothing, too much, or what contradicts itself.</exception>
    public static ScoreQuery Check(ScoreRequest request)
    {
        int count = request.K ?? EndpointLimits.CountDefault;
        if (count is < 1 or > EndpointLimits.CountMax)
        {
            throw RefusedRequest.Limit($"k is from 1 to {EndpointLimits.CountMax}.");
        }

        string[]? services = Ids(request.Services, "services", EndpointLimits.ServicesMax);
        string[] exclude = Ids(request.Exclude, "exclude", EndpointLimits.ServicesMax) ?? [];
        return new(Subjects(request, services), count, exclude);
    }

    /// <summary>Feedback as it is logged.</summary>
    /// <exception cref="RefusedRequest">400: an event lacks something or is from the future.</exception>
    public static ImmutableArray<FeedbackEvent> Check(FeedbackRequest request, DateTimeOffset now)
    {
        if (request.Events is not { Length: > 0 } events)
        {
            throw RefusedRequest.Form("events is missing or empty.");
        }

        return events.Length > EndpointLimits.FeedbackMax
            ? throw RefusedRequest.Limit($"events has at most {EndpointLimits.FeedbackMax} entries.")
            : [.. events.Select(e => Check(e, now))];
    }

    /// <summary>Checks an id.</summary>
    /// <exception cref="RefusedRequest">400: it is empty, too long or has control characters.</exception>
    public static string Id(string? id, string field)
    {
        if (string.IsNullOrEmpty(id))
        {
            throw RefusedRequest.Form($"{field} has an empty id.");
        }

        if (id.Length > EndpointLimits.IdLengthMax)
        {
            throw RefusedRequest.Limit($"{field} has an id of more than {EndpointLimits.IdLengthMax} characters.");
        }

        foreach (char c in id)
        {
            if (char.IsControl(c))
            {
                throw RefusedRequest.Form($"{field} has an id with control characters.");
            }
        }

        return id;
    }

    private static ImmutableArray<ScoreSubject> Subjects(ScoreRequest request, string[]? services)
    {
        if (request.AccountIds is null)
        {
            return request.AccountId is null && services is null
                ? throw RefusedRequest.Form("Name account_id, account_ids or services.")
                : [new(request.AccountId is null ? null : Id(request.AccountId, "account_id"), services)];
        }

        if (request.AccountId is not null || services is not null)
        {
            throw RefusedRequest.Form("account_ids goes with neither account_id nor services.");
        }

        string[] accounts = Ids(request.AccountIds, "account_ids", EndpointLimits.AccountsMax)!;
        return accounts.Length == 0
            ? throw RefusedRequest.Form("account_ids is empty.")
            : [.. accounts.Select(a => new ScoreSubject(a, null))];
    }

    private static string[]? Ids(string?[]? ids, string field, int most)
    {
        if (ids is null)
        {
            return null;
        }

        if (ids.Length > most)
        {
            throw RefusedRequest.Limit($"{field} has at most {most} entries.");
        }

        foreach (string? id in ids)
        {
            _ = Id(id, field);
        }

        return ids!;
    }

    private static FeedbackEvent Check(FeedbackItem? item, DateTimeOffset now)
    {
        // Generated clients write the names of their enumerations, often with a capital.
        string? kind = Kinds.FirstOrDefault(k => k.Equals(item?.Kind, StringComparison.OrdinalIgnoreCase));
        if (item is null || kind is null)
        {
            throw RefusedRequest.Form("The kind of an event is shown, accepted or dismissed.");
        }

        if (item.RecommendationId is not { Length: 32 } id || !id.All(char.IsAsciiHexDigitLower))
        {
            throw RefusedRequest.Form(
                "The recommendation_id of an event is not one that this endpoint gives: 32 hexadecimal digits.");
        }

        DateTimeOffset at = item.At ?? now;
        return at > now + ClockSkew || at.Year < 2000
            ? throw RefusedRequest.Form("The at of an event is in the future, or before the year 2000.")
            : new(id, Id(item.ServiceId, "service_id"), kind, at.ToUniversalTime());
    }
}
