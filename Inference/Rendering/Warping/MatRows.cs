using OpenCvSharp;

namespace LipSync.Rendering.Warping;

internal static class MatRows
{
    /// <summary>One row of a matrix as a span, without a copy.</summary>
    public static unsafe Span<T> Row<T>(this Mat mat, int row)
        where T : unmanaged => new((void*)mat.Ptr(row), mat.Cols);
}
