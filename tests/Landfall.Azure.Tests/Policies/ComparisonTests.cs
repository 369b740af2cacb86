using Landfall.Azure.Policies.Language;

namespace Landfall.Azure.Tests.Policies;

/// <summary>What operators of conditions say of every kind of value, and how truths are put together.</summary>
public sealed class ComparisonTests
{
    private const Truth No = Truth.False;
    private const Truth May = Truth.Unknown;
    private const Truth Yes = Truth.True;

    /// <summary>Operators with values and targets as JSON, where the negative operator says the opposite.</summary>
    public static TheoryData<string, string, string, Truth> Pairs { get; } = new()
    {
        { "equals", "\"Abc\"", "\"aBC\"", Yes },
        { "equals", "\"a\"", "\"b\"", No },
        { "equals", "\"\"", "\"\"", Yes },
        { "equals", "\"1\"", "1", Yes },
        { "equals", "1.0", "\"1\"", Yes },
        { "equals", "1", "2", No },
        { "equals", "true", "\"True\"", Yes },
        { "equals", "\"false\"", "false", Yes },
        { "equals", "true", "1", No },
        { "equals", "null", "\"\"", No },
        { "equals", "null", "\"a\"", No },
        { "equals", "null", "null", Yes },
        { "equals", "[1, \"a\"]", "[1, \"A\"]", Yes },
        { "equals", "[1]", "[1, 2]", No },
        { "equals", "[1]", "1", No },
        { "equals", "[\"a\"]", "\"a\"", No },
        { "equals", "{\"a\": 1}", "{\"A\": \"1\"}", Yes },
        { "equals", "{\"a\": 1}", "{\"a\": 1, \"b\": 2}", No },
        { "equals", "{\"a\": 1}", "{\"b\": 1}", No },
        { "equals", "?", "\"a\"", May },
        { "equals", "\"a\"", "?", May },
        { "equals", "[\"[x()]\", 1]", "[\"a\", 1]", May },
        { "equals", "[\"[x()]\", 1]", "[\"a\", 2]", No },
        { "equals", "{\"a\": \"[x()]\"}", "{\"a\": 1}", May },

        { "in", "\"b\"", "[\"A\", \"B\"]", Yes },
        { "in", "\"c\"", "[\"A\", \"B\"]", No },
        { "in", "\"c\"", "[]", No },
        { "in", "1", "[\"1\"]", Yes },
        { "in", "true", "[\"true\"]", Yes },
        { "in", "null", "[\"\"]", No },
        { "in", "[1]", "[[1]]", Yes },
        { "in", "{\"a\": 1}", "[{\"a\": 1}]", Yes },
        { "in", "?", "[\"a\"]", May },
        { "in", "?", "[]", No },
        { "in", "\"a\"", "?", May },
        { "in", "\"a\"", "[\"[x()]\", \"a\"]", Yes },
        { "in", "\"b\"", "[\"[x()]\", \"a\"]", May },

        { "like", "\"Network\"", "\"net*\"", Yes },
        { "like", "\"network\"", "\"*WORK\"", Yes },
        { "like", "\"network\"", "\"n*k\"", Yes },
        { "like", "\"network\"", "\"network\"", Yes },
        { "like", "\"network\"", "\"*\"", Yes },
        { "like", "\"\"", "\"*\"", Yes },
        { "like", "\"ab\"", "\"abb*b\"", No },
        { "like", "\"aba\"", "\"ab*ba\"", No },
        { "like", "\"abcde\"", "\"a*c*e\"", Yes },
        { "like", "\"abcde\"", "\"a*e*c\"", No },
        { "like", "\"a\"", "\"?\"", No },
        { "like", "12", "\"1*\"", Yes },
        { "like", "true", "\"t*\"", Yes },
        { "like", "null", "\"*\"", No },
        { "like", "[\"a\"]", "\"*\"", No },
        { "like", "{}", "\"*\"", No },
        { "like", "?", "\"*\"", May },
        { "like", "\"a\"", "?", May },

        { "match", "\"ab-01\"", "\"??-##\"", Yes },
        { "match", "\"ab-01\"", "\"AB-##\"", No },
        { "match", "\"ab-0x\"", "\"??-##\"", No },
        { "match", "\"a1\"", "\"..\"", Yes },
        { "match", "\"a1\"", "\".\"", No },
        { "match", "\"a\"", "\"\"", No },
        { "match", "\"1\"", "\"?\"", No },
        { "match", "\"ä\"", "\"?\"", No },
        { "match", "12", "\"##\"", Yes },
        { "match", "null", "\"\"", No },
        { "match", "[]", "\"\"", No },
        { "match", "{}", "\"\"", No },
        { "match", "?", "\"#\"", May },

        { "matchInsensitively", "\"ab-01\"", "\"AB-##\"", Yes },
        { "matchInsensitively", "\"ab-0x\"", "\"AB-##\"", No },
        { "matchInsensitively", "true", "\"TRUE\"", Yes },
        { "matchInsensitively", "null", "\"#\"", No },
        { "matchInsensitively", "[]", "\"#\"", No },
        { "matchInsensitively", "?", "\"#\"", May },

        { "contains", "\"Network\"", "\"WORK\"", Yes },
        { "contains", "\"network\"", "\"\"", Yes },
        { "contains", "\"network\"", "\"x\"", No },
        { "contains", "123", "2", Yes },
        { "contains", "[\"A\", 1]", "\"a\"", Yes },
        { "contains", "[\"ab\"]", "\"a\"", No },
        { "contains", "[]", "\"\"", No },
        { "contains", "{\"A\": 1}", "\"a\"", Yes },
        { "contains", "null", "\"a\"", No },
        { "contains", "?", "\"a\"", May },
        { "contains", "[\"[x()]\"]", "\"a\"", May },
        { "contains", "[\"[x()]\", \"a\"]", "\"a\"", Yes },

        { "containsKey", "{\"Env\": null}", "\"env\"", Yes },
        { "containsKey", "{\"Env\": \"[x()]\"}", "\"env\"", Yes },
        { "containsKey", "{\"Env\": \"a\"}", "\"a\"", No },
        { "containsKey", "{}", "\"a\"", No },
        { "containsKey", "null", "\"a\"", No },
        { "containsKey", "\"a\"", "\"a\"", No },
        { "containsKey", "[\"a\"]", "\"a\"", No },
        { "containsKey", "?", "\"a\"", May },
    };

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Of_AnOperatorAndItsNegative_SaysOpposites(string how, string value, string target, Truth truth)
    {
        Assert.Equal(truth, Of(how, value, target));
        Assert.Equal(
            truth == May ? May : truth == Yes ? No : Yes,
            Of($"not{char.ToUpperInvariant(how[0])}{how[1..]}", value, target));
    }

    [Theory]
    [InlineData("\"a\"", Yes)]
    [InlineData("\"\"", Yes)]
    [InlineData("0", Yes)]
    [InlineData("false", Yes)]
    [InlineData("[]", Yes)]
    [InlineData("{}", Yes)]
    [InlineData("null", No)]
    [InlineData("?", May)]
    public void Of_Exists_SaysWhetherItIsThere(string value, Truth truth)
    {
        Truth opposite = truth == May ? May : truth == Yes ? No : Yes;
        Assert.Equal(truth, Of("exists", value, "true"));
        Assert.Equal(truth, Of("exists", value, "\"True\""));
        Assert.Equal(opposite, Of("exists", value, "false"));
        Assert.Equal(opposite, Of("exists", value, "\"false\""));
        Assert.Equal(May, Of("exists", value, "?"));
    }

    [Theory]
    [InlineData("1", "2", -1)]
    [InlineData("2", "2.0", 0)]
    [InlineData("10", "9", 1)]
    [InlineData("\"10\"", "9", 1)]
    [InlineData("10", "\"9\"", 1)]
    [InlineData("\"10\"", "\"9\"", -1)]
    [InlineData("\"a\"", "\"B\"", -1)]
    [InlineData("\"A\"", "\"a\"", 0)]
    [InlineData("\"2026-01-02\"", "\"2026-01-02T00:00:00Z\"", 0)]
    [InlineData("\"2026-01-02T01:00:00+02:00\"", "\"2026-01-02\"", -1)]
    [InlineData("\"2026-01-02T00:00:00.5Z\"", "\"2026-01-02T00:00:00Z\"", 1)]
    public void Of_OrderOfTwo_IsThatOfNumbersDatesOrTexts(string value, string target, int order)
    {
        Assert.Equal(order < 0 ? Yes : No, Of("less", value, target));
        Assert.Equal(order <= 0 ? Yes : No, Of("lessOrEquals", value, target));
        Assert.Equal(order > 0 ? Yes : No, Of("greater", value, target));
        Assert.Equal(order >= 0 ? Yes : No, Of("greaterOrEquals", value, target));
    }

    [Theory]
    [InlineData("null", "1", No)]
    [InlineData("?", "1", May)]
    [InlineData("1", "?", May)]
    [InlineData("\"a\"", "1", May)]
    [InlineData("true", "1", May)]
    [InlineData("true", "false", May)]
    [InlineData("[1]", "1", May)]
    [InlineData("{}", "\"a\"", May)]
    public void Of_OrderOfWhatHasNone_IsNeverTrue(string value, string target, Truth truth) => Assert.All(
        ["less", "lessOrEquals", "greater", "greaterOrEquals"], how => Assert.Equal(truth, Of(how, value, target)));

    [Fact]
    public void Operators_All_AreTested()
    {
        string[] ordered = ["exists", "less", "lessOrEquals", "greater", "greaterOrEquals"];
        string[] tested =
        [
            .. ordered,
            .. Pairs.Select(p => p.Data.Item1).Distinct()
                .SelectMany(n => new[] { n, $"not{char.ToUpperInvariant(n[0])}{n[1..]}" }),
        ];

        Assert.Equal(19, tested.Length);
        Assert.Equal(OperatorNames.All.Order(), tested.Order());
    }

    [Theory]
    [InlineData("EQUALS", true)]
    [InlineData("notmatchinsensitively", true)]
    [InlineData("equal", false)]
    [InlineData("0", false)]
    public void TryFind_Word_IsFoundWhateverItsCase(string word, bool isFound) =>
        Assert.Equal(isFound, OperatorNames.TryFind(word, out _));

    [Theory]
    [InlineData(No, Yes)]
    [InlineData(May, May)]
    [InlineData(Yes, No)]
    public void Not_Truth_IsItsOpposite(Truth truth, Truth opposite) => Assert.Equal(opposite, truth.Not());

    [Theory]
    [InlineData(No, No, No, No)]
    [InlineData(No, May, No, May)]
    [InlineData(No, Yes, No, Yes)]
    [InlineData(May, May, May, May)]
    [InlineData(May, Yes, May, Yes)]
    [InlineData(Yes, Yes, Yes, Yes)]
    public void AllAndAny_OfTwo_AreKleenes(Truth a, Truth b, Truth all, Truth any)
    {
        Assert.Equal((all, any), (TruthTable.All([a, b]), TruthTable.Any([a, b])));
        Assert.Equal((all, any), (TruthTable.All([b, a]), TruthTable.Any([b, a])));
    }

    [Fact]
    public void AllAndAny_OfNone_AreTrueAndFalse() =>
        Assert.Equal((Yes, No), (TruthTable.All([]), TruthTable.Any([])));

    private static Truth Of(string how, string value, string target)
    {
        Assert.True(OperatorNames.TryFind(how, out ConditionOperator found), how);
        return Comparison.Of(found, TestFacts.Value(value), TestFacts.Value(target));
    }
}
