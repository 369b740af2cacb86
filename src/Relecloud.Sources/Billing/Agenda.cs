namespace Relecloud.Sources.Billing;

/// <summary>What is to be done on coming days, in the order it was put down.</summary>
internal sealed class Agenda
{
    private readonly Dictionary<int, List<Action<int>>> _days = [];

    public void On(int day, Action<int> action)
    {
        if (!_days.TryGetValue(day, out List<Action<int>>? actions))
        {
            _days[day] = actions = [];
        }

        actions.Add(action);
    }

    public void Do(int day)
    {
        if (_days.Remove(day, out List<Action<int>>? actions))
        {
            actions.ForEach(a => a(day));
        }
    }
}
