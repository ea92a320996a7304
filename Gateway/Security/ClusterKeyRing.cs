using System.Xml.Linq;
using LipSync.Storage;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace LipSync.Gateway.Security;

/// <summary>Keeps ASP.NET's data-protection keys in the cluster instead of a folder of this machine.</summary>
public sealed class ClusterKeyRing(IGrainFactory grains) : IXmlRepository
{
#pragma warning disable VSTHRD002 // the framework's interface is synchronous; it asks once a day, and no thread here has a context to deadlock on
    public IReadOnlyCollection<XElement> GetAllElements() =>
        [.. Task.Run(Ring.GetAll).GetAwaiter().GetResult().Select(XElement.Parse)];

    public void StoreElement(XElement element, string friendlyName) =>
        Task.Run(() => Ring.Add(element.ToString(SaveOptions.DisableFormatting))).GetAwaiter().GetResult();
#pragma warning restore VSTHRD002

    private IKeyRingGrain Ring => grains.GetGrain<IKeyRingGrain>(0);
}
