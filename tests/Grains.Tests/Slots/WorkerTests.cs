using System.Diagnostics;
using LipSync.Slots;
using LipSync.Slots.Workers;

namespace LipSync.Tests.Slots;

public sealed class WorkerTests
{
    [Fact]
    public async Task Grains_OfSeveralWorkers_LiveEachInTheirOwnProcess()
    {
        await using var cluster = await WorkerCluster.Start("gpu-1", "gpu-2", "gpu-3");
        var workers = await Task.WhenAll(new[] { "gpu-1", "gpu-2", "gpu-3" }.Select(Describe));
        Assert.Equal(["gpu-1", "gpu-2", "gpu-3"], workers.Select(worker => worker.Worker));
        Assert.Equal(3, workers.Select(worker => worker.Silo).Distinct().Count());
        Assert.All(workers, worker => Assert.Equal(["cpu-0", "media-0", "media-1"], worker.Devices.Select(device => device.Name)));

        foreach (var name in workers.Select(worker => worker.Worker))
        {
            Assert.Equal(name, (await cluster.Grains.GetGrain<IInferenceGrain>($"{name}/cpu-0").Describe())!.Worker);
        }

        Task<WorkerView> Describe(string name) => cluster.Grains.GetGrain<IWorkerGrain>(name).Describe();
    }

    [Fact]
    public async Task Members_OfSeveralWorkers_AreListedByTheirNames()
    {
        await using var cluster = await WorkerCluster.Start("gpu-1", "control");
        var worker = await cluster.Grains.GetGrain<IWorkerGrain>("gpu-1").Describe();

        var members = await cluster.Grains.GetGrain<IMembersGrain>(0).List();

        Assert.Equal(["control", "gpu-1"], members.Select(member => member.Worker));
        Assert.Equal(worker.Silo, members[1].Silo);
        Assert.All(members, member => Assert.False(member.Draining));
    }

    [Fact]
    public async Task Call_NoSuchWorker_FailsAtOnceAndNamesIt()
    {
        await using var cluster = await WorkerCluster.Start("gpu-1", "gpu-2");
        var start = Stopwatch.StartNew();
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => cluster.Grains.GetGrain<IInferenceGrain>("gpu-9/cuda-0").Describe());
        Assert.Contains("the worker 'gpu-9'", failure.ToString(), StringComparison.Ordinal);
        Assert.InRange(start.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5)); // a call without an answer takes 30
    }

    [Fact]
    public async Task Call_WorkerCrashedAndCameBack_ReachesTheNewProcess()
    {
        await using var cluster = await WorkerCluster.Start("control", "gpu-1");
        var worker = cluster.Grains.GetGrain<IWorkerGrain>("gpu-1");
        var before = await worker.Describe();
        await cluster.Kill(before.Silo);
        await cluster.Add("gpu-1");

        // The other silos learn the newcomer's name a moment after it runs.
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        WorkerView? after = null;
        while (after is null && await timer.WaitForNextTickAsync(patience.Token))
        {
            try
            {
                after = await worker.Describe();
            }
            catch (WorkerAbsentException)
            {
                // Not yet.
            }
        }

        Assert.NotEqual(before.Silo, after!.Silo);
    }

    [Fact]
    public async Task Start_NameOfALivingWorker_IsRefused()
    {
        await using var cluster = await WorkerCluster.Start("control", "gpu-1");
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => cluster.Add("gpu-1"));
        Assert.Contains("Give each process of the cluster a name of its own", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Drain_Asked_StopsThatProcessOnly()
    {
        await using var cluster = await WorkerCluster.Start("gpu-1", "gpu-2");
        var (one, two) = (cluster.Grains.GetGrain<IWorkerGrain>("gpu-1"), cluster.Grains.GetGrain<IWorkerGrain>("gpu-2"));
        var stopping = cluster.Lifetime((await one.Describe()).Silo).ApplicationStopping;
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = stopping.Register(stopped.SetResult);
        await one.Drain();
        await stopped.Task.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.True(stopping.IsCancellationRequested);
        Assert.False((await two.Describe()).Draining);
    }
}
