using Landfall.Azure.Policies.Language;

namespace Landfall.Azure.Tests.Policies;

/// <summary>
/// Expressions as the compiler of Bicep 0.49.2 evaluates them in a template; of functions that only policies have, as
/// Azure documents them.
/// </summary>
public sealed class ExpressionTests
{
    /// <summary>Expressions without brackets, with their results as JSON.</summary>
    public static TheoryData<string, string> Results { get; } = new()
    {
        { "parameters('p')", "\"value\"" },
        { "parameters('missing')", "nothing" },
        { "field('name')", "\"n\"" },
        { "field('missing')", "\"\"" },
        { "field(concat('na', 'me'))", "\"n\"" },
        { "current()", "\"c\"" },
        { "current('item')", "\"c\"" },
        { "current(concat('it', 'em'))", "\"c\"" },
        { "utcNow()", "\"2026-03-04T05:06:07.0000000Z\"" },
        { "utcNow('yyyy')", "\"2026\"" },
        { "subscription().function", "\"subscription\"" },
        { "resourceGroup().tags['a.b']", "\"c\"" },
        { "resourceGroup().tags.missing", "nothing" },
        { "resourceGroup().missing.more", "nothing" },
        { "requestContext().function", "\"requestContext\"" },
        { "policy().function", "\"policy\"" },
        { "claims().function", "\"claims\"" },

        { "if(true(), 1, div(1, 0))", "1" },
        { "if(false(), div(1, 0), 2)", "2" },
        { "if(true(), 1, parameters('u'))", "1" },
        { "and(true(), true(), true())", "true" },
        { "and(false(), div(1, 0))", "false" },
        { "and(parameters('u'), false())", "false" },
        { "or(false(), false())", "false" },
        { "or(true(), div(1, 0))", "true" },
        { "or(parameters('u'), true())", "true" },
        { "not(true())", "false" },
        { "true()", "true" },
        { "false()", "false" },
        { "null()", "nothing" },
        { "bool('TRUE')", "true" },
        { "bool(0)", "false" },
        { "bool(1)", "true" },
        { "bool(true())", "true" },
        { "coalesce(null(), 'a', div(1, 0))", "\"a\"" },
        { "coalesce(null())", "nothing" },
        { "equals('a', 'A')", "false" },
        { "equals('1', 1)", "false" },
        { "equals(true(), 'true')", "false" },
        { "equals(null(), null())", "true" },
        { "equals(null(), '')", "false" },
        { "equals(createArray('a'), createArray('A'))", "false" },
        { "equals(createObject('a', 1), createObject('A', 1))", "false" },
        { "equals(createObject('a', 1), createObject('a', 1))", "true" },
        { "equals(parameters('list'), createArray(1, 'b'))", "false" },
        { "equals(float('1.5'), float('1.50'))", "true" },
        { "less(1, 2)", "true" },
        { "less('10', '9')", "true" },
        { "less('a', 'B')", "true" },
        { "less('a', 'A')", "true" },
        { "lessOrEquals('a', 'A')", "true" },
        { "lessOrEquals(2, 2)", "true" },
        { "greater('2020-01-01', '2019-12-31')", "true" },
        { "greater('a', 'B')", "false" },
        { "greaterOrEquals(2, 2)", "true" },

        { "array('a')", "[\"a\"]" },
        { "array(createArray(1))", "[1]" },
        { "array(createObject('a', 1))", "[{\"a\":1}]" },
        { "createArray()", "[]" },
        { "createArray(1, 'a', null())", "[1,\"a\",null]" },
        { "createObject()", "{}" },
        { "createObject('a', 1, 'b', createArray())", "{\"a\":1,\"b\":[]}" },
        { "concat('a', 1, true())", "\"a1True\"" },
        { "concat(createArray(1), createArray(), createArray(2))", "[1,2]" },
        { "contains('ABC', 'a')", "false" },
        { "contains('abc', '')", "true" },
        { "contains(createArray('A'), 'a')", "false" },
        { "contains(createArray(1), '1')", "false" },
        { "contains(createArray(null()), null())", "true" },
        { "contains(createObject('A', 1), 'a')", "true" },
        { "contains(parameters('list'), 'a')", "true" },
        { "empty('')", "true" },
        { "empty(null())", "true" },
        { "empty(createArray())", "true" },
        { "empty(createObject())", "true" },
        { "empty('a')", "false" },
        { "length('abc')", "3" },
        { "length(createObject('a', 1))", "1" },
        { "length(field('missing'))", "0" },
        { "length(parameters('list'))", "2" },
        { "first('abc')", "\"a\"" },
        { "first('')", "\"\"" },
        { "first(createArray())", "nothing" },
        { "last('abc')", "\"c\"" },
        { "last(createArray(1, 2))", "2" },
        { "indexOf('ABC', 'c')", "2" },
        { "indexOf('abc', '')", "0" },
        { "indexOf('abc', 'x')", "-1" },
        { "indexOf(createArray('A'), 'a')", "-1" },
        { "lastIndexOf('abcABC', 'b')", "4" },
        { "lastIndexOf(createArray('a', 'b', 'A'), 'a')", "0" },
        { "intersection(createArray('A', 'b', 'b'), createArray('a', 'b'))", "[\"b\"]" },
        { "intersection(createObject('a', 'X', 'b', 1), createObject('a', 'x', 'b', 1))", "{\"b\":1}" },
        { "intersection(createObject('a', 1), createObject('A', 1))", "{}" },
        { "flatten(createArray(createArray(1), createArray(2, createArray(3))))", "[1,2,[3]]" },
        { "union(createArray('A', 'a', 'b'), createArray('b'))", "[\"A\",\"a\",\"b\"]" },
        { "union(createArray(1, '1'), createArray(1))", "[1,\"1\"]" },
        {
            "union(createObject('a', createObject('x', 1)), createObject('a', createObject('y', 2)))",
            "{\"a\":{\"x\":1,\"y\":2}}"
        },
        {
            "shallowMerge(createArray(json('{\"a\": {\"x\": 1}}'), json('{\"a\": {\"y\": 2}, \"b\": 3}')))",
            "{\"a\":{\"y\":2},\"b\":3}"
        },
        { "skip('abc', 1)", "\"bc\"" },
        { "skip('abc', 9)", "\"\"" },
        { "skip('abc', -1)", "\"abc\"" },
        { "skip(createArray(1, 2), 1)", "[2]" },
        { "take('abc', 2)", "\"ab\"" },
        { "take(createArray(1, 2), -1)", "[]" },
        { "range(1, 3)", "[1,2,3]" },
        { "range(-1, 2)", "[-1,0]" },
        { "range(1, 0)", "[]" },
        {
            "items(createObject('b', 1, 'a', 2, 'C', 3))",
            "[{\"key\":\"a\",\"value\":2},{\"key\":\"b\",\"value\":1},{\"key\":\"C\",\"value\":3}]"
        },
        { "objectKeys(createObject('b', 1, 'a', 2, 'C', 3))", "[\"a\",\"b\",\"C\"]" },
        { "tryGet(createObject('a', 1), 'A')", "1" },
        { "tryGet(createObject('a', 1), 'b')", "nothing" },
        { "tryGet(createArray(1), 0)", "1" },
        { "tryGet(createArray(1), 5)", "nothing" },
        { "tryGet(null(), 'a')", "nothing" },
        { "tryGet(createObject('a', createObject('b', 1)), 'a', 'b')", "1" },
        { "json('{\"a\": [1.5, null, true]}')", "{\"a\":[1.5,null,true]}" },
        { "json('null')", "nothing" },
        { "json('\"[x]\"')", "\"[x]\"" },

        { "toLower('ÄB')", "\"äb\"" },
        { "toUpper('äß')", "\"Äß\"" },
        { "trim('  a ')", "\"a\"" },
        { "base64('a')", "\"YQ==\"" },
        { "base64ToString('YQ==')", "\"a\"" },
        { "base64ToJson('eyJhIjoxfQ==').a", "1" },
        { "dataUri('a')", "\"data:text/plain;charset=utf-8;base64,YQ==\"" },
        { "dataUriToString('data:text/plain;charset=utf8;base64,YQ==')", "\"a\"" },
        { "dataUriToString('data:,a%20b')", "\"a b\"" },
        { "uriComponent('a b/ä!')", "\"a%20b%2F%C3%A4%21\"" },
        { "uriComponentToString('a%20b')", "\"a b\"" },
        { "string(true())", "\"True\"" },
        { "string(1)", "\"1\"" },
        { "string(createArray(1, 'a'))", "\"[1,\\\"a\\\"]\"" },
        { "endsWith('abc', 'C')", "true" },
        { "endsWith('', '')", "true" },
        { "startsWith('abc', 'A')", "true" },
        { "startsWith('abc', 'b')", "false" },
        { "format('{0}-{1}', true(), 1)", "\"True-1\"" },
        { "format('{0:N2} {1,5}|', 3, 'a')", "\"3.00     a|\"" },
        { "format('{0}{1}', createArray(1), null())", "\"[1]\"" },
        { "join(createArray('a', 1, true()), ',')", "\"a,1,True\"" },
        { "join(createArray(), ',')", "\"\"" },
        { "padLeft('5', 3, '0')", "\"005\"" },
        { "padLeft(5, 3)", "\"  5\"" },
        { "padLeft('abcd', 3)", "\"abcd\"" },
        { "replace('aXa', 'x', 'b')", "\"aXa\"" },
        { "replace('aXa', 'X', '')", "\"aa\"" },
        { "split('a,b;c', createArray(',', ';'))", "[\"a\",\"b\",\"c\"]" },
        { "split('', 'x')", "[\"\"]" },
        { "split('a b', '')", "[\"a b\"]" },
        { "substring('abc', 1)", "\"bc\"" },
        { "substring('abc', 3)", "\"\"" },
        { "substring('abc', 1, 1)", "\"b\"" },
        { "uri('http://x/a/b', 'c')", "\"http://x/a/c\"" },
        { "uri('http://x/a/b/', '/c')", "\"http://x/c\"" },
        { "uri('http://x', 'c')", "\"http://x/c\"" },
        { "guid('a', 'b')", "\"2d796349-8c7e-55ec-9624-54ece82ed031\"" },
        { "guid('a')", "\"3703365d-5a9f-59b4-bca7-b9681389e4c1\"" },
        { "guid('')", "\"e655a85f-3ab2-5e4a-9666-569aa72a5a10\"" },
        // Of none of eight bytes, fewer, more, and of characters of several bytes: what the compiler gives.
        { "uniqueString('')", "\"aaaaaaaaaaaaa\"" },
        { "uniqueString('a')", "\"eveiun73364hy\"" },
        { "uniqueString('a', 'b')", "\"i3z4v3sp6aooa\"" },
        { "uniqueString('abcdefgh')", "\"q7ncvd5x2rx4e\"" },
        { "uniqueString('abcdefghijklm')", "\"drrqz7xt5wi54\"" },
        { "uniqueString('/subscriptions/1/resourceGroups/rg')", "\"uzxjot6n4pfcm\"" },
        { "uniqueString('é𝄞', 'b')", "\"y4tb6cjgqcv6a\"" },
        { "addDays('2026-12-31T00:00:00Z', 1)", "\"2027-01-01T00:00:00.0000000Z\"" },
        { "addDays('2026-03-01', -1)", "\"2026-02-28T00:00:00.0000000Z\"" },

        { "add(1, 2)", "3" },
        { "sub(1, 2)", "-1" },
        { "mul(2147483647, 2147483647)", "4611686014132420609" },
        { "div(7, 2)", "3" },
        { "div(-7, 2)", "-3" },
        { "mod(-7, 3)", "-1" },
        { "int('7')", "7" },
        { "int(7)", "7" },
        { "float('1.5')", "1.5" },
        { "float(1)", "1" },
        { "max(1, 3, 2)", "3" },
        { "max(1, float('2.5'))", "2.5" },
        { "min(createArray(1, 3, 2))", "1" },

        { "ipRangeContains('10.0.0.0/8', '10.1.0.0/16')", "true" },
        { "ipRangeContains('10.0.0.0/8', '10.0.0.1-11.0.0.1')", "false" },
        { "ipRangeContains('10.0.0.1', '10.0.0.1')", "true" },
        { "ipRangeContains('2001:db8::/32', '2001:db8::1')", "true" },
        { "parseCidr('10.0.0.0/24')", "unknown: Landfall does not compute parseCidr()" },
        { "cidrSubnet('10.0.0.0/16', 24, 1)", "unknown: Landfall does not compute cidrSubnet()" },
        { "cidrHost('10.0.0.0/24', 4)", "unknown: Landfall does not compute cidrHost()" },
    };

    private static IPolicyFacts Facts { get; } = new TestFacts().At("item", new PolicyValue.Text("c"), passes: 1);

    [Theory]
    [MemberData(nameof(Results))]
    public void Call_OfAFunction_GivesItsResult(string expression, string result) =>
        Assert.Equal(result, PolicyValueText.Show(Evaluate(expression)));

    [Fact]
    public void Functions_All_AreTested() => Assert.Empty(PolicyFunctions.All.Keys.Where(
        name => !Results.Any(r => r.Data.Item1.Contains(name + "(", StringComparison.Ordinal))));

    [Theory]
    [InlineData("div(1, 0)", "div() fails: it divides by nothing")]
    [InlineData("mod(1, 0)", "mod() fails: it divides by nothing")]
    [InlineData("add('1', 1)", "add() fails: it is given a text where a number belongs")]
    [InlineData("add(float('1.5'), 1)", "add() fails: it is given a number where a whole number belongs")]
    [InlineData("mul(79228162514264337593543950335, 2)", "mul() fails: its result is too large")]
    [InlineData("int('x')", "int() fails: it is given a text where a number belongs")]
    [InlineData("int('7.9')", "int() fails: it is given a text where a whole number belongs")]
    [InlineData("float('x')", "float() fails: it is given a text where a number belongs")]
    [InlineData("max(createArray())", "max() fails: it is given no number")]
    [InlineData("bool('1')", "bool() fails: it is given a text where true or false belongs")]
    [InlineData("if('true', 1, 2)", "if() fails: it is given a text where true or false belongs")]
    [InlineData("and('true', 'true')", "and() fails: it is given a text where true or false belongs")]
    [InlineData("not(1)", "not() fails: it is given a number where true or false belongs")]
    [InlineData("less(1, '2')", "less() fails: its arguments have no order")]
    [InlineData("less(true(), false())", "less() fails: its arguments have no order")]
    [InlineData("toLower(5)", "toLower() fails: it is given a number where a text belongs")]
    [InlineData("concat('a', null())", "concat() fails: it is given nothing where a text belongs")]
    [InlineData("concat(createArray(1), 'a')", "concat() fails: it is given a text where a list belongs")]
    [InlineData("contains(5, '5')", "contains() fails: it is given a number where a text, list or object belongs")]
    [InlineData("length(null())", "length() fails: it is given nothing where a text, list or object belongs")]
    [InlineData("empty(0)", "empty() fails: it is given a number where a text, list or object belongs")]
    [InlineData("createObject('a')", "createObject() fails: a name has no value")]
    [InlineData("createObject(1, 2)", "createObject() fails: it is given a number where a text belongs")]
    [InlineData("union('a', 'b')", "union() fails: it is given neither lists nor objects alone")]
    [InlineData("intersection(createArray(), createObject())",
        "intersection() fails: it is given neither lists nor objects alone")]
    [InlineData("items('a')", "items() fails: it is given a text where an object belongs")]
    [InlineData("range(1, -1)", "range() fails: it makes at most 10000 numbers")]
    [InlineData("range(1, 10001)", "range() fails: it makes at most 10000 numbers")]
    [InlineData("take('a', float('1.5'))", "take() fails: it is given a number where a whole number belongs")]
    [InlineData("json('x')", "json() fails: its text is no JSON")]
    [InlineData("json('\"\\ud800\"')", "json() fails: its text is no JSON")]
    [InlineData("base64ToString('!')", "base64ToString() fails: its text is no base64")]
    [InlineData("base64ToJson('YQ==')", "base64ToJson() fails: its text is no JSON")]
    [InlineData("dataUriToString('a')", "dataUriToString() fails: its text is no data URI")]
    [InlineData("string(null())", "string() fails: it is given nothing where a text belongs")]
    [InlineData("format('{1}', 'a')", "format() fails: its format asks for what it is not given")]
    [InlineData("join('a', ',')", "join() fails: it is given a text where a list belongs")]
    [InlineData("padLeft('a', 5, 'ab')", "padLeft() fails: it pads with one character to at most 131072")]
    [InlineData("padLeft('a', 131073)", "padLeft() fails: it pads with one character to at most 131072")]
    [InlineData("replace('a', '', 'b')", "replace() fails: it has nothing to replace")]
    [InlineData("substring('abc', 2, 5)", "substring() fails: a text of 3 characters has no such part")]
    [InlineData("substring('abc', -1)", "substring() fails: a text of 3 characters has no such part")]
    [InlineData("uri('a', 'b')", "uri() fails: it is given no URI")]
    [InlineData("addDays('today', 1)", "addDays() fails: its text is no date")]
    [InlineData("addDays('2026-01-01', 99999999)", "addDays() fails: its date is beyond the calendar")]
    [InlineData("utcNow('%')", "utcNow() fails: its format is none of dates")]
    [InlineData("ipRangeContains('10.0.0.0/8', '::1')",
        "ipRangeContains() fails: its ranges are of IP version 4 and 6")]
    [InlineData("ipRangeContains('10.0.0', '10.0.0.1')",
        "ipRangeContains() fails: it is given a text where a range of addresses belongs")]
    [InlineData("createArray(1, 2)[2]", "a list of 2 has no item 2")]
    [InlineData("createArray(1, 2)[-1]", "a list of 2 has no item -1")]
    [InlineData("createArray(1, 2)['a']", "a list of 2 has no item \"a\"")]
    [InlineData("toLower('x').y", "only objects and lists have a \"y\"")]
    [InlineData("toLower(concat('a', div(1, 0)))", "div() fails: it divides by nothing")]
    [InlineData("and(true(), equals(div(1, 0), 1))", "div() fails: it divides by nothing")]
    public void Call_ThatAzureCannotEvaluate_Fails(string expression, string why) =>
        Assert.Equal(new PolicyValue.Unknown(why, IsFailure: true), Evaluate(expression));

    [Theory]
    [InlineData("padLeft('', 131072)", null)]
    [InlineData("concat(padLeft('', 131072), 'a')", "concat() fails: its text is longer than 131072 characters")]
    [InlineData("replace(padLeft('', 131072), ' ', padLeft('', 131072))",
        "replace() fails: its text is longer than 131072 characters")]
    [InlineData("format('{0,999999}{0,999999}', 1)", "format() fails: its text is longer than 131072 characters")]
    [InlineData("join(range(0, 10000), padLeft('', 131072))",
        "join() fails: its text is longer than 131072 characters")]
    [InlineData("createArray(range(0, 10000), range(0, 10000), range(0, 10000), range(0, 10000))",
        "createArray() fails: its result has more than 32768 values")]
    public void Call_ThatMakesTooMuch_Fails(string expression, string? why)
    {
        PolicyValue result = Evaluate(expression);

        Assert.Equal(why, (result as PolicyValue.Unknown)?.Why);
        Assert.Equal(why is not null, result is PolicyValue.Unknown { IsFailure: true });
    }

    [Theory]
    [InlineData("parameters('u')")]
    [InlineData("parameters('u').a.b")]
    [InlineData("createObject('a', 1)[parameters('u')]")]
    [InlineData("toLower(parameters('u'))")]
    [InlineData("field(parameters('u'))")]
    [InlineData("current(parameters('u'))")]
    [InlineData("utcNow(parameters('u'))")]
    [InlineData("if(parameters('u'), 1, 2)")]
    [InlineData("and(true(), parameters('u'))")]
    [InlineData("or(false(), parameters('u'))")]
    [InlineData("not(parameters('u'))")]
    [InlineData("coalesce(parameters('u'), 1)")]
    [InlineData("createArray(1, parameters('u'))")]
    [InlineData("createObject('a', parameters('u'))")]
    [InlineData("tryGet(parameters('u'), 'a')")]
    public void Call_WithAnUnknownArgument_IsUnknownAsItIs(string expression) =>
        Assert.Equal(TestFacts.Later, Evaluate(expression));

    [Theory]
    [InlineData("equals(parameters('list'), createArray('x', 'a'))")]
    [InlineData("contains(parameters('list'), 'b')")]
    [InlineData("join(parameters('list'), ',')")]
    [InlineData("string(resourceGroup())")]
    [InlineData("format('{0}', resourceGroup())")]
    [InlineData("indexOf(parameters('list'), 'a')")]
    public void Call_WithAnUnknownValueInside_IsUnknown(string expression) =>
        Assert.IsType<PolicyValue.Unknown>(Evaluate(expression));

    [Theory]
    [InlineData("[utcNow()]")]
    [InlineData("[addDays(utcNow(), 1)]")]
    [InlineData("[parameters('p')]")]
    [InlineData("[field('name')]")]
    [InlineData("[current()]")]
    [InlineData("[resourceGroup().name]")]
    public void Call_OutsideOfARule_IsUnknown(string expression) => Assert.False(
        Assert.IsType<PolicyValue.Unknown>(ExpressionParser.Parse(expression).Evaluate(NoFacts.Only)).IsFailure);

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("", "")]
    [InlineData("[[escaped]", "[escaped]")]
    [InlineData("[[", "[[")]
    [InlineData("[[a", "[[a")]
    [InlineData("[open", "[open")]
    [InlineData("a [toLower('B')]", "a [toLower('B')]")]
    [InlineData("['it''s']", "it's")]
    [InlineData("['''']", "'")]
    [InlineData("['']", "")]
    [InlineData("[TOLOWER( 'A' )]", "a")]
    [InlineData("[ concat ( 'a' , \"b\" ) ]", null)]
    [InlineData("[createObject('a', createArray(1, 'x')).A[1]]", "x")]
    [InlineData("[json('{\"a.b\": {\"c\": \"x\"}}') ['a.b'] . c]", "x")]
    [InlineData("[createArray('x', 'y')[sub(2, 1)]]", "y")]
    public void Parse_Text_SaysWhatItMeans(string text, string? meaning)
    {
        if (meaning is null)
        {
            Assert.Throws<ExpressionSyntaxException>(() => ExpressionParser.Parse(text));
        }
        else
        {
            Assert.Equal(new PolicyValue.Text(meaning), ExpressionParser.Parse(text).Evaluate(Facts));
        }
    }

    [Theory]
    [InlineData("[5]", 5)]
    [InlineData("[-5]", -5)]
    [InlineData("[9223372036854775807]", 9223372036854775807)]
    public void Parse_Number_IsOne(string text, long number) =>
        Assert.Equal(new PolicyValue.Number(number), ExpressionParser.Parse(text).Evaluate(Facts));

    [Theory]
    [InlineData("[ ]", "at character 3: it ends where a value should be")]
    [InlineData("[concat('a']", "at character 12: it ends where ')' should be")]
    [InlineData("[concat('a',]", "at character 13: it ends where a value should be")]
    [InlineData("[concat('a' 'b')]", "at character 13: ''' is where ')' should be")]
    [InlineData("[concat('a)]", "a text in quotes does not end")]
    [InlineData("[true]", "at character 6: it ends where '(' should be")]
    [InlineData("[true()) ]", "')' follows where the expression should end")]
    [InlineData("[a] and [b]", "']' is where '(' should be")]
    [InlineData("[policy().]", "a name should follow the dot")]
    [InlineData("[policy().?id]", "only Bicep knows '?' here")]
    [InlineData("[policy()[?'id']]", "only Bicep knows '?' here")]
    [InlineData("[policy()['id']", "it ends where ']' should be")]
    [InlineData("[add(1.5, 1)]", "a number here has no fraction")]
    [InlineData("[-]", "a number is malformed")]
    [InlineData("[&]", "'&' is where a value should be")]
    [InlineData("[tolwer('a')]", "There is no function tolwer().")]
    [InlineData("[resourceId('a', 'b')]", "Policies may not call resourceId().")]
    [InlineData("[reference('a')]", "Policies may not call reference().")]
    [InlineData("[map(createArray(), 'x')]", "Policies may not call map().")]
    [InlineData("[toLower()]", "toLower() is given 0 arguments.")]
    [InlineData("[toLower('a', 'b')]", "toLower() is given 2 arguments.")]
    [InlineData("[and(true())]", "and() is given 1 argument.")]
    [InlineData("[substring('a')]", "substring() is given 1 argument.")]
    public void Parse_Malformed_SaysWhatIsWrong(string text, string why) => Assert.Contains(
        why, Assert.Throws<ExpressionSyntaxException>(() => ExpressionParser.Parse(text)).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("[tolwer('a')]", "Did you mean toLower()?")]
    [InlineData("[toLower()]", "It takes 1.")]
    [InlineData("[and(true())]", "It takes 2 or more.")]
    [InlineData("[substring('a')]", "It takes 2 to 3.")]
    [InlineData("[variables('x')]", null)]
    public void Parse_Malformed_SaysWhatWouldBeRight(string text, string? fix) => Assert.Equal(
        fix, Assert.Throws<ExpressionSyntaxException>(() => ExpressionParser.Parse(text)).Fix);

    [Theory]
    [InlineData(63, null)]
    [InlineData(64, "An expression is nested deeper than 64 levels.")]
    [InlineData(10_000, "An expression is nested deeper than 64 levels.")]
    public void Parse_Nested_EndsAtItsLimit(int levels, string? why) => Assert.Equal(
        why, Refused($"[{string.Concat(Enumerable.Repeat("array(", levels))}1{new string(')', levels)}]"));

    [Theory]
    [InlineData(64, null)]
    [InlineData(30_000, "An expression asks for more than 64 members in a row.")]
    public void Parse_MembersInARow_EndAtTheirLimit(int members, string? why) => Assert.Equal(
        why, Refused($"[policy(){string.Concat(Enumerable.Repeat(".a", members))}]"));

    [Theory]
    [InlineData(128, null)]
    [InlineData(129, "concat() is given 129 arguments.")]
    public void Parse_Arguments_EndAtTheirLimit(int arguments, string? why) => Assert.Equal(
        why, Refused($"[concat({string.Join(',', Enumerable.Repeat("'a'", arguments))})]"));

    [Theory]
    [InlineData(81_920, null)]
    [InlineData(81_921, "An expression is longer than 81920 characters.")]
    public void Parse_Long_EndsAtItsLimit(int length, string? why) =>
        Assert.Equal(why, Refused($"['{new string('a', length - 4)}']"));

    [Fact]
    public void Parse_OfRandomTexts_Ends()
    {
        string[] tokens = ["[", "]", "(", ")", "'", ",", ".", "?", "concat", "parameters", "-", "1", " ", "p", "\0"];
        var random = new Random(20260304);
        for (int i = 0; i < 20_000; i++)
        {
            string text = $"[{string.Concat(random.GetItems(tokens, random.Next(12)))}]";
            Assert.True(Refused(text) is null or { Length: > 10 }, text);
        }
    }

    private static PolicyValue Evaluate(string expression) => ExpressionParser.Parse($"[{expression}]").Evaluate(Facts);

    private static string? Refused(string text)
    {
        try
        {
            _ = ExpressionParser.Parse(text).Evaluate(Facts);
            return null;
        }
        catch (ExpressionSyntaxException failure)
        {
            return failure.Message;
        }
    }
}
