# The set-up that tools/clinicsim and tools/test share: which Debian packages are missing, how they
# are installed, how a build folder is made and kept. Sourced, never run; the caller has set `root`,
# the folder of the checkout.
#
# Everything said here goes to standard error, because standard output belongs to the program. Exit
# codes are the program's: 1 when the build fails, 4 when something cannot be installed or written.

build_packages=(g++ cmake ninja-build pkg-config libboost-dev libboost-graph-dev libboost-random-dev
    libyaml-cpp-dev libcli11-dev libfmt-dev nlohmann-json3-dev libsodium-dev libnlopt-cxx-dev)
test_packages=(libgtest-dev librandom123-dev python3-jsonschema python3-yaml
    clang-format-14)

release=$root/.build/release
program=$release/tools/cli/clinicsim
release_stamp=$release/up_to_date
release_options=(-DCMAKE_BUILD_TYPE=Release -DCLINICSIM_TESTS=OFF -DCLINICSIM_SANITIZE=)
may_install=yes
[[ ${CLINICSIM_NO_INSTALL:-} == 1 ]] && may_install=no

say() { printf 'clinicsim: %s\n' "$*" >&2; }
stop_with() {
    local code=$1
    shift
    say "$@"
    exit "$code"
}

# One line per file that something is built from. It changes whenever any of them does, in either
# direction of time. Takes a few milliseconds.
sources_under() {
    LC_ALL=C find "$@" -type f \( -name '*.[ch]pp' -o -name '*.cmake' -o -name CMakeLists.txt \
        -o -name '*.in' -o -name setup.sh -o -name status \) -printf '%s %T@ %p\n' 2>/dev/null
}

# The same for the release program, with dpkg's list of packages.
release_state() {
    sources_under "$root"/{CMakeLists.txt,include,sim,tools/cli,tools/setup.sh} /var/lib/dpkg/status
}

release_is_current() {
    [[ -x $program && -r $release_stamp && $(<"$release_stamp") == "$(release_state)" ]]
}

# ---- packages ------------------------------------------------------------------------------------

# "installed NAME VERSION" for each installed package of the list.
installed_packages() {
    dpkg-query -W -f='${db:Status-Status} ${Package} ${Version}\n' "$@" 2>/dev/null |
        LC_ALL=C grep '^installed ' | LC_ALL=C sort -u
}

# Sets `missing`.
find_missing() {
    local have name
    missing=()
    command -v dpkg-query >/dev/null && command -v apt-get >/dev/null ||
        stop_with 4 "this system has no apt-get, and clinicsim is built for Debian 12." \
            "By hand: install the equivalents of: $*; then" \
            "cmake -G Ninja -DCLINICSIM_TESTS=OFF -S '$root' -B DIR && ninja -C DIR clinicsim"
    have=$(installed_packages "$@")$'\n'
    for name in "$@"; do
        [[ $have == *"installed $name "* ]] || missing+=("$name")
    done
}

have_terminal() { [[ -t 2 ]] && { : </dev/tty; } 2>/dev/null; }

# Sets `as_root`, the words that go before a command which needs root. Nothing has been changed yet
# when this ends the program.
find_root_rights() {
    as_root=()
    ((EUID == 0)) && return
    if command -v sudo >/dev/null; then
        as_root=(sudo)
        sudo -n true 2>/dev/null && return
        if have_terminal; then
            say "sudo may ask for your password"
            sudo true && return
        fi
    fi
    stop_with 4 "installing packages needs root, or a user who may use sudo. Nothing was changed." \
        "Ask for: apt-get install --no-install-recommends ${missing[*]}"
}

# Ends the program with exit code 4 where packages are missing and must not, or cannot, be installed.
# Changes nothing.
check_packages() {
    find_missing "$@"
    ((${#missing[@]})) || return 0
    [[ $may_install == yes ]] || stop_with 4 "missing Debian packages: ${missing[*]}" \
        "(not installed, as asked)"
    find_root_rights
}

# Installs the packages of the list that are missing, or ends the program with exit code 4. apt
# downloads everything before it unpacks anything, so without a network nothing is half-done.
install_packages() {
    local log=$root/.build/install.log options attempt
    check_packages "$@"
    ((${#missing[@]})) || return 0
    say "will install these Debian packages: ${missing[*]}"
    # --no-remove: never at the price of something that is already there
    options=(--no-install-recommends --no-remove)
    : >"$log" || stop_with 4 "cannot write $log"
    # Failing here is no reason to stop: one unreachable source of many, or lists fresh enough.
    apt_step "reading the lists of packages" update
    for attempt in first second; do
        if apt_step "installing" install "${options[@]}" "${missing[@]}"; then
            find_missing "$@"
            ((${#missing[@]})) || { say "installed"; return 0; }
        fi
        [[ $attempt == first ]] && [[ -n $(dpkg --audit 2>/dev/null) ||
            $(<"$log") == *"dpkg --configure -a"* ]] || break
        say "an earlier installation was interrupted; finishing it first"
        with_log "$log" "finishing" "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
            dpkg --configure -a --force-confdef --force-confold
        apt_step "repairing" install --fix-broken "${options[@]}"
    done
    if LC_ALL=C grep -qE 'Unable to fetch|Unable to locate' "$log"; then
        LC_ALL=C grep '^E: ' "$log" | tail -n 2 >&2
        stop_with 4 "the packages could not be downloaded: is there a network?" \
            "Nothing was changed. Full log: $log"
    fi
    tail -n 8 "$log" >&2
    stop_with 4 "the packages could not be installed. Full log: $log"
}

# apt-get waits for dpkg's lock by itself, but not for those of its lists and its downloads.
apt_step() {
    local what=$1 waited
    shift
    for ((waited = 0; ; waited += 5)); do
        with_log "$log" "$what" "${as_root[@]}" env LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive \
            apt-get -y -q -o DPkg::Lock::Timeout=300 -o Acquire::Retries=2 \
            -o Acquire::http::Timeout=30 -o Acquire::https::Timeout=30 "$@" && return 0
        [[ $(tail -n 5 "$log") == *"Could not get lock"* ]] && ((waited < 300)) || return 1
        ((waited)) || say "another program is installing packages; waiting for it"
        sleep 5
    done
}

# ---- running things ------------------------------------------------------------------------------

# with_log LOG WHAT COMMAND…: runs it with its output added to LOG. On a terminal one line shows how
# far it is. The locks are not handed on (a process left behind would hold it for ever).
with_log() {
    local log=$1 status
    begin_watch "$log" "$2"
    shift 2
    "$@" </dev/null >>"$log" 2>&1 8>&- 9>&-
    status=$?
    end_watch
    return $status
}

# As with_log, for cmake and ninja: in a process group of its own, so that one signal to this script
# ends all compilers; and with the locks, so that a build left behind by a killed script is waited for.
build_step() {
    local log=$1
    begin_watch "$log" "$2"
    shift 2
    set -m
    "${build_environment[@]}" "$@" </dev/null >>"$log" 2>&1 &
    building=$!
    set +m
    wait "$building" 2>/dev/null
    step_status=$?
    building=''
    end_watch
    return $step_status
}

watcher=''
begin_watch() {
    [[ -t 2 && ${TERM:-dumb} != dumb ]] || return 0
    watch_log "$@" 8>&- 9>&- &
    watcher=$!
}
watch_log() {
    local start=$SECONDS last
    trap - INT TERM HUP
    while sleep 1; do
        last=$(tail -n 1 "$1" 2>/dev/null | tr -cd '[:print:]')
        [[ $last == \[*/*\]* ]] && last="${last%%]*}]" # ninja: how many of how many
        printf '\r\e[K%s' "clinicsim: $2, $((SECONDS - start)) s   ${last:0:50}" >&2
    done
}
end_watch() {
    [[ -n $watcher ]] || return 0
    kill "$watcher" 2>/dev/null
    wait "$watcher" 2>/dev/null
    watcher=''
    printf '\r\e[K' >&2
}

# The build sees nothing of the caller's environment (CXXFLAGS, conda's paths, …), only a compiler
# cache if one was asked for.
build_environment=(env -i PATH=/usr/bin:/bin:/usr/sbin:/sbin HOME="${HOME:-/}" LC_ALL=C.UTF-8)
for name in TMPDIR CMAKE_CXX_COMPILER_LAUNCHER CCACHE_DIR; do
    [[ -z ${!name:-} ]] || build_environment+=("$name=${!name}")
done

building=''
interrupted() {
    trap '' INT TERM HUP
    if [[ -n $building ]]; then
        kill -TERM -- "-$building" 2>/dev/null
        wait "$building" 2>/dev/null
    fi
    end_watch
    say "interrupted; the next start goes on from here"
    exit "$1"
}
trap_interruption() {
    trap 'interrupted 130' INT
    trap 'interrupted 143' TERM
    trap 'interrupted 129' HUP
}

make_folder() {
    mkdir -p "$1" 2>/dev/null && [[ -w $1 ]] ||
        stop_with 4 "cannot write to $1 (it belongs to $(owner_of "$1"))"
}
owner_of() {
    local at=$1
    while [[ ! -e $at ]]; do at=$(dirname "$at"); done
    stat -c %U "$at"
}

# lock NAME: waits until no other start works on .build/NAME (release or test). Held until `unlock
# NAME`, or until this script and the build it has started are gone.
lock() {
    local file=$root/.build/$1.lock fd
    make_folder "$root/.build"
    fd=$(lock_number "$1")
    { eval "exec $fd>>\"\$file\""; } 2>/dev/null ||
        stop_with 4 "cannot write $file (it belongs to $(owner_of "$file"))"
    flock -n "$fd" && return
    say "another start is at work on $root/.build/$1; waiting for it"
    flock "$fd"
}
unlock() { eval "exec $(lock_number "$1")>&-"; }
lock_number() { [[ $1 == release ]] && echo 8 || echo 9; }

# As many compilers at once as there are cores, and memory for (the largest unit takes about 1 GiB).
jobs_at_once() {
    local cores memory=64
    cores=$(nproc)
    [[ -r /proc/meminfo ]] &&
        memory=$(awk '/^MemAvailable:/ {print int($2 / 1048576)}' /proc/meminfo)
    ((memory < 1)) && memory=1
    echo $((cores < memory ? cores : memory))
}

# ninja goes by times alone, so it would miss a file that changed but is no newer than the last build
# (unpacked from an archive, copied with its time): then the folder is built afresh.
forget_what_ninja_would_miss() {
    local folder=$1 seen=$1.seen now size time file
    now=$(sources_under "$root"/{CMakeLists.txt,include,sim,tests,tools})
    if [[ -e $seen ]]; then
        while read -r size time file; do
            [[ $file -nt $seen ]] && continue
            rm -rf -- "$folder"
            break
        done < <(LC_ALL=C sort "$seen" "$seen" - <<<"$now" | LC_ALL=C uniq -u)
    fi
    printf '%s\n' "$now" >"$seen"
}

# build FOLDER TARGET PACKAGES CMAKE_OPTION…: configures and builds. Starts afresh when the folder
# comes from another place or from other versions of the packages, and when an interrupted build has
# left something that cannot be built on.
build() {
    local folder=$1 target=$2 packages=$3 log=$1.log unfinished=$1.unfinished start=$SECONDS
    shift 3
    local versions was_interrupted=no attempt
    versions=$(installed_packages $packages)
    make_folder "$root/.build"
    if [[ -e $folder ]]; then
        LC_ALL=C grep -qsxF "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$folder/CMakeCache.txt" &&
            LC_ALL=C grep -qsxF "# For build in directory: $folder" "$folder/CMakeCache.txt" &&
            [[ -r $folder.packages && $(<"$folder.packages") == "$versions" ]] ||
            rm -rf -- "$folder"
    fi
    forget_what_ninja_would_miss "$folder"
    [[ -e $unfinished ]] && was_interrupted=yes
    : >"$unfinished" && : >"$log" || stop_with 4 "cannot write to $root/.build"
    printf '%s\n' "$versions" >"$folder.packages"
    for attempt in first second; do
        if build_step "$log" "configuring" cmake -G Ninja -S "$root" -B "$folder" \
            -DCMAKE_CXX_COMPILER=/usr/bin/g++ "$@" &&
            build_step "$log" "building" ninja -C "$folder" -j "$(jobs_at_once)" "$target"; then
            rm -f -- "$unfinished"
            ((SECONDS - start < 5)) || say "built in $((SECONDS - start)) s"
            return 0
        fi
        # somebody, or a machine out of memory, has ended cmake or ninja: nothing is wrong with the code
        ((step_status <= 128)) || stop_with 1 "the build was killed (signal $((step_status - 128)));" \
            "the next start goes on from here. Full log: $log"
        [[ $attempt == first && $was_interrupted == yes ]] || break
        say "an earlier build was interrupted and cannot be continued; starting afresh"
        rm -rf -- "$folder"
    done
    rm -f -- "$unfinished"
    LC_ALL=C grep -vE '^(\[[0-9]+/[0-9]+\] |-- |(ccache )?/usr/bin/|ninja: |: && /usr/bin/)' "$log" |
        tail -n 40 | cut -c 1-400 >&2
    LC_ALL=C grep -q 'No space left on device' "$log" &&
        stop_with 4 "no space left for the build. Full log: $log"
    stop_with 1 "the build failed. Full log: $log"
}

# The release program, up to date.
build_release() {
    local state
    release_is_current && return
    trap_interruption
    check_packages "${build_packages[@]}"
    lock release
    release_is_current && { unlock release; return; }
    install_packages "${build_packages[@]}"
    state=$(release_state)
    [[ -e $program ]] || say "building the program in $release (once, about two minutes)"
    rm -f -- "$release_stamp"
    build "$release" clinicsim "${build_packages[*]}" "${release_options[@]}"
    printf '%s\n' "$state" >"$release_stamp"
    unlock release
    trap - INT TERM HUP
}
