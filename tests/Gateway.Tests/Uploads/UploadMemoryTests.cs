using System.Net;
using System.Net.Http.Headers;
using LipSync.Accounts;
using LipSync.Tests.Hosting;

namespace LipSync.Tests.Uploads;

/// <summary>Alone: the heap belongs to the whole process.</summary>
[Collection(AloneCollection.Name)]
public sealed class UploadMemoryTests(GatewayFixture gateway)
{
    private const long Bytes = 256L * 1024 * 1024;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Upload_Large_IsNotHeldInMemory(bool keyed)
    {
        using var client = gateway.NewClient(out var account);
        var limits = World.Pro with { LargestUploadBytes = Bytes };
        gateway.World.Admissions[account.Id] = new Admission(true, 300, 299, TimeSpan.Zero, TimeSpan.Zero, limits);
        if (keyed)
        {
            client.DefaultRequestHeaders.Add("Idempotency-Key", "k");
        }

        var before = GC.GetTotalMemory(forceFullCollection: true);
        var content = new Zeros();
        using var form = new MultipartFormDataContent { { content, "file", "a.mp4" } };
        using var response = await client.PostAsync("/api/v1/uploads", form);

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal(Bytes, (await response.Body()).GetProperty("data").GetProperty("size").GetInt64());
        Assert.InRange(content.MostMemory - before, 0, 64 * 1024 * 1024);
        await gateway.Store.DeletePrefix("uploads/", CancellationToken.None);
    }

    /// <summary>Sends zeros and watches the heap of client and server meanwhile.</summary>
    private sealed class Zeros : HttpContent
    {
        private const int PieceBytes = 1024 * 1024;

        public Zeros() => Headers.ContentType = new MediaTypeHeaderValue("video/mp4");

        public long MostMemory { get; private set; }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            var piece = new byte[PieceBytes];
            for (long sent = 0; sent < Bytes; sent += PieceBytes)
            {
                await stream.WriteAsync(piece);
                MostMemory = Math.Max(MostMemory, GC.GetTotalMemory(forceFullCollection: false));
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = Bytes;
            return true;
        }
    }
}
