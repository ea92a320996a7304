namespace LipSync.Slots.Leases;

/// <summary>How an attempt at an item ended.</summary>
internal enum Ending
{
    Finished,

    /// <summary>The input can't be used.</summary>
    Refused,

    /// <summary>The job had no use for it any more, or stayed silent and offers it again once it is back.</summary>
    Unwanted,

    /// <summary>Through the machine's fault.</summary>
    Failed,

    /// <summary>The media store can't be reached.</summary>
    StoreAway,

    /// <summary>The job could not be asked, or not be told.</summary>
    JobAway,

    /// <summary>The slot drains.</summary>
    HandedBack,

    /// <summary>The item is another's now, or its job ended.</summary>
    Lost,
}
