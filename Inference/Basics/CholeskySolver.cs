namespace LipSync.Basics;

/// <summary>Solves symmetric, positive definite systems of linear equations.</summary>
internal static class CholeskySolver
{
    /// <param name="matrix">n x n, row by row; its lower half is overwritten by the factor.</param>
    /// <param name="right">n values; overwritten by the solution.</param>
    public static void Solve(double[] matrix, double[] right)
    {
        var n = right.Length;
        for (var row = 0; row < n; row++)
        {
            for (var column = 0; column <= row; column++)
            {
                var value = matrix[(row * n) + column] - Dot(matrix.AsSpan(row * n, column), matrix.AsSpan(column * n, column));
                matrix[(row * n) + column] = row == column ? Math.Sqrt(value) : value / matrix[(column * n) + column];
            }
        }

        for (var row = 0; row < n; row++)
        {
            right[row] = (right[row] - Dot(matrix.AsSpan(row * n, row), right.AsSpan(0, row))) / matrix[(row * n) + row];
        }

        for (var row = n - 1; row >= 0; row--)
        {
            for (var below = row + 1; below < n; below++)
            {
                right[row] -= matrix[(below * n) + row] * right[below];
            }

            right[row] /= matrix[(row * n) + row];
        }
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }
}
