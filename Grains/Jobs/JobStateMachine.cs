namespace LipSync.Jobs;

/// <summary>Where a job stands.</summary>
public enum JobPhase { None, Submitted, Refused, Queued, Ingesting, Analyzing, Rendering, Assembling, Completed, Failed, Cancelled, Expired, Deleted, Waiting }

/// <summary>What can happen to a job.</summary>
public enum JobEvent
{
    /// <summary>The customer's request arrived.</summary>
    Submit,

    /// <summary>The account holds the credits and has a place for the job among those that are worked on.</summary>
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

    /// <summary>The customer wants nothing of the ended job to be left.</summary>
    Delete,

    /// <summary>The output was kept as long as it had to be.</summary>
    Expire,

    /// <summary>The account holds the credits, but as many of its jobs are worked on as its plan allows.</summary>
    PlaceAwaited,

    /// <summary>The account has a place for the job.</summary>
    TurnTaken,

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
        Can = JobPhase.Cancelled, Exp = JobPhase.Expired, Del = JobPhase.Deleted, Wai = JobPhase.Waiting;

    private static JobPhase? ___ => null;

    private static readonly JobPhase?[][] Table =
    [
        //              Subm Held Refu Begi Inge Anal Chnk All  Asse Atte Retu Canc Fail Dele Expi Plac Turn Insp
        /* None       */ [Sub, ___, ___, ___, ___, ___, ___, ___, ___, ___, ___, Can, ___, ___, ___, ___, ___, ___],
        /* Submitted  */ [___, Que, Ref, ___, ___, ___, ___, ___, ___, ___, ___, Can, ___, ___, ___, Wai, ___, ___],
        /* Refused    */ [___, ___, ___, ___, ___, ___, ___, ___, ___, ___, ___, ___, ___, ___, ___, ___, ___, ___],
        /* Queued     */ [___, ___, ___, Ing, Ana, ___, ___, ___, ___, Que, Que, Can, Fai, ___, ___, ___, ___, Com],
        /* Ingesting  */ [___, ___, ___, Ing, Ana, ___, ___, ___, ___, Ing, Ing, Can, Fai, ___, ___, ___, ___, Com],
        /* Analyzing  */ [___, ___, ___, Ana, ___, Ren, ___, ___, ___, Ana, Ana, Can, Fai, ___, ___, ___, ___, ___],
        /* Rendering  */ [___, ___, ___, Ren, ___, ___, Ren, Asm, ___, Ren, Ren, Can, Fai, ___, ___, ___, ___, ___],
        /* Assembling */ [___, ___, ___, Asm, ___, ___, ___, ___, Com, Asm, Asm, Can, Fai, ___, ___, ___, ___, ___],
        /* Completed  */ [___, ___, ___, ___, ___, ___, ___, ___, ___, ___, ___, ___, ___, Del, Exp, ___, ___, ___],
        /* Failed     */ [___, ___, ___, ___, ___, ___, ___, ___, ___, ___, ___, ___, ___, Del, ___, ___, ___, ___],
        /* Cancelled  */ [___, ___, ___, ___, ___, ___, ___, ___, ___, ___, ___, ___, ___, Del, ___, ___, ___, ___],
        /* Expired    */ [___, ___, ___, ___, ___, ___, ___, ___, ___, ___, ___, ___, ___, Del, ___, ___, ___, ___],
        /* Deleted    */ [___, ___, ___, ___, ___, ___, ___, ___, ___, ___, ___, ___, ___, ___, ___, ___, ___, ___],
        /* Waiting    */ [___, ___, ___, ___, ___, ___, ___, ___, ___, ___, ___, Can, ___, ___, ___, ___, Que, ___],
    ];

    /// <summary>The phase after an event; null: the event is ignored.</summary>
    public static JobPhase? Next(JobPhase phase, JobEvent what) => Table[(int)phase][(int)what];

    /// <summary>Whether the work is over: all that can follow is that what it left behind is deleted.</summary>
    public static bool IsEnd(this JobPhase phase) =>
        phase is JobPhase.Refused or JobPhase.Completed or JobPhase.Failed or JobPhase.Cancelled or JobPhase.Expired or JobPhase.Deleted;

    /// <summary>Whether nothing that the job made is kept.</summary>
    public static bool IsEmpty(this JobPhase phase) => phase is JobPhase.Expired or JobPhase.Deleted;

    /// <summary>The phase as the customer sees it.</summary>
    public static JobStatus ToStatus(this JobPhase phase) => phase switch
    {
        JobPhase.Submitted or JobPhase.Waiting or JobPhase.Queued => JobStatus.Queued,
        JobPhase.Ingesting or JobPhase.Analyzing or JobPhase.Rendering or JobPhase.Assembling => JobStatus.Processing,
        JobPhase.Completed or JobPhase.Expired => JobStatus.Completed,
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
