using System.Text;

namespace Landfall.Azure.Bicep;

/// <summary>
/// A deployment as it is put together: a main file that is the same everywhere, and parameters that are computed from
/// an environment.
/// </summary>
/// <typeparam name="T">What values are computed from.</typeparam>
/// <param name="name">The deployment's name, which is its folder's.</param>
/// <param name="description">What it deploys.</param>
internal sealed class DeploymentTemplate<T>(string name, string description)
{
    /// <summary>The module that holds types and functions of all.</summary>
    public const string Types = "types.bicep";

    private const string Rules = "security-rules.bicep";

    private readonly SortedSet<string> _imports = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _rules = new(StringComparer.Ordinal);
    private readonly List<(string Name, string Declaration, Func<T, object> Value)> _parameters = [];
    private readonly List<ParameterGroup<T>> _groups = [];
    private readonly List<string> _variables = [];
    private readonly HashSet<string> _symbols = [];
    private readonly List<string> _blocks = [];

    /// <summary>The deployment's name.</summary>
    public string Name => name;

    /// <summary>What it deploys.</summary>
    public string Description => description;

    /// <summary>File names of the modules that it uses.</summary>
    public SortedSet<string> Modules { get; } = new(StringComparer.Ordinal) { Types };

    /// <summary>Imports a type or function of <see cref="Types"/>.</summary>
    public void Import(string symbol) => _imports.Add(symbol);

    /// <summary>The GUID of a built-in role, by its name among the shared types.</summary>
    public Expression Role(string role)
    {
        Import("roles");
        return new($"roles.{role}");
    }

    /// <summary>Imports a variable or function of the rules of security groups.</summary>
    public void ImportRules(string symbol)
    {
        _ = _rules.Add(symbol);
        _ = Modules.Add(Rules);
    }

    /// <summary>Adds a parameter, once for each name.</summary>
    /// <returns>The expression that stands for it.</returns>
    public Expression Parameter(string key, string about, string type, Func<T, object> value)
    {
        if (!_parameters.Any(p => p.Name == key))
        {
            _parameters.Add((key, $"@description({BicepText.Quote(about)})\nparam {key} {type}\n", value));
        }

        return new(key);
    }

    /// <summary>A parameter that holds texts by name; the same one for the same name.</summary>
    public ParameterGroup<T> Group(string key, string about)
    {
        ParameterGroup<T>? group = _groups.Find(g => g.Name == key);
        if (group is null)
        {
            _groups.Add(group = new(key, about));
        }

        return group;
    }

    /// <summary>Adds a variable, once for each name.</summary>
    /// <returns>The expression that stands for it.</returns>
    public Expression Variable(string key, object value)
    {
        string declaration = $"var {key} = {BicepText.Of(value)}\n";
        if (!_variables.Contains(declaration))
        {
            _variables.Add(declaration);
        }

        return new(key);
    }

    /// <summary>Adds a resource of its own, or a reference to one that is there, once for each text.</summary>
    public Expression Resource(string symbol, string type, BicepObject properties, bool isExisting = false)
    {
        string existing = isExisting ? "existing " : "";
        string block = $"resource {symbol} '{type}' {existing}= {BicepText.Of(properties)}\n";
        if (!_blocks.Contains(block))
        {
            _blocks.Add(block);
        }

        return new(symbol);
    }

    /// <summary>Adds a module.</summary>
    /// <param name="symbol">Its name in the file.</param>
    /// <param name="module">The module's file name without extension.</param>
    /// <param name="scope">What it is deployed to; null for the subscription.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="after">Symbols of what must be there first, where nothing else says so.</param>
    public Expression Module(
        string symbol, string module, object? scope, BicepObject parameters, params IEnumerable<string> after)
    {
        _ = Modules.Add($"{module}.bicep");
        BicepObject body = [];
        if (scope is not null)
        {
            body.Add("scope", scope);
        }

        body.Add("params", parameters);
        Expression[] dependencies = [.. after.Select(s => new Expression(s))];
        if (dependencies.Length > 0)
        {
            body.Add("dependsOn", dependencies);
        }

        if (!_symbols.Add(symbol))
        {
            throw new InvalidOperationException($"{name} has two modules called {symbol}.");
        }

        _blocks.Add($"module {symbol} '../modules/{module}.bicep' = {BicepText.Of(body)}\n");
        return new(symbol);
    }

    /// <summary>The text of <c>main.bicep</c>.</summary>
    public string Main()
    {
        StringBuilder text = new();
        _ = text.Append($"metadata description = {BicepText.Quote(description)}\n\ntargetScope = 'subscription'\n");
        string imports = ImportOf(_imports, Types) + ImportOf(_rules, Rules);
        _ = text.Append(imports.Length == 0 ? "" : $"\n{imports}");

        IEnumerable<string> parts = _parameters.Select(p => p.Declaration)
            .Concat(_groups.Where(g => !g.IsEmpty).Select(g => g.Declaration()))
            .Concat(_variables).Concat(_blocks);
        foreach (string part in parts)
        {
            _ = text.Append('\n').Append(part);
        }

        return text.ToString();
    }

    /// <summary>The text of <c>main.&lt;environment&gt;.bicepparam</c>.</summary>
    public string Parameters(T source)
    {
        StringBuilder text = new("using './main.bicep'\n");
        IEnumerable<(string Name, object Value)> values = _parameters.Select(p => (p.Name, p.Value(source)))
            .Concat(_groups.Where(g => !g.IsEmpty).Select(g => (g.Name, (object)g.Values(source))));
        foreach ((string key, object value) in values)
        {
            _ = text.Append($"\nparam {key} = {BicepText.Of(value)}\n");
        }

        return text.ToString();
    }

    private static string ImportOf(SortedSet<string> symbols, string file) =>
        symbols.Count == 0 ? "" : $"import {{ {string.Join(", ", symbols)} }} from '../modules/{file}'\n";
}
