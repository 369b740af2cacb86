namespace Landfall.Estate.Integrations;

/// <summary>A source system: <see cref="FilesSource"/> or <see cref="PostgresSource"/>.</summary>
public abstract record Source;
