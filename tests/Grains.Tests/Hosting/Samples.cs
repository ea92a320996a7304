using LipSync.Accounts;
using LipSync.Jobs;

namespace LipSync.Tests.Hosting;

/// <summary>Requests and results as tests need them.</summary>
internal static class Samples
{
    public const string Account = "acc-1";
    public static readonly PlanLimits Limits = new(Plan.Free, 10, 120, 200_000_000);

    public static JobSpec Spec(double? maxDuration = null, SyncMode syncMode = SyncMode.Bounce, NoFacePolicy noFace = NoFacePolicy.Passthrough) => new()
    {
        AccountId = Account,
        InputType = InputType.Video,
        Visual = new(Url: null, UploadKey: "uploads/video"),
        Speech = new(Url: null, UploadKey: "uploads/speech"),
        Settings = new(720, 25, maxDuration, syncMode, noFace),
        Limits = Limits,
    };

    public static AnalyzeResult Analysis(int frames) => new("media/faces/f", "plan", 1, frames, "plan.json");

    public static IngestResult Media(int frames) => new("media/video/v.mp4", "media/speech/s.flac", "media/faces/f", 1280, 720, 25, frames, frames);
}
