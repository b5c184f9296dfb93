#!/bin/sh
# The tests that take too long for every change: each fuzz target for MINUTES (default 10), all tests under Valgrind, and
# the coverage of lines and branches. Build folders are made beside this project's others; what fuzzing finds is kept in
# build-fuzz/found.
#
#   tests/long.sh [MINUTES]
set -eu
cd -- "$(dirname -- "$0")/.."
seconds=$((${1:-10} * 60))

./start need gcc libc6-dev meson ninja-build pkg-config libpcre2-dev libutf8proc-dev libyaml-dev libcmocka-dev python3 \
    clang libclang-rt-14-dev valgrind libc6-dbg gcovr

echo "== fuzzing, $seconds seconds a target"
[ -f build-fuzz/build.ninja ] ||
    CC=clang meson setup build-fuzz -Dfuzzers=true -Db_sanitize=address,undefined -Db_lundef=false
ninja -C build-fuzz
for target in build-fuzz/tests/fuzz/fuzz_*; do
    [ -f "$target" ] && [ -x "$target" ] || continue
    name=${target##*/fuzz_}
    mkdir -p "build-fuzz/found/$name"
    "$target" -max_total_time="$seconds" -max_len=16384 -timeout=5 -artifact_prefix="build-fuzz/found/$name-" \
        "build-fuzz/found/$name" "tests/fuzz/corpus/$name"
done

echo "== Valgrind, but for the tests that look at the time"
[ -f build-valgrind/build.ninja ] || meson setup build-valgrind
ninja -C build-valgrind
# shellcheck disable=SC2046
meson test -C build-valgrind -t 60 --no-rebuild --wrap "valgrind --quiet --error-exitcode=99 --leak-check=full \
    --suppressions=$PWD/tests/tools/jit.supp" $(meson test -C build-valgrind --no-rebuild --list |
    sed -n 's/^[^:]*:\(base\|text\|format\|model\|read\|match\|write\|work\) \/ //p' | grep -vx 'fold\|regex\|decode\|sentences')

echo "== coverage"
[ -f build-coverage/build.ninja ] || meson setup build-coverage -Db_coverage=true -Dc_args=-fprofile-update=atomic # threads count too
ninja -C build-coverage
meson test -C build-coverage -t 4
gcovr --root . --filter lib/ --filter cli/ --branches --exclude-throw-branches build-coverage
gcovr --root . --filter lib/ --filter cli/ build-coverage | tail -n 4
