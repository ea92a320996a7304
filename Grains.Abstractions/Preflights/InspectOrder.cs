using LipSync.Accounts;
using LipSync.Jobs;

namespace LipSync.Preflights;

/// <summary>Look at the inputs of a request as a job would find them, and store a report of what was found.</summary>
/// <param name="Speech">Null: the request names none yet.</param>
[GenerateSerializer, Immutable, Alias("LipSync.InspectOrder")]
public sealed record InspectOrder(
    [property: Id(0)] InputType InputType,
    [property: Id(1)] MediaSource Visual,
    [property: Id(2)] MediaSource? Speech,
    [property: Id(3)] JobSettings Settings,
    [property: Id(4)] PlanLimits Limits) : WorkOrder;

/// <param name="ReportKey">What was found, in the media store: JSON. Inputs that can't be used are found, too.</param>
[GenerateSerializer, Immutable, Alias("LipSync.InspectResult")]
public sealed record InspectResult([property: Id(0)] string ReportKey) : StageResult;
