using System.Reflection;

namespace Landfall.Delta.Tests.Log;

/// <summary>
/// A log whose first listing misses a name, as a folder's may where others make files while it is read: it has the
/// later of two and not the earlier.
/// </summary>
public class OvertakenLog : DispatchProxy
{
    private ILogStore _inner = null!;
    private string _missed = "";
    private int _listings;

    public static ILogStore Of(ILogStore inner, string missed)
    {
        ILogStore log = Create<ILogStore, OvertakenLog>();
        var overtaken = (OvertakenLog)(object)log;
        (overtaken._inner, overtaken._missed) = (inner, missed);
        return log;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        object? result = targetMethod!.Invoke(_inner, args);
        return targetMethod.Name == nameof(ILogStore.ListAsync) ? WithoutAsync((Task<IReadOnlyList<string>>)result!)
            : result;
    }

    private async Task<IReadOnlyList<string>> WithoutAsync(Task<IReadOnlyList<string>> listing)
    {
        IReadOnlyList<string> names = await listing;
        return _listings++ > 0 ? names : [.. names.Where(n => n != _missed)];
    }
}
