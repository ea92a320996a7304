using LipSync.Storage;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LipSync.Gateway.Storage;

public static class StorageHosting
{
    /// <summary>Adds the <see cref="IMediaStore"/>, once; every process that makes or serves media needs it.</summary>
    public static IHostApplicationBuilder AddMediaStore(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<MediaStoreOptions>()
            .BindConfiguration(MediaStoreOptions.Section)
            .Validate(options => !string.IsNullOrWhiteSpace(options.Folder), $"{MediaStoreOptions.Section}:Folder is empty.")
            .ValidateOnStart();
        builder.Services.TryAddSingleton<IMediaStore, FolderMediaStore>();
        return builder;
    }
}
