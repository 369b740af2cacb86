namespace Landfall.Sql;

/// <summary>The diagnostic codes of SQL; each has a row in <c>docs/sql.md</c>.</summary>
public static class SqlCodes
{
    /// <summary>The text does not parse.</summary>
    public const string Syntax = "LF2001";

    /// <summary>The text is not exactly one SELECT.</summary>
    public const string NotOneSelect = "LF2002";

    /// <summary>A table is not named <c>zone.unit.table</c>.</summary>
    public const string TableName = "LF2003";

    /// <summary>A file or table function is read as a table.</summary>
    public const string TableFunction = "LF2004";

    /// <summary>No table has this name.</summary>
    public const string UnknownTable = "LF2005";

    /// <summary>No macro has this name.</summary>
    public const string UnknownMacro = "LF2006";

    /// <summary>A macro's arguments are not what it takes.</summary>
    public const string MacroArguments = "LF2007";

    /// <summary>Columns are not listed one by one.</summary>
    public const string Star = "LF2008";

    /// <summary>An output column has no name, or two have the same.</summary>
    public const string OutputName = "LF2009";

    /// <summary>A divisor may be zero.</summary>
    public const string ZeroDivisor = "LF2010";

    /// <summary><c>//</c> is written out.</summary>
    public const string IntegerDivision = "LF2011";

    /// <summary>An order that decides the result does not say where nulls go.</summary>
    public const string NullOrder = "LF2012";

    /// <summary>Rows of different incremental values meet.</summary>
    public const string AcrossIncrement = "LF2013";

    /// <summary><c>count(distinct a, b)</c>.</summary>
    public const string CountDistinctMany = "LF2014";

    /// <summary>QUALIFY.</summary>
    public const string Qualify = "LF2015";

    /// <summary>GROUP BY ALL or ORDER BY ALL.</summary>
    public const string ByAll = "LF2016";

    /// <summary>A clause outside the portable subset.</summary>
    public const string Clause = "LF2017";

    /// <summary>Arrays, structs, maps and lambdas.</summary>
    public const string NestedValue = "LF2018";

    /// <summary>A function that may answer differently each time.</summary>
    public const string NonDeterministic = "LF2019";

    /// <summary>A function that engines understand differently.</summary>
    public const string DifferingFunction = "LF2020";

    /// <summary>A function outside the portable subset.</summary>
    public const string UnknownFunction = "LF2021";

    /// <summary>A position or length that is zero or negative.</summary>
    public const string Position = "LF2022";

    /// <summary>An alias of the select list used in WHERE.</summary>
    public const string AliasInWhere = "LF2023";

    /// <summary>A literal or token outside the portable subset.</summary>
    public const string Token = "LF2024";

    /// <summary>LIMIT without ORDER BY.</summary>
    public const string UnorderedLimit = "LF2025";

    /// <summary>A parameter or positional reference.</summary>
    public const string Parameter = "LF2026";

    /// <summary>A cast to a type that contracts do not have.</summary>
    public const string CastType = "LF2027";

    /// <summary>A division or average that is exact in one engine and not in the other.</summary>
    public const string InexactDivision = "LF2028";

    /// <summary>A cast to an integer that rounds in one engine and cuts off in the other.</summary>
    public const string IntegerCast = "LF2029";

    /// <summary>Interval arithmetic.</summary>
    public const string Interval = "LF2030";

    /// <summary>The engine cannot bind the query to its tables.</summary>
    public const string Binding = "LF2031";

    /// <summary>A column of the contract is missing from the query.</summary>
    public const string MissingColumn = "LF2032";

    /// <summary>A column of the query is not in the contract.</summary>
    public const string ExtraColumn = "LF2033";

    /// <summary>A column's type does not convert to the contract's without loss.</summary>
    public const string LossyType = "LF2034";

    /// <summary>A function that ad-hoc queries may not call.</summary>
    public const string ForbiddenFunction = "LF2035";

    /// <summary>The text is too large or too deeply nested.</summary>
    public const string TooLarge = "LF2036";

    /// <summary>A row has an empty text in the incremental column.</summary>
    public const string EmptyIncrement = "LF2037";

    /// <summary>The engine answers this wrongly.</summary>
    public const string EngineFault = "LF2038";

    /// <summary>Values of kinds that engines do not compare or join alike.</summary>
    public const string MixedKinds = "LF2039";

    /// <summary>A cast, or a text of a value, that engines answer differently.</summary>
    public const string DifferingCast = "LF2040";
}
