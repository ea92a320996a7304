namespace LipSync.Jobs;

/// <summary>Where a job stands.</summary>
public enum JobPhase { None, Submitted, Refused, Queued, Ingesting, Analyzing, Rendering, Assembling, Completed, Failed, Cancelled }

/// <summary>What can happen to a job.</summary>
public enum JobEvent
{
    /// <summary>The customer's request arrived.</summary>
    Submit,

    /// <summary>The account holds the credits.</summary>
    CreditsHeld,

    /// <summary>The account has too few credits.</summary>
    CreditsRefused,

    /// <summary>A slot begins an item.</summary>
    Begin,

    /// <summary>Both inputs are in normal form.</summary>
    Ingested,

    /// <summary>Faces are tracked and mouths planned.</summary>
    Analyzed,

    /// <summary>A chunk is rendered, others are not.</summary>
    ChunkRendered,

    /// <summary>The last open chunk is rendered.</summary>
    AllRendered,

    /// <summary>The output lies in the media store.</summary>
    Assembled,

    /// <summary>A machine failed at an item, which will be tried again.</summary>
    AttemptFailed,

    /// <summary>A slot gave an item back unfinished, through no fault of the item.</summary>
    ItemReturned,

    /// <summary>The customer wants the job no longer, or was told that it was not accepted.</summary>
    Cancel,

    /// <summary>The job can't be done.</summary>
    Fail,

    /// <summary>The report on the inputs lies in the media store, which is all that a preflight makes.</summary>
    Inspected,
}

/// <summary>
/// The whole life of a job as one table: for every phase and event the next phase, or null where the event is ignored
/// (a repetition, or a report that came too late).
/// </summary>
public static class JobStateMachine
{
    private const JobPhase Sub = JobPhase.Submitted, Ref = JobPhase.Refused, Que = JobPhase.Queued, Ing = JobPhase.Ingesting,
        Ana = JobPhase.Analyzing, Ren = JobPhase.Rendering, Asm = JobPhase.Assembling, Com = JobPhase.Completed, Fai = JobPhase.Failed,
        Can = JobPhase.Cancelled;

    private static JobPhase? ___ => null;

    private static readonly JobPhase?[][] Table =
    [
        //             Submit Held  Refusd Begin Ingest Analyz Chunk  All    Assem  Attempt Return Cancel Fail Inspec
        /* None       */ [Sub, ___, ___, ___, ___, ___, ___, ___, ___, ___, ___, Can, ___, ___],
        /* Submitted  */ [___, Que, Ref, ___, ___, ___, ___, ___, ___, ___, ___, Can, ___, ___],
        /* Refused    */ [___, ___, ___, ___, ___, ___, ___, ___, ___, ___, ___, ___, ___, ___],
        /* Queued     */ [___, ___, ___, Ing, Ana, ___, ___, ___, ___, Que, Que, Can, Fai, Com],
        /* Ingesting  */ [___, ___, ___, Ing, Ana, ___, ___, ___, ___, Ing, Ing, Can, Fai, Com],
        /* Analyzing  */ [___, ___, ___, Ana, ___, Ren, ___, ___, ___, Ana, Ana, Can, Fai, ___],
        /* Rendering  */ [___, ___, ___, Ren, ___, ___, Ren, Asm, ___, Ren, Ren, Can, Fai, ___],
        /* Assembling */ [___, ___, ___, Asm, ___, ___, ___, ___, Com, Asm, Asm, Can, Fai, ___],
        /* Completed  */ [___, ___, ___, ___, ___, ___, ___, ___, ___, ___, ___, ___, ___, ___],
        /* Failed     */ [___, ___, ___, ___, ___, ___, ___, ___, ___, ___, ___, ___, ___, ___],
        /* Cancelled  */ [___, ___, ___, ___, ___, ___, ___, ___, ___, ___, ___, ___, ___, ___],
    ];

    /// <summary>The phase after an event; null: the event is ignored.</summary>
    public static JobPhase? Next(JobPhase phase, JobEvent what) => Table[(int)phase][(int)what];

    /// <summary>Whether nothing more will happen.</summary>
    public static bool IsEnd(this JobPhase phase) => phase is JobPhase.Refused or JobPhase.Completed or JobPhase.Failed or JobPhase.Cancelled;

    /// <summary>The phase as the customer sees it.</summary>
    public static JobStatus ToStatus(this JobPhase phase) => phase switch
    {
        JobPhase.Submitted or JobPhase.Queued => JobStatus.Queued,
        JobPhase.Ingesting or JobPhase.Analyzing or JobPhase.Rendering or JobPhase.Assembling => JobStatus.Processing,
        JobPhase.Completed => JobStatus.Completed,
        JobPhase.Failed => JobStatus.Failed,
        JobPhase.Cancelled => JobStatus.Cancelled,
        _ => throw new ArgumentOutOfRangeException(nameof(phase), phase, "No customer sees a job in this phase."),
    };

    /// <summary>The stage that works in this phase; null: none.</summary>
    public static Stage? ToStage(this JobPhase phase) => phase switch
    {
        JobPhase.Queued or JobPhase.Ingesting => Stage.Ingest,
        JobPhase.Analyzing => Stage.Analyze,
        JobPhase.Rendering => Stage.Render,
        JobPhase.Assembling => Stage.Assemble,
        _ => null,
    };
}
