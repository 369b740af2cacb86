namespace Landfall.Delta.Skipping;

/// <summary>What is known of one column in one file.</summary>
/// <param name="Min">A lower bound; null for unknown.</param>
/// <param name="Max">An upper bound; null for unknown.</param>
/// <param name="HasNulls">Whether there are nulls; null for unknown.</param>
/// <param name="HasValues">Whether there is anything but nulls; null for unknown.</param>
internal readonly record struct FileRange(object? Min, object? Max, bool? HasNulls, bool? HasValues)
{
    public static FileRange Of(AddFile file, SchemaField field)
    {
        if (file.PartitionValues.TryGetValue(field.Name, out string? partition))
        {
            // The protocol stores NULL as null or as the empty text.
            object? value = string.IsNullOrEmpty(partition) ? null : SkippingValue.OfPartition(partition, field.Type);
            return new(value, value, string.IsNullOrEmpty(partition), !string.IsNullOrEmpty(partition));
        }

        if (file.Statistics is not { } statistics)
        {
            return default;
        }

        long? nulls = statistics.NullCount(field.Name);
        object? max = SkippingValue.OfStatistic(statistics.Max(field.Name), field.Type);
        return new(
            SkippingValue.OfStatistic(statistics.Min(field.Name), field.Type),
            max is DateTimeOffset at ? Widened(at) : max,
            nulls is null ? null : nulls > 0,
            nulls is null ? null : nulls < statistics.NumRecords);
    }

    public bool MaySatisfy(Comparison comparison, object? literal) => comparison switch
    {
        Comparison.IsNull => HasNulls != false,
        Comparison.IsNotNull => HasValues != false,
        _ when HasValues == false => false,
        _ when literal is null => true,
        Comparison.Equal => LowerIs(literal, c => c <= 0) && UpperIs(literal, c => c >= 0),
        Comparison.Less => LowerIs(literal, c => c < 0),
        Comparison.LessOrEqual => LowerIs(literal, c => c <= 0),
        Comparison.Greater => UpperIs(literal, c => c > 0),
        Comparison.GreaterOrEqual => UpperIs(literal, c => c >= 0),
        _ => true,
    };

    /// <summary>Writers cut instants to milliseconds.</summary>
    private static object? Widened(DateTimeOffset max) =>
        max < DateTimeOffset.MaxValue.AddMilliseconds(-1) ? max.AddMilliseconds(1) : null;

    private bool LowerIs(object literal, Func<int, bool> test) =>
        Min is null || test(SkippingValue.Compare(Min, literal));

    private bool UpperIs(object literal, Func<int, bool> test) =>
        Max is null || test(SkippingValue.Compare(Max, literal));
}
