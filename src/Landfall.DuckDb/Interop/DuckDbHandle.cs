using System.Runtime.InteropServices;

namespace Landfall.DuckDb.Interop;

/// <summary>
/// A native object and, where it hangs on another, a reference to that one: whatever the order of disposal or
/// finalization, the parent goes last.
/// </summary>
internal abstract class DuckDbHandle : SafeHandle
{
    private SafeHandle? _parent;

    protected DuckDbHandle()
        : base(IntPtr.Zero, ownsHandle: true)
    {
    }

    public override bool IsInvalid => handle == IntPtr.Zero;

    /// <summary>Keeps the parent's native object until this one is released. Call once, right after creation.</summary>
    public void HangOn(SafeHandle parent)
    {
        bool added = false;
        parent.DangerousAddRef(ref added);
        _parent = parent;
    }

    protected sealed override bool ReleaseHandle()
    {
        Destroy();
        handle = IntPtr.Zero;
        _parent?.DangerousRelease();
        return true;
    }

    protected abstract void Destroy();
}
