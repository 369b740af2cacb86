using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Landfall.Architecture.Tests;

/// <summary>The style guide's measurable rules: each takes a file and names what breaks it.</summary>
internal static partial class TidyRules
{
    public const int MaximumFileLines = 500;
    public const int MaximumMethodLines = 70;
    public const int MaximumLineLength = 120;
    public const int MaximumBytes = 200 * 1024;

    public static IEnumerable<string> LongFile(SourceFile file)
    {
        if (file.Lines.Length - 1 > MaximumFileLines)
        {
            yield return $"{file.Path}: {file.Lines.Length - 1} lines";
        }
    }

    public static IEnumerable<string> LongLine(SourceFile file) => file.Lines
        .Select((line, i) => (Length: line.TrimEnd('\r').Length, Number: i + 1))
        .Where(l => l.Length > MaximumLineLength)
        .Select(l => $"{file.Path}:{l.Number}: {l.Length} characters");

    /// <summary>
    /// Counts blocks of statements with their signature: a long table of test data is no method to follow.
    /// </summary>
    public static IEnumerable<string> LongMethod(SourceFile file) => Root(file)
        .DescendantNodes()
        .OfType<BlockSyntax>()
        .Where(b => b.Parent
            is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or LocalFunctionStatementSyntax)
        .Select(b => (Node: b, Lines: LineCount(b) + 1))
        .Where(m => m.Lines > MaximumMethodLines)
        .Select(m => $"{file.Path}:{Line(m.Node)}: {m.Lines} lines");

    public static IEnumerable<string> SeveralPublicTypes(SourceFile file)
    {
        MemberDeclarationSyntax[] types =
            [.. TopLevelTypes(file).Where(t => t.Modifiers.Any(SyntaxKind.PublicKeyword))];
        if (types.Length > 1)
        {
            yield return $"{file.Path}: {string.Join(", ", types.Select(NameOf))}";
        }
    }

    /// <summary>
    /// A file is found by the name of its type. A part of a partial type and a group of small internal types have names
    /// that say what they hold.
    /// </summary>
    public static IEnumerable<string> NotNamedAfterType(SourceFile file)
    {
        string name = System.IO.Path.GetFileNameWithoutExtension(file.Path).Split('.')[0];
        string[] types = [.. TopLevelTypes(file).Select(NameOf)];
        bool isGroup = types.Length > 1 && !TopLevelTypes(file).Any(t => t.Modifiers.Any(SyntaxKind.PublicKeyword));
        bool isPart = types.Length == 1 && name.StartsWith(types[0], StringComparison.Ordinal);
        if (types.Length > 0 && !isGroup && !isPart && !types.Contains(name))
        {
            yield return $"{file.Path}: holds {string.Join(", ", types)}";
        }
    }

    public static IEnumerable<string> NamespaceIsNotFolder(SourceFile file)
    {
        string[] parts = file.Path.Split('/');
        string expected = string.Join('.', parts[1..^1]);
        BaseNamespaceDeclarationSyntax? found =
            Root(file).DescendantNodes().OfType<BaseNamespaceDeclarationSyntax>().FirstOrDefault();
        bool isRight = found is null
            || (found is FileScopedNamespaceDeclarationSyntax && found.Name.ToString() == expected);
        if (!isRight)
        {
            yield return $"{file.Path}: {found!.Name}, expected {expected};";
        }
    }

    /// <summary>Classes that are neither sealed, static nor abstract, and that nothing derives from.</summary>
    public static IEnumerable<string> Unsealed(IReadOnlyCollection<SourceFile> files)
    {
        TypeDeclarationSyntax[] types =
            [.. files.SelectMany(f => Root(f).DescendantNodes().OfType<TypeDeclarationSyntax>()).Where(IsClass)];
        HashSet<string> bases =
            [.. types.SelectMany(t => t.BaseList?.Types.Select(b => BaseName(b.Type)) ?? [])];
        IEnumerable<TypeDeclarationSyntax> open = types.Where(t => !t.Modifiers.Any(
            m => m.Kind() is SyntaxKind.SealedKeyword or SyntaxKind.StaticKeyword or SyntaxKind.AbstractKeyword));
        return open.GroupBy(t => t.Identifier.Text)
            .Where(g => !bases.Contains(g.Key) && !types.Any(t => t.Identifier.Text == g.Key && !open.Contains(t)))
            .Select(g => g.Key);
    }

    public static IEnumerable<string> TodoWithoutReference(SourceFile file) => file.Lines
        .Select((line, i) => (line, Number: i + 1))
        .Where(l => Todo().IsMatch(l.line))
        .Select(l => $"{file.Path}:{l.Number}: {l.line.Trim()}");

    public static IEnumerable<string> MachinePath(SourceFile file) => file.Lines
        .Select((line, i) => (line, Number: i + 1))
        .Where(l => AbsolutePath().IsMatch(l.line))
        .Select(l => $"{file.Path}:{l.Number}: {l.line.Trim()}");

    public static IEnumerable<string> Oversized(SourceFile file)
    {
        if (file.Size > MaximumBytes)
        {
            yield return $"{file.Path}: {file.Size} bytes";
        }
    }

    /// <summary>Links of a page to files that are not there.</summary>
    public static IEnumerable<string> BrokenLink(SourceFile page, Func<string, bool> exists) =>
        Link().Matches(page.Text ?? "")
            .Select(m => m.Groups[1].Value.Split('#')[0])
            .Where(l => l.Length > 0 && !l.Contains(':', StringComparison.Ordinal))
            .Select(l => System.IO.Path.Combine(System.IO.Path.GetDirectoryName(page.Path)!, l).Replace('\\', '/'))
            .Where(l => !exists(l))
            .Select(l => $"{page.Path}: {l}");

    private static SyntaxNode Root(SourceFile file) => CSharpSyntaxTree.ParseText(
        file.Text ?? "", CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Preview)).GetRoot();

    private static IEnumerable<MemberDeclarationSyntax> TopLevelTypes(SourceFile file) => Root(file)
        .DescendantNodes(n => n is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
        .OfType<MemberDeclarationSyntax>()
        .Where(m => m is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax);

    private static string NameOf(MemberDeclarationSyntax type) => type switch
    {
        BaseTypeDeclarationSyntax t => t.Identifier.Text,
        DelegateDeclarationSyntax d => d.Identifier.Text,
        _ => "",
    };

    private static bool IsClass(TypeDeclarationSyntax type) =>
        type is ClassDeclarationSyntax
        || (type is RecordDeclarationSyntax record && !record.ClassOrStructKeyword.IsKind(SyntaxKind.StructKeyword));

    private static string BaseName(TypeSyntax type) => type switch
    {
        GenericNameSyntax generic => generic.Identifier.Text,
        QualifiedNameSyntax qualified => BaseName(qualified.Right),
        _ => type.ToString(),
    };

    private static int Line(SyntaxNode node) => node.GetLocation().GetLineSpan().StartLinePosition.Line + 1;

    private static int LineCount(SyntaxNode node)
    {
        FileLinePositionSpan span = node.GetLocation().GetLineSpan();
        return span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
    }

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b(?!\(#\d+\))\s*[:(]")]
    private static partial Regex Todo();

    [GeneratedRegex(@"(?<![\w.>}~])/(work|root|mnt|Users|home/[a-z]+)/|[A-Z]:\\\\?Users")]
    private static partial Regex AbsolutePath();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();
}
