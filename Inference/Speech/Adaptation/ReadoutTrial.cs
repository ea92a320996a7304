namespace LipSync.Speech.Adaptation;

/// <summary>What a ridge is worth: each block is read with the weights that all others gave.</summary>
/// <param name="Gain">By how much the mean squared error is smaller than without weights.</param>
/// <param name="Share">0 … 1: how far the gain is more than chance, after James and Stein: 1 - (standard error / gain)².</param>
/// <param name="Read">What each lesson was read as, with so much of the weights as that share.</param>
internal sealed record ReadoutTrial(double Ridge, double Gain, double Share, float[] Read)
{
    public static ReadoutTrial Of(BlockRegression regression, IReadOnlyList<Lesson> lessons, Func<double, double> habitual, double ridge)
    {
        var weights = Enumerable.Range(0, regression.Blocks).Select(block => regression.Solve(ridge, without: block)).ToArray();
        var departures = lessons.Select(lesson => BlockRegression.Predict(weights[lesson.Block], lesson.Heard)).ToArray();
        var gains = lessons.Zip(departures)
            .GroupBy(pair => pair.First.Block, pair => Gain(pair.First.Seen - habitual(pair.First.Expected), pair.Second))
            .Select(block => block.Average()).ToList();
        var gain = gains.Average();
        var variance = gains.Sum(one => (one - gain) * (one - gain)) / (gains.Count - 1);
        var share = gain > 0 ? Math.Max(0, 1 - (variance / gains.Count / (gain * gain))) : 0;
        return new(ridge, gain, share, [.. lessons.Zip(departures, (lesson, departure) => (float)(habitual(lesson.Expected) + (share * departure)))]);

        static double Gain(double truth, double read) => (truth * truth) - ((truth - read) * (truth - read));
    }
}
