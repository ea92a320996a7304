namespace LipSync.Rendering;

/// <summary>Parts of the built-in renderer that it works without, only worse: an ablation leaves one out and measures how much worse.</summary>
[Flags]
internal enum EngineParts
{
    None = 0,

    /// <summary>The speaker's own way of opening, learnt from the source's own speech.</summary>
    Adaptation = 1,

    /// <summary>Mouths are chosen by what is said, too.</summary>
    SoundTerm = 1 << 1,

    /// <summary>Lips are slower than sounds.</summary>
    Inertia = 1 << 2,

    /// <summary>Cuts between mouths are softened.</summary>
    CrossFade = 1 << 3,

    /// <summary>A mouth from elsewhere takes on the colour of its surroundings.</summary>
    ColourMatch = 1 << 4,

    All = Adaptation | SoundTerm | Inertia | CrossFade | ColourMatch,
}
