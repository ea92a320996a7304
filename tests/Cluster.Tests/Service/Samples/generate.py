# The Python sample of LipSync.dev's documentation: host and key are the only differences.
import json
import sys
import time

import requests

host, api_key, video_url, audio_url = sys.argv[1:]
headers = {"X-API-Key": api_key}

response = requests.post(
    f"{host}/api/v1/lipsync/generate",
    headers=headers,
    json={"videoUrl": video_url, "audioUrl": audio_url, "settings": {"resolution": "480p", "fps": 25}},
)
response.raise_for_status()
job_id = response.json()["data"]["jobId"]

while True:
    job = requests.get(f"{host}/api/v1/lipsync/status/{job_id}", headers=headers).json()["data"]
    if job["status"] not in ("queued", "processing"):
        break
    time.sleep(0.5)
print(json.dumps({"status": job["status"], "outputUrl": job["outputUrl"]}))
