using LipSync.Benchmarks;
using LipSync.Benchmarks.Cluster;
using LipSync.Benchmarks.Quality;

if (args is ["psnr", var one, var other])
{
    return await PictureCheck.Run(one, other);
}

if (args is ["quality", .. var rest])
{
    return await QualityCommand.Run(rest, CancellationToken.None);
}

if (args is ["cluster", .. var experiments])
{
    return await ClusterCommand.Run(experiments);
}

if (BenchmarkOptions.Parse(args) is not { } options)
{
    await Console.Error.WriteLineAsync(BenchmarkOptions.Usage);
    return 2;
}

await PipelineBenchmark.Run(options, CancellationToken.None);
return 0;
