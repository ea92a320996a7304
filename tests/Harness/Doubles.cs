using System.Globalization;
using LipSync.Accounts;
using LipSync.Jobs;
using LipSync.Storage;
using LipSync.Tests.Faults;

namespace LipSync.Tests;

/// <summary>
/// What tests put into a process, by its environment:
/// <list type="bullet">
/// <item><c>LIPSYNC_FAULT</c>: a <see cref="FaultPoint"/> at which the process kills itself, noted in the file <c>LIPSYNC_FAULT_NOTE</c>.</item>
/// <item><c>LIPSYNC_SLEEPING_ENGINE</c>: milliseconds that a frame takes in the <see cref="SleepingEngine"/>, which stands in for the real one.</item>
/// </list>
/// </summary>
public static class Doubles
{
    public static void Add(WebApplicationBuilder builder)
    {
        if (Environment.GetEnvironmentVariable("LIPSYNC_SLEEPING_ENGINE") is { } milliseconds)
        {
            builder.Services.AddSingleton<ILipSyncEngine>(new SleepingEngine(TimeSpan.FromMilliseconds(double.Parse(milliseconds, CultureInfo.InvariantCulture))));
        }

        if (Environment.GetEnvironmentVariable("LIPSYNC_FAULT") is { Length: > 0 } fault)
        {
            var note = Environment.GetEnvironmentVariable("LIPSYNC_FAULT_NOTE") ?? throw new InvalidOperationException("LIPSYNC_FAULT needs a LIPSYNC_FAULT_NOTE.");
            var point = FaultPoint.Parse(fault, note);
            builder.Services.AddSingleton<IOutgoingGrainCallFilter>(new FaultyCalls(point));
            FaultyService<IMediaStore>.Decorate(builder.Services, point);
            FaultyService<IJobProjection>.Decorate(builder.Services, point);
            FaultyService<ILedgerProjection>.Decorate(builder.Services, point);
        }
    }
}
