namespace LipSync.Rendering;

/// <summary>The renderers of this machine, by name. A new one is one class and one entry here.</summary>
public sealed class RendererCatalog(params IEnumerable<ILipSyncRenderer> renderers)
{
    private readonly Dictionary<string, ILipSyncRenderer> byName = renderers.ToDictionary(renderer => renderer.Name, StringComparer.Ordinal);

    /// <summary>What is used unless another is asked for: the first.</summary>
    public ILipSyncRenderer Default { get; } = renderers.First();

    /// <exception cref="InvalidOperationException">This machine doesn't have it.</exception>
    public ILipSyncRenderer this[string name] => byName.TryGetValue(name, out var renderer)
        ? renderer
        : throw new InvalidOperationException($"The plan asks for the renderer '{name}', which is not installed here.");
}
