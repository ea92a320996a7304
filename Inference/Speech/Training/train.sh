#!/usr/bin/env bash
# Makes the speech network anew: corpus, training, evaluation on voices it never heard, export. About half an hour on two free cores.
# The same machine gives the same weights; another one's floating point gives weights as good.
# After it, put the printed SHA-256 into ModelCatalog.SpeechToMouth and the figures into ../Network/MODEL.md.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
work="${1:-/tmp/lipsync-training}"
steps=3000

# Debian's packages; README.md tells their licences.
packages=(python3-torch python3-numpy python3-scipy python3-onnx espeak-ng flite festival festvox-kdlpc16k festvox-us-slt-hts
    fortunes-min fortunes fortunes-de fortunes-es fortunes-it fortunes-cs fortunes-br fortunes-eo)
for package in "${packages[@]}"; do
    dpkg -s "$package" >/dev/null 2>&1 || missing+=("$package")
done
if [ -n "${missing+x}" ]; then
    printf 'train: install these first: apt-get install --no-install-recommends %s\n' "${missing[*]}" >&2
    exit 1
fi

export OMP_NUM_THREADS=1 PYTHONDONTWRITEBYTECODE=1
/usr/bin/python3 corpus.py "$work"
/usr/bin/python3 train.py "$work" "$work/network.pt" 1 "$steps"
/usr/bin/python3 evaluate.py "$work" "$work/network.pt"
/usr/bin/python3 export.py "$work/network.pt" ../Network/mouths.onnx ../../../tests/Inference.Tests/Speech/mouths.json
