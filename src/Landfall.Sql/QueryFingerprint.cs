using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Landfall.Estate;
using Landfall.Estate.Contracts;
using Landfall.Sql.Macros;
using Landfall.Sql.Text;

namespace Landfall.Sql;

/// <summary>
/// Fingerprint of a product's query and of how it is kept up to date: whether a table was built by what the estate says
/// now. It is of no engine's dialect.
/// </summary>
/// <remarks>
/// <c>2:</c> and 32 hexadecimal digits of a SHA-256 over the tokens of the portable text and the definitions of the
/// macros it calls, and of the functions whose meaning has changed. Comments, white space and the case of keywords,
/// names and macros do not count; texts, numbers and quoted names do. Version 1, 32 digits without prefix, was a hash
/// of the query compiled for DuckDB: a table that recorded one is recognised by <see cref="Legacy"/>, so that nothing
/// is rebuilt for want of the new form.
/// </remarks>
public static class QueryFingerprint
{
    private const string Version = "2:";
    private const int Digits = 32;

    // Functions that have answered otherwise before, by what they mean now: a table that calls one is built anew.
    private static readonly FrozenDictionary<string, string> Redefined = new Dictionary<string, string>
    {
        ["count_if"] = "count_if 2: 0 where there is nothing to count",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The fingerprint of a query.</summary>
    /// <param name="query">The portable text, macros unexpanded.</param>
    /// <param name="column">The incremental column; null for a table that is built whole.</param>
    /// <param name="expressions">The portable expression by incremental input.</param>
    public static string Of(
        string query, string? column, IReadOnlyDictionary<TableName, string> expressions)
    {
        StringBuilder text = new();
        HashSet<string> macros = new(StringComparer.Ordinal);
        Append(text, macros, query);
        if (column is not null)
        {
            text.Append('\u0001').Append(column);
            foreach ((TableName input, string expression) in expressions.OrderBy(e => e.Key))
            {
                text.Append('\u0001').Append(input).Append('\u0000');
                Append(text, macros, expression);
            }
        }

        foreach (string macro in macros.Order(StringComparer.Ordinal))
        {
            // A macro that is not known makes the query an error, which has no fingerprint that matters.
            text.Append('\u0001').Append(
                Redefined.GetValueOrDefault(macro) ?? MacroCatalogue.All.GetValueOrDefault(macro)?.Meaning ?? macro);
        }

        return Version + Hash(text.ToString());
    }

    /// <summary>The fingerprint that version 1 gave the same query.</summary>
    /// <param name="query">The portable text.</param>
    /// <param name="contract">The table it builds.</param>
    /// <param name="column">The incremental column; null for none.</param>
    /// <param name="expressions">The portable expression by incremental input.</param>
    public static string Legacy(
        string query, ContractTable contract, string? column, IReadOnlyDictionary<TableName, string> expressions)
    {
        IEnumerable<string> rule = expressions.OrderBy(e => e.Key)
            .Select(e => $"{e.Key}={SqlCompiler.Expand(e.Value)}");
        string text = column is null ? "" : $"{column}:{string.Join(";", rule)}";

        // Compiled queries ended with another alias then.
        string compiled = SqlCompiler.Compile(query, contract);
        return Hash(compiled[..^SqlCompiler.Alias.Length] + "model\0" + text);
    }

    private static void Append(StringBuilder text, HashSet<string> macros, string sql)
    {
        ImmutableArray<SqlToken> tokens = [.. SqlLexer.Read(sql).Where(t => !t.IsTrivia)];
        if (tokens is [.., { } last] && last.Is(";"))
        {
            tokens = tokens[..^1];
        }

        foreach (SqlToken token in tokens)
        {
            bool folds = token.Kind is SqlTokenKind.Word or SqlTokenKind.Macro;
            string value = folds ? token.Value.ToLowerInvariant() : token.Value;
            if (token.Kind == SqlTokenKind.Macro)
            {
                macros.Add(value[1..]);
            }
            else if (token.Kind == SqlTokenKind.Word && Redefined.ContainsKey(value))
            {
                macros.Add(value);
            }

            // The length keeps tokens apart: no text can pass for two.
            text.Append(value.Length).Append(':').Append(value);
        }
    }

    private static string Hash(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..Digits];
}
