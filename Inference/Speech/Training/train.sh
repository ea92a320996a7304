#!/usr/bin/env bash
# Makes the speech network anew: corpus, training, evaluation on voices it never heard, export. About half an hour on two free cores.
#   ./train.sh [work folder]          the network of the product
#   ./train.sh --quick [work folder]  minutes: a network that knows little, kept in the work folder, to see that every step works
# The same machine gives the same weights; another one's floating point gives weights as good.
# After it, put the printed SHA-256 into ModelCatalog.SpeechToMouth and the figures into ../Network/MODEL.md.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
network=../Network/mouths.onnx vectors=../../../tests/Inference.Tests/Speech/mouths.json
share=1 steps=3000 last_steps=700
quick=
if [ "${1:-}" = --quick ]; then
    quick=yes share=0.02 steps=40 last_steps=20
    shift
fi
work="${1:-/tmp/lipsync-training}"
mkdir -p "$work"
if [ -n "$quick" ]; then
    network="$work/mouths.onnx" vectors="$work/mouths.json"
fi

# Debian's packages; README.md tells their licences.
packages=(python3-torch python3-numpy python3-scipy python3-onnx espeak-ng flite festival festvox-kdlpc16k festvox-us-slt-hts
    fortunes-min fortunes fortunes-de fortunes-es fortunes-it fortunes-cs fortunes-br fortunes-eo)
missing=()
for package in "${packages[@]}"; do
    dpkg -s "$package" >/dev/null 2>&1 || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
    if [ "$(id -u)" -ne 0 ]; then
        printf 'train: install these first: apt-get install --no-install-recommends %s\n' "${missing[*]}" >&2
        exit 1
    fi
    apt-get install --yes --no-install-recommends "${missing[@]}"
fi

export OMP_NUM_THREADS=1 PYTHONDONTWRITEBYTECODE=1
/usr/bin/python3 corpus.py "$work" "$share"
/usr/bin/python3 train.py "$work" "$work/network.pt" 1 "$steps" "$last_steps"
/usr/bin/python3 evaluate.py "$work" "$work/network.pt"
/usr/bin/python3 export.py "$work/network.pt" "$network" "$vectors"
