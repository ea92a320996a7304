using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Orleans.Storage;

namespace LipSync.Tests.Hosting;

/// <summary>Grain storage in memory, serialised as the real one is, that fails where a test asks for it.</summary>
internal sealed class MemoryState(Serializer serializer) : IGrainStorage
{
    private readonly ConcurrentDictionary<(string Name, GrainId Grain), (byte[] Bytes, string ETag)> records = new();
    private readonly ConcurrentDictionary<string, (int After, bool Stored)> faults = new(StringComparer.Ordinal);

    private readonly Lock writing = new();

    /// <summary>Writes of each kind of state.</summary>
    public ConcurrentDictionary<string, int> Writes { get; } = new(StringComparer.Ordinal);

    /// <summary>Readings of each kind of state.</summary>
    public ConcurrentDictionary<string, int> Reads { get; } = new(StringComparer.Ordinal);

    /// <summary>Faults that fired.</summary>
    public int Fired { get; private set; }

    public int Records => records.Count;

    /// <summary>Lets one write of this kind of state fail, before or after it was stored.</summary>
    public void FailWrite(string name, bool afterStoring = false, int skip = 0) => faults[name] = (skip, afterStoring);

    /// <summary>Lets the next reading of this kind of state fail.</summary>
    public void FailRead(string name) => faults[ReadingOf(name)] = (0, false);

    /// <summary>What is stored, also when the silo is gone.</summary>
    public T Read<T>(string name, string key)
    {
        using var services = new ServiceCollection().AddSerializer().BuildServiceProvider();
        var record = records.Single(record => record.Key.Name == name && record.Key.Grain.Key.ToString() == key).Value;
        return services.GetRequiredService<Serializer>().Deserialize<T>(record.Bytes)!;
    }

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        Reads.AddOrUpdate(stateName, 1, (_, count) => count + 1);
        if (TakeFault(ReadingOf(stateName)) is not null)
        {
            throw new IOException("The test's disk can't be read.");
        }

        if (records.TryGetValue((stateName, grainId), out var record))
        {
            grainState.State = serializer.Deserialize<T>(record.Bytes)!;
            (grainState.ETag, grainState.RecordExists) = (record.ETag, true);
        }

        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        Writes.AddOrUpdate(stateName, 1, (_, count) => count + 1);
        var fault = TakeFault(stateName);
        if (fault is { Stored: false })
        {
            throw new IOException("The test's disk is full.");
        }

        var next = (Bytes: serializer.SerializeToArray(grainState.State), ETag: Guid.NewGuid().ToString());
        lock (writing)
        {
            if (records.TryGetValue((stateName, grainId), out var record) && record.ETag != grainState.ETag)
            {
                throw new InconsistentStateException("A stale etag.");
            }

            records[(stateName, grainId)] = next;
        }

        if (fault is not null)
        {
            throw new TimeoutException("The test's disk answered too late.");
        }

        (grainState.ETag, grainState.RecordExists) = (next.ETag, true);
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        records.TryRemove((stateName, grainId), out _);
        grainState.State = Activator.CreateInstance<T>();
        grainState.ETag = null;
        grainState.RecordExists = false;
        return Task.CompletedTask;
    }

    private static string ReadingOf(string name) => $"{name}, reading";

    private (int After, bool Stored)? TakeFault(string name)
    {
        if (!faults.TryGetValue(name, out var fault))
        {
            return null;
        }

        if (fault.After > 0)
        {
            faults[name] = fault with { After = fault.After - 1 };
            return null;
        }

        faults.TryRemove(name, out _);
        Fired++;
        return fault;
    }
}
