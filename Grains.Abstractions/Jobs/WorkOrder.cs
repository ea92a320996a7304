using System.Collections.Immutable;
using LipSync.Accounts;

namespace LipSync.Jobs;

/// <summary>What a slot is asked to do for one work item: references and frame ranges, never pixels.</summary>
[GenerateSerializer, Immutable, Alias("LipSync.WorkOrder")]
public abstract record WorkOrder;

/// <summary>Fetch both inputs, probe them, bring them into normal form.</summary>
[GenerateSerializer, Immutable, Alias("LipSync.IngestOrder")]
public sealed record IngestOrder(
    [property: Id(0)] InputType InputType,
    [property: Id(1)] MediaSource Visual,
    [property: Id(2)] MediaSource Speech,
    [property: Id(3)] JobSettings Settings,
    [property: Id(4)] PlanLimits Limits) : WorkOrder;

/// <summary>Track the faces and plan every output frame's mouth, once for the whole video.</summary>
[GenerateSerializer, Immutable, Alias("LipSync.AnalyzeOrder")]
public sealed record AnalyzeOrder(
    [property: Id(0)] IngestResult Media,
    [property: Id(1)] JobSettings Settings) : WorkOrder;

/// <summary>Render output frames <paramref name="FirstFrame"/> to FirstFrame + FrameCount - 1 into the artifact <paramref name="ChunkKey"/>.</summary>
[GenerateSerializer, Immutable, Alias("LipSync.RenderOrder")]
public sealed record RenderOrder(
    [property: Id(0)] IngestResult Media,
    [property: Id(1)] AnalyzeResult Analysis,
    [property: Id(2)] int FirstFrame,
    [property: Id(3)] int FrameCount,
    [property: Id(4)] string ChunkKey) : WorkOrder;

/// <summary>Join the chunks and mux the speech, once; then look at the result again.</summary>
/// <param name="Review">Where the review's artifacts go.</param>
/// <param name="IsLastAttempt">Every attempt before failed: what is not needed to deliver the video is left out rather than to fail again.</param>
[GenerateSerializer, Immutable, Alias("LipSync.AssembleOrder")]
public sealed record AssembleOrder(
    [property: Id(0)] IngestResult Media,
    [property: Id(1)] ImmutableArray<string> ChunkKeys,
    [property: Id(2)] string OutputKey,
    [property: Id(3)] AnalyzeResult Analysis,
    [property: Id(4)] ReviewKeys Review,
    [property: Id(5)] bool IsLastAttempt) : WorkOrder;
