namespace Landfall.Cli.Output;

/// <summary>Colours text by ANSI sequences, or leaves it as it is.</summary>
/// <param name="isOn">Whether the stream shows colour.</param>
internal readonly struct Ink(bool isOn)
{
    public string Bold(string text) => Wrap("1", text);

    public string Faint(string text) => Wrap("2", text);

    public string Red(string text) => Wrap("31", text);

    public string Green(string text) => Wrap("32", text);

    public string Yellow(string text) => Wrap("33", text);

    private string Wrap(string code, string text) => isOn ? $"\e[{code}m{text}\e[0m" : text;
}
