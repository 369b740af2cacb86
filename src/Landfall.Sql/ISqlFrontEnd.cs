using System.Collections.Immutable;
using Landfall.Estate;
using Landfall.Estate.Contracts;

namespace Landfall.Sql;

/// <summary>
/// The parser and the binder of an engine, which reach nothing outside memory. Safe for use by several threads.
/// </summary>
public interface ISqlFrontEnd : IDisposable
{
    /// <summary>
    /// The syntax tree of a text, macros expanded, as JSON: what DuckDB's <c>json_serialize_sql</c> writes, errors
    /// included.
    /// </summary>
    string SyntaxTree(string sql);

    /// <summary>Binds a query to empty tables.</summary>
    /// <param name="tables">The tables that it reads.</param>
    /// <param name="query">The query, macros expanded, without a final semicolon.</param>
    BoundQuery Bind(ImmutableArray<(TableName Name, ContractTable Table)> tables, string query);

    /// <summary>Why a quality rule with a query or a pattern cannot be measured; null where it can.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="table">The table that it is about.</param>
    /// <param name="inputs">The tables that its query may name besides.</param>
    string? ProblemOf(
        QualityRule rule, ContractTable table, ImmutableArray<(TableName Name, ContractTable Table)> inputs);
}
