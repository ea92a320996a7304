using LipSync.Basics;

namespace LipSync.Speech.Adaptation;

/// <summary>
/// Ridge regression whose moments are gathered block by block, so that it can be solved on all blocks but one. Neighbouring frames are
/// no second opinion about each other; blocks of a second are.
/// </summary>
internal sealed class BlockRegression
{
    private readonly int inputs;
    private readonly (double[] Moments, double[] Products)[] blocks;

    private BlockRegression(int inputs, int blocks)
    {
        this.inputs = inputs;
        this.blocks = [.. Enumerable.Range(0, blocks).Select(_ => (new double[inputs * inputs], new double[inputs]))];
    }

    public int Blocks => blocks.Length;

    /// <param name="lessons">In order of their blocks, which are numbered from 0 without gaps.</param>
    public static BlockRegression Of(IReadOnlyList<Lesson> lessons, Func<Lesson, double[]> input, Func<Lesson, double> output)
    {
        var regression = new BlockRegression(input(lessons[0]).Length, lessons[^1].Block + 1);
        foreach (var lesson in lessons)
        {
            regression.Add(lesson.Block, input(lesson), output(lesson));
        }

        return regression;
    }

    public static double Predict(double[] weights, double[] input)
    {
        var sum = 0.0;
        for (var i = 0; i < weights.Length; i++)
        {
            sum += weights[i] * input[i];
        }

        return sum;
    }

    /// <summary>The weights of the inputs.</summary>
    /// <param name="ridge">Draws them to 0 as so many samples do whose inputs have a spread of 1.</param>
    /// <param name="without">A block that doesn't count.</param>
    public double[] Solve(double ridge, int without = -1)
    {
        var matrix = new double[inputs * inputs];
        var right = new double[inputs];
        for (var block = 0; block < blocks.Length; block++)
        {
            if (block != without)
            {
                Accumulate(blocks[block].Moments, matrix);
                Accumulate(blocks[block].Products, right);
            }
        }

        for (var i = 0; i < inputs; i++)
        {
            matrix[(i * inputs) + i] += ridge;
        }

        CholeskySolver.Solve(matrix, right);
        return right;
    }

    private void Add(int block, double[] input, double output)
    {
        var (moments, products) = blocks[block];
        for (var row = 0; row < inputs; row++)
        {
            products[row] += input[row] * output;
            for (var column = 0; column <= row; column++)
            {
                moments[(row * inputs) + column] += input[row] * input[column];
            }
        }
    }

    private static void Accumulate(double[] values, double[] sums)
    {
        for (var i = 0; i < sums.Length; i++)
        {
            sums[i] += values[i];
        }
    }
}
