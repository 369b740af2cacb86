using System.Globalization;
using System.Text;

namespace Landfall.Sql.Macros;

/// <summary>Fills a macro's template with its arguments.</summary>
internal static class MacroTemplate
{
    /// <summary>The SQL a macro stands for in one engine.</summary>
    public static string Render(MacroDefinition macro, IReadOnlyList<MacroArgument> arguments, SqlDialect dialect)
    {
        string template = dialect == SqlDialect.Spark ? macro.Spark : macro.DuckDb;
        var result = new StringBuilder();
        int at = 0;
        for (int open = template.IndexOf('{'); open >= 0; open = template.IndexOf('{', at))
        {
            int close = template.IndexOf('}', open);
            result.Append(template, at, open - at).Append(Fill(template[(open + 1)..close], arguments, dialect));
            at = close + 1;
        }

        return result.Append(template, at, template.Length - at).ToString();
    }

    private static string Fill(string placeholder, IReadOnlyList<MacroArgument> arguments, SqlDialect dialect)
    {
        if (placeholder == "fail")
        {
            return dialect == SqlDialect.Spark ? "raise_error" : "error";
        }

        string[] parts = placeholder.Split(':');
        if (parts[0] == "matches")
        {
            return Forms.Matches(parts[1], dialect);
        }

        MacroArgument argument = arguments.First(a => a.Parameter.Name == parts[0]);
        return parts.Length == 1 ? Plain(argument, dialect) : parts[1] switch
        {
            "ten" => "1" + new string('0', Scale(argument)),
            "unit" => SqlText.Unit(Scale(argument)),
            "micros" => Micros(argument.Text, dialect),
            "field" => string.Concat(Names(argument).Select(n => "." + SqlName.Spark(n))),
            "schema" => SqlText.Spark(Schema([.. Names(argument)], parts[2])),
            _ => throw new InvalidOperationException($"The template placeholder {placeholder} has no meaning."),
        };
    }

    private static int Scale(MacroArgument argument) => int.Parse(argument.Value, CultureInfo.InvariantCulture);

    private static string Micros(string operand, SqlDialect dialect) => dialect == SqlDialect.Spark
        ? $"cast({operand} as decimal(38,6))"
        : $"cast(cast({operand} as decimal(38,6)) * 1000000 as hugeint)";

    private static IEnumerable<string> Names(MacroArgument path) => path.Value.Split('.').Skip(1);

    // The schema of JSON text that has a value of a type at a path.
    private static string Schema(ReadOnlySpan<string> names, string type) => names.Length == 1
        ? $"{SqlName.Spark(names[0])} {type}"
        : $"{SqlName.Spark(names[0])} struct<{Schema(names[1..], type)}>";

    private static string Plain(MacroArgument argument, SqlDialect dialect) => (argument.Parameter.Kind, dialect) switch
    {
        (MacroParameterKind.Format, SqlDialect.DuckDb) => SqlText.Literal(DateFormats.All[argument.Value]),
        (MacroParameterKind.Pattern or MacroParameterKind.SomePattern, SqlDialect.Spark) =>
            SqlText.Spark(PortablePattern.ForSpark(argument.Value)),
        _ => argument.Text,
    };
}
