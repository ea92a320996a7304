using LipSync.Accounts;
using LipSync.Dispatch;
using LipSync.Jobs;
using LipSync.Keys;
using LipSync.Jobs.Effects;
using LipSync.Media;
using LipSync.Planning;
using LipSync.Preflights;
using LipSync.Reconciliation;
using LipSync.Recovery;
using LipSync.Slots;
using LipSync.Slots.Devices;
using LipSync.Slots.Workers;
using LipSync.Steps;
using LipSync.Users;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace LipSync;

/// <summary>
/// What a silo needs for the grains. The host adds what they stand on: grain storage <see cref="Storage.GrainStorage.Name"/>,
/// reminders, <see cref="Storage.IMediaStore"/>, <see cref="IJobProjection"/>,
/// <see cref="ILedgerProjection"/> and <see cref="Statements.IAccountProjection"/>.
/// </summary>
public static class LipSyncGrains
{
    /// <summary>Accounts, jobs and queues.</summary>
    public static ISiloBuilder AddLipSyncGrains(this ISiloBuilder silo)
    {
        silo.Services.TryAddSingleton(TimeProvider.System);
        silo.Services.AddRoomOptions<PlanOptions, PlanOptionsValidator>(PlanOptions.Section);
        silo.Services.AddRoomOptions<KeyOptions, KeyOptionsValidator>(KeyOptions.Section);
        silo.Services.AddRoomOptions<UserOptions, UserOptionsValidator>(UserOptions.Section);
        silo.Services.AddRoomOptions<DispatchOptions, DispatchOptionsValidator>(DispatchOptions.Section);
        silo.Services.AddRoomOptions<EstimateOptions, EstimateOptionsValidator>(EstimateOptions.Section);
        silo.Services.AddRoomOptions<SweepOptions, SweepOptionsValidator>(SweepOptions.Section);
        silo.Services.AddRoomOptions<ReconciliationOptions, ReconciliationOptionsValidator>(ReconciliationOptions.Section);
        silo.Services.AddSingleton<CreditMetrics>();
        silo.Services.AddHostedService<ReconciliationStarter>();
        silo.Services.TryAddSingleton<JobEstimates>();
        silo.Services.AddSingleton<JobEffects>();
        silo.Services.AddSingleton<RecoverySignal>();
        silo.Services.AddHostedService<JobRecovery>();
        silo.Services.AddHostedService<MediaSweeper>();
        return silo;
    }

    /// <summary>
    /// Slots that do this process's part of the work, and the grains that speak for it. Part of every silo: whoever places those
    /// grains has to know which silo is which worker.
    /// </summary>
    public static ISiloBuilder AddLipSyncSlots(this ISiloBuilder silo, SlotKinds kinds)
    {
        silo.Services.TryAddSingleton(TimeProvider.System);
        silo.Services.AddSingleton(new LaunchedSlots(kinds));
        silo.Services.Configure<SlotOptions>(options => SlotOptions.SetDefaults(options, kinds));
        silo.Services.AddRoomOptions<SlotOptions, SlotOptionsValidator>(SlotOptions.Section);
        silo.Services.AddOptions<SlotOptions>().Validate<IOptions<DispatchOptions>>(
            (slots, dispatch) => slots.Heartbeat * 3 <= dispatch.Value.LeaseDuration,
            "LipSync:Slots:Heartbeat must be at most a third of LipSync:Dispatch:LeaseDuration: a slot may miss two beats without losing its item. Shorten the one or lengthen the other.");
        silo.Services.AddRoomOptions<DispatchOptions, DispatchOptionsValidator>(DispatchOptions.Section);
        silo.AddWorkerPlacement();
        silo.Services.AddRoomOptions<FetchOptions, FetchOptionsValidator>(FetchOptions.Section);
        silo.Services.TryAddSingleton<ILipSyncEngine>(_ => LipSyncPipeline.Create());
        silo.Services.AddSingleton<FetchClients>();
        silo.Services.AddSingleton<SourceFetcher>();
        silo.Services.AddSingleton<ArtifactCache>();
        silo.Services.AddSingleton<NormalMedia>();
        silo.Services.AddRoomOptions<EstimateOptions, EstimateOptionsValidator>(EstimateOptions.Section);
        silo.Services.TryAddSingleton<JobEstimates>();
        silo.Services.AddSingleton<InspectStep>();
        silo.Services.AddSingleton<IngestStep>();
        silo.Services.AddSingleton<AnalyzeStep>();
        silo.Services.AddSingleton<RenderStep>();
        silo.Services.AddSingleton<AssembleStep>();
        silo.Services.AddSingleton<WorkSteps>();
        silo.Services.AddOptions<HostOptions>().PostConfigure<IOptions<SlotOptions>>((host, slots) => slots.Value.LeaveTimeToDrain(host));
        silo.Services.AddSingleton<DeviceDiscovery>();
        silo.Services.AddSingleton<LocalSlots>();
        silo.Services.AddHostedService<SlotLauncher>();
        return silo;
    }

    private static void AddRoomOptions<TOptions, TValidator>(this IServiceCollection services, string section)
        where TOptions : class
        where TValidator : class, IValidateOptions<TOptions>
    {
        services.AddOptions<TOptions>().BindConfiguration(section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TOptions>, TValidator>());
    }
}
