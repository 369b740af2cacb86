using Landfall.Estate;
using Landfall.Posix;
using Microsoft.Win32.SafeHandles;

namespace Landfall.Testing.Delta.Simulation;

/// <summary>
/// A disk in memory with what processes see and, apart from it, what a power cut leaves: files that were not synced are
/// absent, empty, cut off, whole or end in garbage; each change of a name in a folder that was not synced took place or
/// did not. A link is atomic. Used by one thread at a time.
/// </summary>
public sealed class SimulatedDisk(SimulatedWorld world) : IStorageCalls
{
    private readonly Node _root = new(null);

    /// <summary>The call that comes next fails with this error number; 0 for none.</summary>
    public Func<string, int> Fault { get; set; } = _ => 0;

    public SafeFileHandle Write(string path, ReadOnlyMemory<byte> content)
    {
        int error = Enter("write", path);
        (Node folder, string name) = Locate(path);
        if (folder.Names.ContainsKey(name))
        {
            throw Failure("write", path, 17);
        }

        // Where space runs out, a part is there.
        byte[] bytes = content.ToArray();
        folder.Set(name, new(error == 0 ? bytes : bytes[..(bytes.Length / 2)]) { Modified = world.Now });
        return error == 0 ? new() : throw Failure("write", path, error);
    }

    public void FSync(SafeFileHandle file, string path) => FSyncFile(path);

    public void FSyncFile(string path)
    {
        Check("fsync", path);
        Require(path).Synced = true;
    }

    public void FSyncFolder(string path)
    {
        Check("fsync-folder", path);
        Require(path).MakeDurable();
    }

    public bool Link(string path, string newPath)
    {
        Check("link", newPath);
        (Node folder, string name) = Locate(newPath);
        if (folder.Names.ContainsKey(name))
        {
            return false;
        }

        folder.Set(name, Require(path));
        return true;
    }

    public void Rename(string path, string newPath)
    {
        Check("rename", newPath);
        (Node from, string oldName) = Locate(path);
        (Node to, string newName) = Locate(newPath);
        Node file = Require(path);
        from.Set(oldName, null);
        to.Set(newName, file);
    }

    public void Unlink(string path)
    {
        Check("unlink", path);
        (Node folder, string name) = Locate(path);
        if (folder.Names.ContainsKey(name))
        {
            folder.Set(name, null);
        }
    }

    public void MakeFolder(string path)
    {
        Check("mkdir", path);
        (Node folder, string name) = Locate(path);
        if (!folder.Names.ContainsKey(name))
        {
            folder.Set(name, new(null));
        }
    }

    public bool FolderExists(string path) => Find(path) is { Content: null };

    public bool FileExists(string path)
    {
        _ = Enter("exists", path);
        return Find(path) is { Content: not null };
    }

    public ReadOnlyMemory<byte>? Read(string path) =>
        Find(path)?.Content is { } content ? content : default(ReadOnlyMemory<byte>?);

    public IReadOnlyList<string> List(string path)
    {
        _ = Enter("list", path);
        return Find(path) is { Content: null } folder
            ? [.. folder.Names.Where(n => n.Value.Content is not null).Select(n => n.Key)]
            : [];
    }

    public DateTimeOffset? Modified(string path) => Find(path) is { Content: not null } file ? file.Modified : null;

    /// <summary>Paths of the files under a folder, relative to it.</summary>
    public IReadOnlyList<string> FilesUnder(string path) => Find(path) is { Content: null } folder
        ? [.. folder.Names.SelectMany(n => n.Value.Content is not null
            ? [n.Key]
            : FilesUnder($"{path}/{n.Key}").Select(f => $"{n.Key}/{f}"))]
        : [];

    /// <summary>The power fails: what is left is what was durable, and by chance some of the rest.</summary>
    public void CutPower(Random random) => _root.Cut(random);

    private void Check(string kind, string path)
    {
        if (Enter(kind, path) is not 0 and var error)
        {
            throw Failure(kind, path, error);
        }
    }

    private int Enter(string kind, string path)
    {
        world.Enter(kind, path);
        return Fault(kind);
    }

    private static StorageException Failure(string kind, string path, int error) =>
        new($"{kind} of {path} failed (errno {error}).", error);

    private (Node Folder, string Name) Locate(string path) =>
        (Find(Path.GetDirectoryName(path)!) ?? throw Failure("find", path, 2), Path.GetFileName(path));

    private Node Require(string path) => Find(path) ?? throw Failure("find", path, 2);

    private Node? Find(string path)
    {
        Node? node = _root;
        foreach (string name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            node = node?.Names.GetValueOrDefault(name);
        }

        return node;
    }

    /// <summary>A file, or with null for content a folder.</summary>
    private sealed class Node(byte[]? content)
    {
        /// <summary>For each name that changed since the last sync, what it stood for, the durable first.</summary>
        private readonly List<(string Name, List<Node?> States)> _pending = [];

        public byte[]? Content { get; private set; } = content;

        public bool Synced { get; set; }

        public DateTimeOffset Modified { get; init; }

        public Dictionary<string, Node> Names { get; } = new(StringComparer.Ordinal);

        public void Set(string name, Node? node)
        {
            Node? before = Names.GetValueOrDefault(name);
            int known = _pending.FindIndex(p => p.Name == name);
            if (known < 0)
            {
                _pending.Add((name, [before, node]));
            }
            else
            {
                _pending[known].States.Add(node);
            }

            Put(name, node);
        }

        public void MakeDurable() => _pending.Clear();

        public void Cut(Random random)
        {
            foreach ((string name, List<Node?> states) in _pending)
            {
                Put(name, states[random.Next(states.Count)]);
            }

            _pending.Clear();
            foreach ((string name, Node node) in Names.ToArray())
            {
                if (node.Content is null)
                {
                    node.Cut(random);
                }
                else if (!node.Synced)
                {
                    node.Content = Torn(node.Content, random);
                    node.Synced = true;
                    Put(name, node.Content is null ? null : node);
                }
            }
        }

        /// <summary>Null for absent.</summary>
        private static byte[]? Torn(byte[] whole, Random random)
        {
            byte[] kept = whole[..random.Next(whole.Length + 1)];
            switch (random.Next(5))
            {
                case 0:
                    return null;
                case 1:
                    return [];
                case 2:
                    return kept;
                case 3:
                    return whole;
                default:
                    byte[] garbage = new byte[random.Next(1, 40)];
                    random.NextBytes(garbage);
                    return [.. kept, .. garbage];
            }
        }

        private void Put(string name, Node? node)
        {
            if (node is null)
            {
                Names.Remove(name);
            }
            else
            {
                Names[name] = node;
            }
        }
    }
}
