#!/usr/bin/env bash
# qcode beside what somebody would use instead, on the same work in one run: run.sh [PLACE]. PLACE keeps the corpora and builds
# (default: a temporary folder). The material is ../shared/bench beside the repository; without it nothing is run. RUNS (5) and
# MEGABYTES (100) can be set. What is not installed is left out by name; Debian has all: libpcre2-dev libre2-dev
# libhyperscan-dev ripgrep r-cran-stringi.
set -euo pipefail
here=$(cd -- "$(dirname -- "$(readlink -f -- "$0")")" && pwd)
project=$(cd -- "$here/../.." && pwd)
material=${MATERIAL:-$project/../shared/bench}
[ -f "$material/gen_corpus.py" ] || { echo "skipped: there is no $material"; exit 0; }
material=$(cd -- "$material" && pwd)

if [ $# -gt 0 ]; then
    mkdir -p "$1"
    place=$(cd -- "$1" && pwd)
else
    place=$(mktemp -d)
    trap 'rm -rf "$place"' EXIT
fi
cd "$place"

megabytes=${MEGABYTES:-100}
[ -d source ] || { mkdir source && tar xf "$material/source.tar.xz" -C source; }
[ -f "dense-$megabytes.txt" ] || python3 "$material/gen_corpus.py" source "dense-$megabytes.txt" "$megabytes" --per 95
ln -sf "dense-$megabytes.txt" dense.txt
ln -sf "dense-$megabytes.txt.docs" dense.txt.docs

if [ ! -x "${QCODE:-}" ]; then
    [ -f release/build.ninja ] || meson setup release "$project" --buildtype=release >/dev/null
    ninja -C release >/dev/null
    QCODE=$place/release/cli/qcode
fi

# builds a rival, or says why it is left out
build() {
    local program=$1
    shift
    "$@" -o "$program" 2>"$program.log" || { echo "left out: $program does not build here"; rm -f "$program"; }
}
build plain cc -O2 "$material/pcre.c" -x none -lpcre2-8
build hyperscan cc -O2 "$here/rivals/hyperscan.c" -lhs -lpcre2-8
build re2 c++ -O2 "$here/rivals/re2.cc" -lre2
for program in rg grep Rscript; do
    command -v "$program" >/dev/null || echo "left out: $program is not installed"
done

python3 "$here/compare.py" "$project" "$material" "$place" "$QCODE" "${RUNS:-5}"
