using Landfall.Estate.Integrations;

namespace Landfall.Engine.WorkerHost.Dummies;

/// <summary>A source that has the numbers from 1 to a count.</summary>
public sealed record NumbersSource(int Count) : Source("numbers");
