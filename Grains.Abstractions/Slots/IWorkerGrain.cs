using System.Collections.Immutable;

namespace LipSync.Slots;

/// <summary>
/// Speaks for one process of the cluster, and lives in it. Its key is the worker id (<c>LipSync:Slots:Worker</c>). Calls to a
/// worker that is not in the cluster fail at once.
/// </summary>
[Alias("LipSync.IWorkerGrain")]
public interface IWorkerGrain : IGrainWithStringKey
{
    [Alias("Describe")]
    Task<WorkerView> Describe();

    /// <summary>Stops the process as SIGTERM does: its slots drain, its grains move, it exits. Answers at once.</summary>
    [Alias("Drain")]
    Task Drain();
}

/// <param name="Role">What the process hosts: <c>All</c>, <c>Control</c> or <c>Gpu</c>.</param>
/// <param name="Silo">Its address in the cluster.</param>
/// <param name="Processors">Processor cores that it may use.</param>
/// <param name="Devices">One for each of its slots.</param>
/// <param name="Draining">Whether it is about to stop.</param>
[GenerateSerializer, Immutable, Alias("LipSync.WorkerView")]
public sealed record WorkerView(
    [property: Id(0)] string Worker,
    [property: Id(1)] string Role,
    [property: Id(2)] string Silo,
    [property: Id(3)] DateTimeOffset Started,
    [property: Id(4)] string Version,
    [property: Id(5)] int Processors,
    [property: Id(6)] ImmutableArray<DeviceView> Devices,
    [property: Id(7)] bool Draining);

/// <param name="Name">Its name in its slot's key.</param>
/// <param name="Pool">The pool of its slot.</param>
/// <param name="Hardware">What it is.</param>
/// <param name="Model">What does the work, and on what.</param>
[GenerateSerializer, Immutable, Alias("LipSync.DeviceView")]
public sealed record DeviceView(
    [property: Id(0)] string Name,
    [property: Id(1)] string Pool,
    [property: Id(2)] string Hardware,
    [property: Id(3)] string Model);
