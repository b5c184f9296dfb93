#!/bin/sh
# Runs both commands of the README in an empty Debian 12, as root and as a user with sudo, each twice, from another folder
# and in a path with a space; the second run must install and build nothing. Takes root and debootstrap.
#
#   tests/tools/fresh.sh FOLDER    FOLDER/base is the empty Debian, made when it is not there
set -eu

say() { printf '%s\n' "fresh: $*"; }
fail() { say "$*"; exit 1; }

[ $# = 1 ] && [ "$(id -u)" = 0 ] || fail "as root: fresh.sh FOLDER"
project=$(cd -- "$(dirname -- "$0")/../.." && pwd)
mkdir -p "$1"
work=$(cd -- "$1" && pwd)
base=$work/base

# The mirror this machine uses, so that no other is met.
mirror() {
    cat /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null |
        sed -n -e 's/^URIs: *\([^ ]*\).*/\1/p' -e 's/^deb \(\[[^]]*\] \)\{0,1\}\([^ ]*\) .*/\2/p' | head -n 1
}

if [ ! -f "$base/etc/debian_version" ]; then
    debootstrap --variant=minbase bookworm "$base" "$(mirror)"
fi

# inside ROOT USER COMMAND: as a new login would, with nothing of this machine's environment.
inside() {
    env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin TERM=dumb \
        unshare --mount --fork --pid chroot "$1" /bin/sh -c \
        'mount -t proc proc /proc && exec su - "$1" -c "$2"' inside "$2" "$3"
}

# A copy of the empty Debian with the project's last commit in a user's home. The root's path.
new_root() {
    root=$work/$1
    rm -rf "$root"
    cp -a "$base" "$root"
    for name in resolv.conf hosts; do
        [ ! -f "/etc/$name" ] || cat "/etc/$name" >"$root/etc/$name"
    done
    home=/root
    if [ "$1" != root ]; then
        inside "$root" root "apt-get update -q && apt-get install -q -y --no-install-recommends sudo &&
            useradd --create-home --shell /bin/sh $1 && echo '$1 ALL=(ALL) NOPASSWD: ALL' >/etc/sudoers.d/$1" >"$root.log" 2>&1
        home=/home/$1
    fi
    mkdir "$root$home/my study"
    git clone -q --no-hardlinks "$project" "$root$home/my study/qcode"
    [ "$1" = root ] || inside "$root" root "chown -R $1: '$home/my study'"
}

installed() { grep -c '^Status: install ok installed' "$1/var/lib/dpkg/status"; }
built() { find "$1$2/my study/qcode/build" -name '*.o' -printf '%p %T@\n' | sort | cksum; }

try_user() {
    say "as $1: the first time"
    new_root "$1"
    inside "$root" "$1" "cd / && '$home/my study/qcode/start'" >"$root.log" 2>&1 || { tail -n 30 "$root.log"; fail "start"; }
    tail -n 25 "$root.log"
    [ -s "$root$home/my study/qcode/coded/report.html" ] || fail "no report was written"
    inside "$root" "$1" "cd / && '$home/my study/qcode/start' test" >"$root.log" 2>&1 || { tail -n 60 "$root.log"; fail "start test"; }
    tail -n 3 "$root.log"
    packages=$(installed "$root") objects=$(built "$root" "$home")
    say "as $1: the second time"
    inside "$root" "$1" "cd /tmp && '$home/my study/qcode/start' && cd / && '$home/my study/qcode/start' test" \
        >"$root.log" 2>&1 || { tail -n 60 "$root.log"; fail "the second time"; }
    tail -n 1 "$root.log"
    ! grep -q "installing" "$root.log" || fail "the second run installed something"
    [ "$packages $objects" = "$(installed "$root") $(built "$root" "$home")" ] || fail "the second run built something"
    rm -rf "$root"
}

try_user root
try_user ann
say "both commands work, the first time and the second, as root and as a user with sudo"
