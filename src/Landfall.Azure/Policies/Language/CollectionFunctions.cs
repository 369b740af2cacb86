using System.Collections.Immutable;

namespace Landfall.Azure.Policies.Language;

/// <summary>Functions of lists and objects, some of which take texts too.</summary>
internal static class CollectionFunctions
{
    /// <summary>By name.</summary>
    public static IEnumerable<KeyValuePair<string, PolicyFunction>> All { get; } =
    [
        PolicyFunctions.Strict("array", 1, 1, v => v[0] is PolicyValue.List ? v[0] : new PolicyValue.List(v)),
        PolicyFunctions.Strict("createArray", 0, int.MaxValue, v => new PolicyValue.List(v)),
        PolicyFunctions.Strict("createObject", 0, int.MaxValue, CreateObject),
        PolicyFunctions.Strict("concat", 1, int.MaxValue, Concat),
        PolicyFunctions.Strict("contains", 2, 2, v => Contains(v[0], v[1])),
        PolicyFunctions.Strict("empty", 1, 1, v => new PolicyValue.Flag(
            v[0] is PolicyValue.Nothing || Length(v[0]) == 0)),
        PolicyFunctions.Strict("length", 1, 1, v => new PolicyValue.Number(Length(v[0]))),
        PolicyFunctions.Strict("first", 1, 1, v => End(v[0], isLast: false)),
        PolicyFunctions.Strict("last", 1, 1, v => End(v[0], isLast: true)),
        PolicyFunctions.Deep("indexOf", 2, 2, v => IndexOf(v, isLast: false)),
        PolicyFunctions.Deep("lastIndexOf", 2, 2, v => IndexOf(v, isLast: true)),
        PolicyFunctions.Deep("intersection", 2, int.MaxValue, v => v[1..].Aggregate(v[0], Intersection)),
        PolicyFunctions.Deep("flatten", 1, 1, v => new PolicyValue.List(
            [.. PolicyFunctions.AsList(v[0]).SelectMany(i => PolicyFunctions.AsList(i))])),
        PolicyFunctions.Strict("union", 1, int.MaxValue, v => v[1..].Aggregate(v[0], Union)),
        PolicyFunctions.Strict("shallowMerge", 1, 1, v => PolicyFunctions.AsList(v[0]).Aggregate(
            (PolicyValue)new PolicyValue.Map(PolicyValue.Map.Empty), (a, b) => Merge(a, b, isDeep: false))),
        PolicyFunctions.Strict("skip", 2, 2, v => Part(v[0], PolicyFunctions.AsInteger(v[1]), isTaken: false)),
        PolicyFunctions.Strict("take", 2, 2, v => Part(v[0], PolicyFunctions.AsInteger(v[1]), isTaken: true)),
        PolicyFunctions.Strict("range", 2, 2, Range),
        PolicyFunctions.Strict("items", 1, 1, v => Items(v[0])),
        PolicyFunctions.Strict("objectKeys", 1, 1, v => new PolicyValue.List(
            [.. Keys(v[0]).Select(k => new PolicyValue.Text(k))])),
        PolicyFunctions.Strict("tryGet", 2, int.MaxValue, v => v[1..].Aggregate(v[0], TryGet)),
        PolicyFunctions.Strict("json", 1, 1, v => PolicyFunctions.Parsed(PolicyFunctions.AsText(v[0]))),
    ];

    private static PolicyValue CreateObject(ImmutableArray<PolicyValue> values) => values.Length % 2 == 0
        ? new PolicyValue.Map(PolicyValue.Map.Empty.SetItems(
            values.Chunk(2).Select(p => KeyValuePair.Create(PolicyFunctions.AsText(p[0]), p[1]))))
        : throw new PolicyFailure("a name has no value");

    private static PolicyValue Concat(ImmutableArray<PolicyValue> values) => values[0] is PolicyValue.List
        ? new PolicyValue.List([.. values.SelectMany(v => PolicyFunctions.AsList(v))])
        : new PolicyValue.Text(string.Concat(values.Select(PolicyFunctions.Written)));

    private static PolicyValue Contains(PolicyValue container, PolicyValue item) => container switch
    {
        PolicyValue.List list => TruthTable.Any(list.Items.Select(i => Comparison.Exact(i, item))).Value(),
        PolicyValue.Map map => new PolicyValue.Flag(map.Members.ContainsKey(PolicyFunctions.AsText(item))),
        PolicyValue.Text text => new PolicyValue.Flag(
            text.Value.Contains(PolicyFunctions.AsText(item), StringComparison.Ordinal)),
        _ => throw PolicyFunctions.Wrong(container, "a text, list or object"),
    };

    private static int Length(PolicyValue value) => value switch
    {
        PolicyValue.List list => list.Items.Length,
        PolicyValue.Map map => map.Members.Count,
        PolicyValue.Text text => text.Value.Length,
        _ => throw PolicyFunctions.Wrong(value, "a text, list or object"),
    };

    private static PolicyValue End(PolicyValue value, bool isLast) => value switch
    {
        PolicyValue.List { Items.IsEmpty: true } => PolicyValue.None,
        PolicyValue.List list => list.Items[isLast ? ^1 : 0],
        PolicyValue.Text { Value.Length: 0 } => value,
        PolicyValue.Text text => new PolicyValue.Text(text.Value[isLast ? ^1 : 0].ToString()),
        _ => throw PolicyFunctions.Wrong(value, "a text or list"),
    };

    private static PolicyValue IndexOf(ImmutableArray<PolicyValue> values, bool isLast)
    {
        if (values[0] is PolicyValue.List list)
        {
            return new PolicyValue.Number(isLast
                ? list.Items.ToList().FindLastIndex(i => Comparison.Exact(i, values[1]) == Truth.True)
                : list.Items.ToList().FindIndex(i => Comparison.Exact(i, values[1]) == Truth.True));
        }

        (string text, string part) = (PolicyFunctions.AsText(values[0]), PolicyFunctions.AsText(values[1]));
        return new PolicyValue.Number(isLast
            ? text.LastIndexOf(part, StringComparison.OrdinalIgnoreCase)
            : text.IndexOf(part, StringComparison.OrdinalIgnoreCase));
    }

    private static PolicyValue Intersection(PolicyValue a, PolicyValue b) => (a, b) switch
    {
        (PolicyValue.List x, PolicyValue.List y) => new PolicyValue.List(
            [.. Distinct(x.Items.Where(i => y.Items.Any(j => Comparison.Exact(i, j) == Truth.True)))]),
        (PolicyValue.Map x, PolicyValue.Map y) => new PolicyValue.Map(PolicyValue.Map.Empty.SetItems(
            x.Members.Where(m => Comparison.Member(y, m.Key) is { } other
                && Comparison.Exact(m.Value, other) == Truth.True))),
        _ => throw new PolicyFailure("it is given neither lists nor objects alone"),
    };

    private static PolicyValue Union(PolicyValue a, PolicyValue b) => (a, b) switch
    {
        (PolicyValue.List x, PolicyValue.List y) => new PolicyValue.List([.. Distinct(x.Items.Concat(y.Items))]),
        (PolicyValue.Map, PolicyValue.Map) => Merge(a, b, isDeep: true),
        _ => throw new PolicyFailure("it is given neither lists nor objects alone"),
    };

    private static PolicyValue Merge(PolicyValue a, PolicyValue b, bool isDeep)
    {
        if (a is not PolicyValue.Map x || b is not PolicyValue.Map y)
        {
            throw PolicyFunctions.Wrong(a is PolicyValue.Map ? b : a, "an object");
        }

        return new PolicyValue.Map(x.Members.SetItems(y.Members.Select(m => KeyValuePair.Create(
            m.Key,
            isDeep && m.Value is PolicyValue.Map && x.Members.TryGetValue(m.Key, out PolicyValue? own)
                && own is PolicyValue.Map
                ? Merge(own, m.Value, isDeep)
                : m.Value))));
    }

    private static List<PolicyValue> Distinct(IEnumerable<PolicyValue> values)
    {
        List<PolicyValue> distinct = [];
        foreach (PolicyValue value in values)
        {
            if (!distinct.Exists(d => Comparison.Exact(d, value) == Truth.True))
            {
                distinct.Add(value);
            }
        }

        return distinct;
    }

    private static PolicyValue Part(PolicyValue value, int count, bool isTaken)
    {
        int length = Length(value);
        int at = Math.Clamp(count, 0, length);
        return value switch
        {
            PolicyValue.List list => new PolicyValue.List(isTaken ? list.Items[..at] : list.Items[at..]),
            PolicyValue.Text text => new PolicyValue.Text(isTaken ? text.Value[..at] : text.Value[at..]),
            _ => throw PolicyFunctions.Wrong(value, "a text or list"),
        };
    }

    private static PolicyValue Range(ImmutableArray<PolicyValue> values)
    {
        const int Longest = 10_000;
        (int start, int count) = (PolicyFunctions.AsInteger(values[0]), PolicyFunctions.AsInteger(values[1]));
        return count is >= 0 and <= Longest
            ? new PolicyValue.List(
                [.. Enumerable.Range(0, count).Select(i => new PolicyValue.Number((decimal)start + i))])
            : throw new PolicyFailure($"it makes at most {Longest} numbers");
    }

    private static PolicyValue Items(PolicyValue value) => new PolicyValue.List(
    [
        .. Keys(value).Select(k => new PolicyValue.Map(PolicyValue.Map.Empty
            .SetItem("key", new PolicyValue.Text(k))
            .SetItem("value", ((PolicyValue.Map)value).Members[k]))),
    ]);

    private static IEnumerable<string> Keys(PolicyValue value) => value is PolicyValue.Map map
        ? map.Members.Keys.Order(StringComparer.OrdinalIgnoreCase)
        : throw PolicyFunctions.Wrong(value, "an object");

    private static PolicyValue TryGet(PolicyValue target, PolicyValue key) => (target, key) switch
    {
        (PolicyValue.Map map, PolicyValue.Text name) => map.Members.GetValueOrDefault(name.Value, PolicyValue.None),
        (PolicyValue.List list, PolicyValue.Number at) when at.Value >= 0 && at.Value < list.Items.Length =>
            list.Items[(int)at.Value],
        (PolicyValue.Unknown, _) => target,
        _ => PolicyValue.None,
    };
}
