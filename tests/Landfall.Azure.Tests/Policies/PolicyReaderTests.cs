using System.Collections.Immutable;
using Landfall.Azure.Policies.Definitions;
using Landfall.Azure.Policies.Evaluation;
using Landfall.Azure.Snapshots;
using Landfall.Estate;
using Landfall.Estate.Azure;
using Landfall.Estate.Diagnostics;
using Landfall.Testing;

namespace Landfall.Azure.Tests.Policies;

/// <summary>What is wrong with files of policies, and where.</summary>
public sealed class PolicyReaderTests
{
    private const string Name = """{"field": "name", "equals": "a"}""";

    [Theory]
    [InlineData("{\"name\": \"p\",\n  \"properties\": }", 2, 17, "is an invalid start of a value")]
    [InlineData("{\"name\": \"p\",\n  \"name\": \"q\"}", 1, 1, "duplicate property 'name'")]
    [InlineData("{\"properties\": {\n", 2, 1, "depth to be zero")]
    [InlineData("", 1, 1, "does not contain any JSON tokens")]
    [InlineData("{\"name\": \"\\ud800\"}", 1, 1, "a text has half a character")]
    [InlineData("{\"\\ud800\": 1}", 1, 1, "")]
    public void Read_NoJson_IsFound(string text, int line, int column, string message) =>
        AssertFound("LF5301", line, column, message, text);

    [Fact]
    public void Read_JsonThatIsTooDeep_IsFound()
    {
        string deep = new('[', 100_000);

        Assert.Equal("LF5301", Assert.Single(Of(deep)).Code);
    }

    [Theory]
    [InlineData("{}", "The file holds no policy.")]
    [InlineData("[]", "The file holds no policy.")]
    [InlineData("1", "The file holds no policy.")]
    [InlineData("{\"properties\": {\"mode\": \"All\"}}", "The file holds no policy.")]
    [InlineData("{\"policyrule\": null}", "The file holds no policy.")]
    [InlineData("{\"$schema\": \"https://x/deploymentTemplate.json#\"}", "The file is a template")]
    public void Read_NoPolicy_IsFound(string text, string message)
    {
        Diagnostic found = Of(text, Definition(Name))[0];

        Assert.Equal("LF5302", found.Code);
        Assert.Contains(message, found.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"field": "name", "equal": "a"}""", 4, 19, "There is no operator equal.", "Did you mean 'equals'?")]
    [InlineData("""{"field": "name", "equals": "a", "in": []}""", 3, 16, "has the operators equals and in")]
    [InlineData("""{"field": "name"}""", 3, 16, "has no operator")]
    [InlineData("""{"equals": "a"}""", 3, 16, "compares nothing")]
    [InlineData("""{"field": "name", "value": "x", "equals": "a"}""", 3, 16, "compares field and value")]
    [InlineData("""{"source": "action", "equals": "a"}""", 4, 2, "no longer has the subject source")]
    [InlineData("""{"allOf": [], "field": "name"}""", 3, 16, "allOf stands beside field")]
    [InlineData("""{"allOf": []}""", 4, 2, "with one or more")]
    [InlineData("""{"anyOf": [{"field": "name", "exists": true}, 1]}""", 4, 47, "an object")]
    [InlineData("""{"not": []}""", 4, 2, "an object")]
    [InlineData("\"x\"", 3, 16, "an object")]
    [InlineData("""{"field": 1, "equals": "a"}""", 4, 2, "its name or alias")]
    [InlineData("""{"field": "name", "in": "a"}""", 4, 19, "in needs a list")]
    [InlineData("""{"field": "name", "notIn": {}}""", 4, 19, "notIn needs a list")]
    [InlineData("""{"field": "name", "exists": "yes"}""", 4, 19, "exists needs true or false")]
    [InlineData("""{"field": "name", "like": ["a"]}""", 4, 19, "like needs a text or number")]
    [InlineData("""{"field": "name", "less": {}}""", 4, 19, "less needs a text or number")]
    [InlineData("""{"count": {"field": "a/b/c"}, "equals": 1}""", 4, 12, "a/b/c selects no members of a list")]
    [InlineData("""{"count": {"name": "x"}, "equals": 1}""", 4, 2, "The count counts nothing")]
    [InlineData("""{"count": {"values": []}, "equals": 1}""", 4, 12,
        "no key of a count values", "Did you mean 'value'?")]
    [InlineData("""{"count": {"value": [], "where": {"x": 1}}, "equals": 1}""", 4, 25, "compares nothing")]
    public void Read_NoCondition_IsFound(string condition, int line, int column, string message, string? hint = null) =>
        AssertFound("LF5303", line, column, message, Definition(condition), hint);

    [Fact]
    public void Read_MoreCountsThanAzureTakes_IsFound()
    {
        AssertFound("LF5303", 4, 0, "counts values more than 10 times", Definition(Counts(""" "value": [] """, 11)));
        AssertFound(
            "LF5303", 4, 0, "counts a/b/c[*] more than 5 times",
            Definition(Counts(""" "field": "a/b/c[*]" """, 6)));
        Assert.Empty(Of(Definition(Counts(""" "value": [] """, 10))));
    }

    [Theory]
    [InlineData("[tolower('a'", 4, 10, null)]
    [InlineData("[concat('a'", 4, 10, null)]
    [InlineData("[concat('a']", 4, 10, "at character 12: it ends where ')' should be")]
    [InlineData("[tolwer('a')]", 4, 10, "There is no function tolwer()", "Did you mean toLower()?")]
    [InlineData("[reference('a')]", 4, 10, "Policies may not call reference()")]
    [InlineData("[current()]", 4, 10, "current() stands outside of a count")]
    public void Read_NoExpression_IsFound(string value, int line, int column, string? message, string? hint = null)
    {
        string text = Definition($$"""{"not": {"value": "{{value}}", "equals": "a"} }""");
        if (message is null)
        {
            Assert.Empty(Of(text));
        }
        else
        {
            AssertFound("LF5304", line, column, message, text, hint);
        }
    }

    [Fact]
    public void Read_CurrentOfAnotherCount_IsFound() => AssertFound(
        "LF5304", 4, 0, "No count around it is called on",
        Definition(
            """
            {"count": {"value": [], "name": "one", "where": {"value": "[current('on')]", "equals": 1}}, "equals": 1}
            """),
        "Did you mean 'one'?");

    [Theory]
    [InlineData("""{"n": {"type": "Text"}}""", "There is no type of parameters Text.")]
    [InlineData("""{"n": {"type": "Strin"}}""", "There is no type of parameters Strin.", "Did you mean 'string'?")]
    [InlineData("""{"n": {}}""", "The parameter n has no type.")]
    [InlineData("""{"n": 1}""", "The parameter n has no type.")]
    [InlineData("""{"n": {"type": "Array", "defaultValue": "a"}}""", "n is not of the type array")]
    [InlineData("""{"n": {"type": "Integer", "defaultValue": 1.5}}""", "n is not of the type integer")]
    [InlineData("""{"n": {"type": "DateTime", "defaultValue": "x"}}""", "n is not of the type datetime")]
    [InlineData("""{"n": {"type": "String", "defaultValue": null}}""", "n is not of the type string")]
    [InlineData("""{"n": {"type": "String", "defaultValue": "c", "allowedValues": ["a"]}}""", "n is none of those")]
    [InlineData("""{"n": {"type": "String", "defaultValue": "A", "allowedValues": ["a"]}}""", "n is none of those")]
    [InlineData("""{"n": {"type": "Array", "defaultValue": ["c"], "allowedValues": ["a"]}}""", "n is none of those")]
    public void Read_WrongParameter_IsFound(string parameters, string message, string? hint = null) =>
        AssertFound("LF5305", 2, 0, message, Definition(Name, parameters), hint);

    [Fact]
    public void Read_ParameterThatIsNotDeclared_IsFound() => AssertFound(
        "LF5305", 4, 19, "The definition has no parameter nam.",
        Definition("""{"field": "name", "equals": "[parameters('nam')]"}""", """{"name": {"type": "String"}}"""),
        "Did you mean 'name'?");

    [Theory]
    [InlineData("", "p needs a value for its parameter n.")]
    [InlineData(""", "parameters": {"n": {"value": "a"}}""", "n is not of the type integer.")]
    [InlineData(""", "parameters": {"n": {"value": 3}}""", "n is none of those that it may have.")]
    [InlineData(""", "parameters": {"n": {"value": 1}, "m": {"value": 2}}""", "p has no parameter m.")]
    [InlineData(""", "parameters": {"n": 1}""", "The parameter n has no value.")]
    public void Read_WrongArgument_IsFound(string arguments, string message)
    {
        string definition = Definition(Name, """{"n": {"type": "Integer", "allowedValues": [1, 2]}}""");
        string assignment =
            $$"""
            {"name": "a", "properties": {
              "policyDefinitionId": "/providers/Microsoft.Authorization/policyDefinitions/p"{{arguments}} } }
            """;

        Assert.Contains(Of(definition, assignment), d => d is { Code: "LF5305", Location.Line: 2 }
            && d.Message.Contains(message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("nam", Severity.Error, "There is no field nam.", "Did you mean 'name'?")]
    [InlineData("tags[", Severity.Error, "There is no field tags[.", "Did you mean 'tags'?")]
    [InlineData("Microsoft.Nothing/things/a", Severity.Warning,
        "no resource with the alias Microsoft.Nothing/things/a")]
    [InlineData("Microsoft.KeyVault/vaults/enableSoftDelet", Severity.Error,
        "Microsoft.KeyVault/vaults has nothing that the alias Microsoft.KeyVault/vaults/enableSoftDelet could mean.",
        "Did you mean Microsoft.KeyVault/vaults/enableSoftDelete?")]
    public void CheckFields_OfAFieldThatNothingHas_IsFound(
        string field, Severity severity, string message, string? hint = null)
    {
        PolicyLibrary library = Read(Definition($$"""{"field": "{{field}}", "exists": true}"""));
        Diagnostic found = Assert.Single(PolicyEvaluator.CheckFields(library));

        Assert.Equal(("LF5306", severity, 4), (found.Code, found.Severity, found.Location.Line));
        Assert.Contains(message, found.Message, StringComparison.Ordinal);
        if (hint is not null)
        {
            Assert.Equal(hint, found.Hint);
        }
    }

    [Theory]
    [InlineData("name")]
    [InlineData("identity.type")]
    [InlineData("tags['a b']")]
    [InlineData("Microsoft.KeyVault/vaults/networkAcls.ipRules[*].value")]
    [InlineData("Microsoft.Resources/subscriptions/resourceGroups/managedBy")]
    [InlineData("Microsoft.Compute/imagePublisher", false)]
    public void CheckFields_OfAField_IsRight(string field, bool isRight = true) => Assert.Equal(
        isRight,
        PolicyEvaluator.CheckFields(Read(Definition($$"""{"field": "{{field}}", "exists": true}"""))).IsEmpty);

    [Theory]
    [InlineData("""{"effect": "denny"}""", "There is no effect denny.", "Did you mean 'deny'?")]
    [InlineData("""{"effect": 1}""", "The rule has no effect.")]
    [InlineData("{}", "The rule has no effect.")]
    [InlineData("""{"effect": "modify"}""", "The effect modify needs details of what it changes.")]
    [InlineData("""{"effect": "append", "details": []}""", "The effect append needs details")]
    [InlineData("""{"effect": "auditIfNotExists", "details": {}}""", "needs details with the type")]
    [InlineData("""{"effect": "deployIfNotExists"}""", "needs details with the type")]
    [InlineData("""{"effect": "audit", "details": {"operations": [{"operation": "ad", "field": "tags.a"}]}}""",
        "There is no operation ad.", "Did you mean 'add'?")]
    [InlineData("""{"effect": "auditIfNotExists", "details": {"type": "a/b", "existenceScope": "tenant"}}""",
        "There is no existenceScope tenant.")]
    [InlineData("""{"effect": "0"}""", "There is no effect 0.")]
    public void Read_WrongEffect_IsFound(string then, string message, string? hint = null)
    {
        Diagnostic found = Of(Definition(Name, then: then))[0];

        Assert.Equal(("LF5307", 5), (found.Code, found.Location.Line));
        Assert.Contains(message, found.Message, StringComparison.Ordinal);
        if (hint is not null)
        {
            Assert.Equal(hint, found.Hint);
        }
    }

    /// <summary>What a policy does and could not be read is not taken for nothing.</summary>
    [Theory]
    [InlineData("""{"effect": "modify", "details": {"operations": [{"operation": "ad"}]}}""")]
    [InlineData("""{"effect": "append", "details": [{"field": "tags.a", "value": "[concat(]"}]}""")]
    [InlineData("""{"effect": "auditIfNotExists", "details": {"type": "a/b", "name": "[x()]"}}""")]
    [InlineData("""{"effect": "auditIfNotExists", "details": {"type": "a/b", "existenceCondition": {"x": 1}}}""")]
    public void Evaluate_DetailsThatCannotBeRead_AreUnknown(string then)
    {
        PolicyLibrary library = Read(Definition(Name, then: then));
        SnapshotResource account = PolicyTrial.Account();

        Assert.True(library.HasErrors);
        Assert.Equal(
            PolicyOutcome.Unknown,
            Assert.Single(new PolicyEvaluator(library, DateTimeOffset.UnixEpoch).Explain([account], account)).Outcome);
    }

    [Fact]
    public void Read_WrongEffectOfAParameter_IsFound() => Assert.Equal(
        ["There is no effect denny."],
        Of(Definition(
            Name, """{"effect": {"type": "String", "allowedValues": ["denny", "audit"], "defaultValue": "audit"}}""",
            """{"effect": "[parameters('effect')]"}""")).Select(d => d.Message));

    [Theory]
    [InlineData("policyDefinitions/q", "There is no definition q.", "Did you mean 'p'?")]
    [InlineData("policySetDefinitions/p", "There is no set p.", null)]
    public void Read_AssignmentOfNothing_IsFound(string id, string message, string? hint)
    {
        Diagnostic found = Assert.Single(Of(Definition(Name), Assignment(id)));

        Assert.Equal(("LF5308", 2, message, hint), (found.Code, found.Location.Line, found.Message, found.Hint));
    }

    [Fact]
    public void Read_ExemptionFromNothing_IsFound() => Assert.Equal(
        ["LF5308 There is no assignment c."],
        Of(Definition(Name), Assignment("policyDefinitions/p"), Exemption("c")).Select(Short));

    [Fact]
    public void Read_ExemptionOfAnotherReference_IsFound() => Assert.Equal(
        ["LF5308 There is no definition in the assignment b called two."],
        Of([
            .. PolicyMutationTests.Whole[..3],
            PolicyMutationTests.Whole[3].Replace("\"one\"", "\"two\"", StringComparison.Ordinal),
        ]).Select(Short));

    [Fact]
    public void Read_DefinitionOfAzure_IsAWarning()
    {
        Diagnostic found = Assert.Single(Of(Assignment("policyDefinitions/34c877ad-507e-4c82-993e-3452a6e0ad3c")));

        Assert.Equal(("LF5315", Severity.Warning), (found.Code, found.Severity));
    }

    [Fact]
    public void Read_SetOfASet_IsFound() => Assert.Equal(
        ["LF5309 The set s holds a set."], Of(Set("s", "t"), Set("t")).Select(Short));

    [Fact]
    public void Read_SetsInACircle_AreFound() => Assert.Equal(
        [
            "LF5309 The set s holds itself: s > t > u > s.",
            "LF5309 The set t holds itself: t > u > s > t.",
            "LF5309 The set u holds itself: u > s > t > u.",
        ],
        Of(Set("s", "t"), Set("t", "u"), Set("u", "s")).Select(Short));

    [Fact]
    public void Read_ManySetsThatHoldEachOther_Ends()
    {
        string[] names = [.. Enumerable.Range(0, 40).Select(i => $"s{i}")];
        string[] sets = [Set("first", names), .. names.Select(n => Set(n, [.. names.Where(o => o != n)]))];

        Assert.All(Of(sets), d => Assert.Equal("LF5309", d.Code));
    }

    [Fact]
    public void Read_TwoOfOneName_AreFound()
    {
        Diagnostic found = Assert.Single(Of(Definition(Name), Definition(Name) + " "));

        Assert.Equal(("LF5310", "f1.json", 1), (found.Code, found.Location.File, found.Location.Line));
        Assert.Contains(
            "Two definitions are called p; the other one is f0.json:1", found.Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2027-13-01", 3)]
    [InlineData("soon", 3)]
    public void Read_ExemptionUntilNoDate_IsFound(string date, int line)
    {
        Diagnostic found = Assert.Single(Of(
            Definition(Name), Assignment("policyDefinitions/p"), Exemption("a", $"\n\"expiresOn\": \"{date}\",")));

        Assert.Equal(("LF5311", line, $"{date} is no date."), (found.Code, found.Location.Line, found.Message));
    }

    [Theory]
    [InlineData("", "2027-01-01", "LF5311 The exemption e has no reason.")]
    [InlineData("why", null, "LF5311 The exemption e has no end.")]
    [InlineData("why", "2026-03-04", "LF5312 The exemption e ended on 2026-03-04 and exempts nothing.")]
    [InlineData("why", "2026-03-05", null)]
    public void Read_ExemptionOfAnEstate_NeedsAReasonAndAnEnd(string reason, string? end, string? expected)
    {
        string more = $"\"description\": \"{reason}\","
            + (end is null ? "" : $"\"expiresOn\": \"{end}\",");
        string[] texts = [Definition(Name), Assignment("policyDefinitions/p"), Exemption("a", more)];

        Assert.Equal(expected is null ? [] : [expected], OfEstate(texts).Select(Short));
    }

    [Fact]
    public void Read_DefinitionOfAnEstateThatNothingAssigns_IsAWarning() => Assert.Equal(
        ["LF5314 Nothing assigns p: it binds nothing."], OfEstate(Definition(Name)).Select(Short));

    [Theory]
    [InlineData("""{"properties": {"policyRule": {"if": {}}}}""", 1, 17, "then is missing.")]
    [InlineData("""{"properties": {"policyRule": {"then": {}}}}""", 1, 17, "if is missing.")]
    [InlineData("""{"properties": {"policyRule": 1}}""", 1, 17, "then is missing.")]
    [InlineData("""{"properties": {"mode": "al", "policyRule": {}}}""", 1, 17, "There is no mode al.",
        "Did you mean 'all'?")]
    [InlineData("""{"properties": {"policyDefinitions": {}}}""", 1, 17, "A list belongs here.")]
    [InlineData("""{"properties": {"policyDefinitions": [1]}}""", 1, 39, "policyDefinitionId is missing.")]
    [InlineData("""{"properties": {"policyDefinitionId": 1}}""", 1, 2, "policyDefinitionId is missing.")]
    [InlineData("""{"properties": {"policyAssignmentId": ""}}""", 1, 2, "policyAssignmentId is missing.")]
    [InlineData("""{"properties": {"policyRule": {"if": {}, "then": {}}, "parameters": []}}""", 1, 55,
        "An object belongs here.")]
    public void Read_WrongShape_IsFound(string text, int line, int column, string message, string? hint = null) =>
        AssertFound("LF5313", line, column, message, text, hint);

    [Theory]
    [InlineData("\"enforcementMode\": \"Enforced\"", "There is no enforcementMode Enforced.")]
    [InlineData("\"notScopes\": \"x\"", "A list belongs here.")]
    [InlineData("\"overrides\": {}", "A list belongs here.")]
    [InlineData("\"resourceSelectors\": [{\"selectors\": [{\"kind\": \"location\", \"in\": []}]}]",
        "There is no kind of selectors location.")]
    public void Read_AssignmentOfTheWrongShape_IsFound(string more, string message) => Assert.Equal(
        ["LF5313 " + message], Of(Definition(Name), Assignment("policyDefinitions/p", more)).Select(Short));

    [Fact]
    public void Read_FolderWithoutPolicies_IsRefused()
    {
        using TestFolder folder = new();
        folder.Write("readme.md", "");

        Assert.Contains(
            "holds no policy", Assert.Throws<LandfallException>(() => PolicyFiles.Read(folder.Path)).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "is not there",
            Assert.Throws<LandfallException>(() => PolicyFiles.Read(Path.Combine(folder.Path, "x"))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Read_EveryShapeOfFile_IsRead()
    {
        string rule = $$"""{"if": {{Name}}, "then": {"effect": "audit"} }""";
        PolicyLibrary library = Read(
            Definition(Name),
            $$"""{"mode": "All", "policyRule": {{rule}} }""",
            $$"""
            {"parameters": {"policyName": {"value": "given"}, "policyMode": {"value": "All"},
              "policyParameters": {"value": {"n": {"type": "String"} } }, "policyDefinition": {"value": {{rule}} } } }
            """,
            """
            {"parameters": {"policySetName": {"value": "set"}, "policyDefinitions": {"value": [
              {"policyDefinitionId": "/providers/Microsoft.Authorization/policyDefinitions/p"}]}}}
            """,
            "// a comment\n{\"$schema\": \"https://x/deploymentTemplate.json#\",}");

        Assert.Equal(["p", "f1", "given"], library.Definitions.Select(d => d.Head.Name));
        Assert.Equal(["set"], library.Sets.Select(s => s.Head.Name));
        Assert.Equal(["LF5302"], library.Diagnostics.Select(d => d.Code));
    }

    private static string Short(Diagnostic found) => $"{found.Code} {found.Message}";

    /// <summary>A file whose condition begins on line 4, with the parameters before and the effect behind it.</summary>
    private static string Definition(
        string condition, string parameters = "{}", string then = """{"effect": "audit"}""") =>
        $$"""
        {"name": "p", "properties": {"mode": "All",
        "parameters": {{parameters}},
        "policyRule": {"if":
        {{condition}},
        "then": {{then}} } } }
        """;

    private static string Assignment(string id, string more = "") =>
        $$"""
        {"name": "a", "properties": {
          "policyDefinitionId": "/providers/Microsoft.Authorization/{{id}}"{{(more.Length == 0 ? "" : ", " + more)}} } }
        """;

    private static string Exemption(string assignment, string more = "") =>
        $$"""
        {"name": "e", "properties": {"exemptionCategory": "Waiver",
          {{more}} "policyAssignmentId": "/providers/Microsoft.Authorization/policyAssignments/{{assignment}}"} }
        """;

    private static string Set(string name, params string[] sets)
    {
        IEnumerable<string> members = sets.Select(
            s => $$"""{"policyDefinitionId": "/providers/Microsoft.Authorization/policySetDefinitions/{{s}}"}""");
        return $$"""{"name": "{{name}}", "properties": {"policyDefinitions": [{{string.Join(',', members)}}]} }""";
    }

    private static string Counts(string what, int times)
    {
        string count = $$"""{"count": { {{what}} }, "equals": 1}""";
        return $$"""{"allOf": [{{string.Join(',', Enumerable.Repeat(count, times))}}]}""";
    }

    private static PolicyLibrary Read(params string[] texts)
    {
        using TestFolder folder = new();
        for (int i = 0; i < texts.Length; i++)
        {
            folder.Write($"f{i}.json", texts[i]);
        }

        return PolicyFiles.Read(folder.Path);
    }

    private static ImmutableArray<Diagnostic> Of(params string[] texts) => Read(texts).Diagnostics;

    private static ImmutableArray<Diagnostic> OfEstate(params string[] texts)
    {
        EstateDefinition estate = TestEstates.Of();
        return EstatePolicies.Read(
            estate with
            {
                Management = estate.Management with
                {
                    Policies = [.. texts.Select((text, i) => new PolicyFile($"management/policies/f{i}.json", text))],
                },
            },
            new(2026, 3, 4, 0, 0, 0, TimeSpan.Zero)).Diagnostics;
    }

    private static void AssertFound(
        string code, int line, int column, string message, string text, string? hint = null)
    {
        Diagnostic found = Of(text).First(d => d.Code == code);

        Assert.Equal(line, found.Location.Line);
        Assert.Contains(message, found.Message, StringComparison.Ordinal);
        if (column > 0)
        {
            Assert.Equal(column, found.Location.Column);
        }

        if (hint is not null)
        {
            Assert.Equal(hint, found.Hint);
        }
    }
}
