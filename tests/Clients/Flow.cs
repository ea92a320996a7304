// The whole flow of a customer's program, through the client that NSwag makes of the API description. It is compiled together with
// that client by the test that runs it.
using System;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace Generated;

public static class Flow
{
    /// <returns>The job that was made, the credits that it cost, and the one that was cancelled.</returns>
    public static async Task<string[]> Run(Uri service, string key, string portrait, string speech, string output)
    {
        using var http = new HttpClient { BaseAddress = service };
        http.DefaultRequestHeaders.Add("X-API-Key", key);
        var client = new LipSyncClient(http);
        var request = new GenerateRequest
        {
            ImageUrl = await Upload(client, portrait, "image/jpeg"),
            AudioUrl = await Upload(client, speech, "audio/wav"),
            Settings = new GenerateSettings { Resolution = Resolution._480p, Fps = 24, NoFace = NoFacePolicy.Hold },
        };

        var job = (await client.GenerateAsync(request, "csharp")).Data.JobId;
        if ((await client.GenerateAsync(request, "csharp")).Data.JobId != job)
        {
            throw new InvalidOperationException("The same key made another job.");
        }

        var status = (await client.GetStatusAsync(job)).Data;
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
        while (status.Status is JobStatus.Queued or JobStatus.Processing)
        {
            await poll.WaitForNextTickAsync();
            status = (await client.GetStatusAsync(job)).Data;
        }

        if (status.Status != JobStatus.Completed)
        {
            throw new InvalidOperationException($"{status.Status}: {status.Error?.Message}");
        }

        await File.WriteAllBytesAsync(output, await http.GetByteArrayAsync(status.OutputUrl));

        if ((await client.ListJobsAsync(limit: 10)).Data.Items.All(item => item.JobId != job))
        {
            throw new InvalidOperationException("The job is not listed.");
        }

        var unwanted = (await client.GenerateAsync(request, "csharp, unwanted")).Data.JobId;
        if ((await client.CancelJobAsync(unwanted)).Data.Status != JobStatus.Cancelled)
        {
            throw new InvalidOperationException("The job was not cancelled.");
        }

        try
        {
            await client.GetStatusAsync("job_unknown");
            throw new InvalidOperationException("An unknown job was found.");
        }
        catch (LipSyncException<Error> refusal) when (refusal.Result.Code == "not_found")
        {
            return [job, $"{status.CreditsUsed}", unwanted];
        }
    }

    private static async Task<string> Upload(LipSyncClient client, string path, string type)
    {
        await using var file = File.OpenRead(path);
        return (await client.UploadAsync(file: new FileParameter(file, Path.GetFileName(path), type))).Data.Url;
    }
}
