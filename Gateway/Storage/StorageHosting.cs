using LipSync.Gateway.Storage.S3;
using LipSync.Storage;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace LipSync.Gateway.Storage;

public static class StorageHosting
{
    /// <summary>Adds the <see cref="IMediaStore"/>, once; every process that makes or serves media needs it.</summary>
    public static IHostApplicationBuilder AddMediaStore(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<MediaStoreOptions>().BindConfiguration(MediaStoreOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<MediaStoreOptions>, MediaStoreOptionsValidator>());
        var chosen = builder.Configuration.GetSection(MediaStoreOptions.Section).Get<MediaStoreOptions>() ?? new();
        if (chosen.Kind is MediaStoreKind.S3)
        {
            services.TryAddSingleton(TimeProvider.System);
            services.TryAddSingleton<S3MediaStore>();
            services.TryAddSingleton<IMediaStore>(static all => all.GetRequiredService<S3MediaStore>());
            services.AddHostedService<BucketCheck>();
        }
        else
        {
            services.TryAddSingleton<IMediaStore, FolderMediaStore>();
        }

        return builder;
    }
}
