using System.Collections.Immutable;
using System.Text.Json;
using Landfall.Server.Endpoints;
using Landfall.Server.Http.Contracts;
using Landfall.Server.Scoring;

namespace Landfall.Server.Http.Inference;

/// <summary>
/// Reads the tensors of an inference request: <c>account_id</c> of shape [n], or <c>services</c> of shape [n, m] or
/// [m] padded with empty texts, or both; <c>exclude</c> of any shape; parameter <c>k</c>.
/// </summary>
internal static class Tensors
{
    /// <summary>The names of the tensors that are returned, in order.</summary>
    public static readonly ImmutableArray<string> OutputNames =
        ["recommendation_id", "arm", "fallback", "count", "service_id", "score", "probability", "reason"];

    private const string Accounts = "account_id";
    private const string Services = "services";
    private const string Exclude = "exclude";
    private const string Count = "k";

    /// <summary>The request as it is answered.</summary>
    /// <exception cref="RefusedRequest">400: tensors are missing, unknown, of other shapes or too large.</exception>
    public static ScoreQuery Read(InferRequest request)
    {
        int count = CountOf(request.Parameters);
        Dictionary<string, InferInput> inputs = Named(request.Inputs);
        string[] exclude = inputs.TryGetValue(Exclude, out InferInput? excluded)
            ? [.. Elements(excluded, EndpointLimits.ServicesMax).Where(t => t.Length > 0)]
            : [];
        string[]? accounts = inputs.TryGetValue(Accounts, out InferInput? named)
            ? Elements(named, EndpointLimits.AccountsMax)
            : null;
        string[][]? baskets = inputs.TryGetValue(Services, out InferInput? used) ? Rows(used) : null;
        if (accounts is not null && baskets is not null && accounts.Length != baskets.Length)
        {
            throw RefusedRequest.Form("account_id and services have different numbers of rows.");
        }

        int rows = accounts?.Length ?? baskets?.Length
            ?? throw RefusedRequest.Form("Send the tensor account_id or the tensor services.");
        return rows == 0
            ? throw RefusedRequest.Form("The tensors have no rows.")
            : new(
                [
                    .. Enumerable.Range(0, rows).Select(i => new ScoreSubject(
                        accounts is null ? null : RequestRules.Id(accounts[i], Accounts), baskets?[i])),
                ],
                count, exclude);
    }

    /// <summary>The names of the tensors to return.</summary>
    /// <exception cref="RefusedRequest">400: there is no such tensor.</exception>
    public static IReadOnlyCollection<string> Wanted(InferRequest request)
    {
        if (request.Outputs is not { Length: > 0 } outputs)
        {
            return OutputNames;
        }

        return outputs.All(o => o?.Name is { } name && OutputNames.Contains(name))
            ? [.. OutputNames.Where(n => outputs.Any(o => o!.Name == n))]
            : throw RefusedRequest.Form($"outputs names a tensor that is none of {string.Join(", ", OutputNames)}.");
    }

    private static int CountOf(Dictionary<string, JsonElement>? parameters)
    {
        if (parameters is null || parameters.Count == 0)
        {
            return EndpointLimits.CountDefault;
        }

        return parameters.Count == 1 && parameters.TryGetValue(Count, out JsonElement k)
            && k.ValueKind == JsonValueKind.Number && k.TryGetInt32(out int count)
            && count is >= 1 and <= EndpointLimits.CountMax
            ? count
            : throw RefusedRequest.Limit(
                $"The only parameter is k, a whole number from 1 to {EndpointLimits.CountMax}.");
    }

    private static Dictionary<string, InferInput> Named(InferInput?[]? inputs)
    {
        Dictionary<string, InferInput> named = new(StringComparer.Ordinal);
        foreach (InferInput? input in inputs ?? [])
        {
            if (input is not { Name: Accounts or Services or Exclude, Datatype: "BYTES", Shape: not null }
                || !named.TryAdd(input.Name, input))
            {
                throw RefusedRequest.Form(
                    "inputs has the tensors account_id, services and exclude, each at most once, of datatype BYTES, "
                    + "with shape and data.");
            }
        }

        return named;
    }

    private static string[][] Rows(InferInput input)
    {
        (int rows, int columns) = input.Shape switch
        {
            [int m] => (1, m),
            [int n, int m] => (n, m),
            _ => throw RefusedRequest.Form("services has the shape [n, m] or [m]."),
        };
        if (rows is < 0 or > EndpointLimits.AccountsMax || columns is < 0 or > EndpointLimits.ServicesMax)
        {
            throw RefusedRequest.Limit(
                $"services has at most {EndpointLimits.AccountsMax} rows of {EndpointLimits.ServicesMax} columns.");
        }

        string[] flat = Elements(input, rows * columns);
        return
        [
            .. Enumerable.Range(0, rows).Select(r =>
                flat.AsSpan(r * columns, columns).ToArray().Where(t => t.Length > 0).ToArray()),
        ];
    }

    private static string[] Elements(InferInput input, int most)
    {
        List<string> elements = [];
        Gather(input.Data, input.Name!, most, elements);
        long expected = 1;
        foreach (int dimension in input.Shape!)
        {
            // Shapes are few numbers, but their product may still be beyond every integer.
            expected = dimension < 0 || expected > most ? -1 : expected * dimension;
        }

        return elements.Count == expected
            ? [.. elements]
            : throw RefusedRequest.Form($"{input.Name} does not have as many elements as its shape says.");
    }

    private static void Gather(JsonElement data, string name, int most, List<string> elements)
    {
        switch (data.ValueKind)
        {
            case JsonValueKind.Array:
                foreach (JsonElement element in data.EnumerateArray())
                {
                    Gather(element, name, most, elements);
                }

                break;
            case JsonValueKind.String when elements.Count < most:
                string text = TextOf(data, name);
                elements.Add(text.Length == 0 ? text : RequestRules.Id(text, name));
                break;
            case JsonValueKind.String:
                throw RefusedRequest.Limit($"{name} has more elements than it may have, or than its shape says.");
            default:
                throw RefusedRequest.Form($"The data of {name} are texts.");
        }
    }

    /// <summary>A text may spell half a character, which is only found when it is decoded.</summary>
    private static string TextOf(JsonElement data, string name)
    {
        try
        {
            return data.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw RefusedRequest.Form($"{name} has a text that is no Unicode.");
        }
    }
}
