using LipSync.Jobs;
using LipSync.Media;

namespace LipSync.Steps;

/// <summary>Fetches both inputs, brings them into normal form and tracks the video's faces.</summary>
public sealed class IngestStep(SourceFetcher fetcher, NormalMedia normal)
{
    public async Task<IngestResult> Run(IngestOrder order, StepContext context, CancellationToken cancellationToken)
    {
        var speech = await Speech(order, context, cancellationToken);
        context.Progress.Report(0.1);
        using var source = await fetcher.FetchVisual(order.InputType, order.Visual, order.Limits, context, cancellationToken);
        var seconds = NormalMedia.CutOf(order.Settings, order.Limits, speech.Seconds);
        var visual = await normal.Visual(source.Path, order.InputType, order.Settings, seconds, context, cancellationToken);
        return visual.With(speech, order.Settings);
    }

    private async Task<NormalSpeech> Speech(IngestOrder order, StepContext context, CancellationToken cancellationToken)
    {
        using var source = await fetcher.FetchSpeech(order.Speech, order.Limits, context, cancellationToken);
        return await normal.Speech(source.Path, order.Settings, order.Limits, context, cancellationToken);
    }
}
