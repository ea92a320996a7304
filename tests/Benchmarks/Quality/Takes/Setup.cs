using LipSync.Rendering;
using LipSync.Speech;

namespace LipSync.Benchmarks.Quality.Takes;

/// <summary>A way of making takes: the product's own, or the product with something taken from it or given to it.</summary>
/// <param name="Name">Tells setups apart.</param>
/// <param name="Parts">What the renderer works with.</param>
/// <param name="OwnSound">The speaker is learnt from the source's own sound.</param>
/// <param name="Hearing">Stands around the product's mouth tracker.</param>
internal sealed record Setup(string Name, EngineParts Parts, bool OwnSound, Func<IMouthTracker, IMouthTracker> Hearing)
{
    public static Setup Product { get; } = new("product", EngineParts.All, OwnSound: true, tracker => tracker);

    public static Setup WithoutOwnSound { get; } = Product with { Name = "without own sound", OwnSound = false };

    public static Setup Without(EngineParts part) => Product with { Name = $"without {part}", Parts = EngineParts.All & ~part };
}
