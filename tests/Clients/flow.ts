// The whole flow of a customer's program, through the client that openapi-typescript and openapi-fetch make of the API description.
// Arguments: service, key, portrait, speech, output.
import { readFile, writeFile } from "node:fs/promises";
import createClient from "openapi-fetch";
import type { paths } from "./lipsync.js";

const [service, key, portrait, speech, output] = process.argv.slice(2) as [string, string, string, string, string];
const client = createClient<paths>({ baseUrl: service, headers: { "X-API-Key": key } });

async function upload(path: string): Promise<string> {
  const file = new Blob([await readFile(path)]);
  const { data, error } = await client.POST("/api/v1/uploads", {
    body: { file: path },
    bodySerializer: () => {
      const form = new FormData();
      form.append("file", file, path);
      return form;
    },
  });
  if (error) throw new Error(`${error.code}: ${error.error}`);
  return data.data.url;
}

async function generate(imageUrl: string, audioUrl: string, idempotencyKey: string): Promise<string> {
  const { data, error, response } = await client.POST("/api/v1/lipsync/generate", {
    params: { header: { "Idempotency-Key": idempotencyKey } },
    body: { imageUrl, audioUrl, settings: { resolution: "480p", fps: 24, face: { time: 0, x: 0.44, y: 0.24 } } },
  });
  if (error) throw new Error(`${error.code}: ${error.error}`);
  if (response.status !== 202) throw new Error(`${response.status} instead of 202`);
  return data.data.jobId;
}

async function status(jobId: string) {
  const { data, error } = await client.GET("/api/v1/lipsync/status/{jobId}", { params: { path: { jobId } } });
  if (error) throw new Error(`${error.code}: ${error.error}`);
  return data.data;
}

const [imageUrl, audioUrl] = [await upload(portrait), await upload(speech)];
const job = await generate(imageUrl, audioUrl, "typescript");
if ((await generate(imageUrl, audioUrl, "typescript")) !== job) throw new Error("The same key made another job.");

let seen = await status(job);
while (seen.status === "queued" || seen.status === "processing") {
  await new Promise((resolve) => setTimeout(resolve, 500));
  seen = await status(job);
}
if (seen.status !== "completed" || !seen.outputUrl) throw new Error(`${seen.status}: ${seen.error?.message}`);
const video = await fetch(seen.outputUrl);
await writeFile(output, Buffer.from(await video.arrayBuffer()));

const { data: list } = await client.GET("/api/v1/lipsync/jobs", { params: { query: { limit: 10 } } });
if (!list?.data.items.some((item) => item.jobId === job)) throw new Error("The job is not listed.");

const unwanted = await generate(imageUrl, audioUrl, "typescript, unwanted");
const { data: cancelled } = await client.POST("/api/v1/lipsync/jobs/{jobId}/cancel", { params: { path: { jobId: unwanted } } });
if (cancelled?.data.status !== "cancelled") throw new Error("The job was not cancelled.");

const { error: refusal } = await client.GET("/api/v1/lipsync/status/{jobId}", { params: { path: { jobId: "job_unknown" } } });
if (refusal?.code !== "not_found") throw new Error("An unknown job was found.");
console.log(JSON.stringify({ job, credits: seen.creditsUsed, cancelled: unwanted }));
