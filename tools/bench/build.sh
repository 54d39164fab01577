# Builds the benchmark's program beside the release program, of the same objects. Sourced; the caller
# has set `root`. Sets `bench`, its path.
#   build_bench PACKAGE…     with these packages besides those of the program
. "$root/tools/setup.sh"

bench=$release/tools/bench/bench

build_bench() {
    trap_interruption
    check_packages "${build_packages[@]}" "$@"
    lock release
    install_packages "${build_packages[@]}" "$@"
    build "$release" bench "${build_packages[*]}" "${release_options[@]}" -DCLINICSIM_BENCH=ON
    unlock release
    trap - INT TERM HUP
}
