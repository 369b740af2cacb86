namespace Landfall.Serving.Tests.PowerBi;

/// <summary>Names that end a quotation, or say more, wherever they are written as they are.</summary>
internal static class HostileNames
{
    /// <summary>Names of one line.</summary>
    public static TheoryData<string> All =>
    [
        "plain",
        "two words",
        "O'Brien's",
        "say \"hello\"",
        "a]b]]c[d",
        "'quoted'",
        "'",
        "''",
        "\"",
        "]",
        "{a}}b{",
        "back\\slash\\",
        "../../etc/passwd",
        "..",
        "C:\\x",
        "café – Größe – 東京",
        "📊 report 🇩🇪",
        "= 1 + 1",
        "a = b",
        "a: b",
        "// comment",
        "/* comment */",
        "-- comment",
        "/// description",
        "x' = SUM(y[z])",
        "x] + [y",
        "#(lf)",
        "#(cr,lf)table",
        "\"]}[Data], Evil = File.Contents(\"x",
        "'; drop table x; --",
        "$(reboot)",
        "`reboot`",
        "a;PWD=b",
        "a&sslmode=disable",
        "a#b?c%20d",
        "table",
        "measure",
        "1st",
        "%s%n",
    ];

    /// <summary>Names with characters that end a line or move the cursor.</summary>
    public static TheoryData<string> Broken =>
    [
        "two\nlines",
        "two\r\nlines",
        "a\n\tmeasure Evil = 1",
        "a\n\nref table evil",
        "tab\there",
        "nul\0",
        "\u001b[31mred",
        "next\u0085line",
        "line\u2028separator",
        "paragraph\u2029separator",
        "lone \ud83d surrogate",
    ];
}
