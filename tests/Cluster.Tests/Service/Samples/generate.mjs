// The JavaScript sample of LipSync.dev's documentation: host and key are the only differences.
const [host, apiKey, videoUrl, audioUrl] = process.argv.slice(2);

const response = await fetch(`${host}/api/v1/lipsync/generate`, {
  method: 'POST',
  headers: { 'Content-Type': 'application/json', 'X-API-Key': apiKey },
  body: JSON.stringify({ videoUrl, audioUrl, settings: { resolution: '480p', fps: 25 } }),
});
const { success, data } = await response.json();
if (response.status !== 202 || !success) throw new Error(`generate answered ${response.status}`);

let job;
do {
  await new Promise((resolve) => setTimeout(resolve, 500));
  const status = await fetch(`${host}/api/v1/lipsync/status/${data.jobId}`, { headers: { 'X-API-Key': apiKey } });
  job = (await status.json()).data;
} while (job.status === 'queued' || job.status === 'processing');
console.log(JSON.stringify({ status: job.status, outputUrl: job.outputUrl }));
