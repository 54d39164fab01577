# Builds the benchmark's program in .build/bench, as the release program is built. Sourced; the caller
# has set `root`. Sets `bench`, its path.
#   build_bench PACKAGE…     with these packages besides those of the program
. "$root/tools/setup.sh"

bench=$root/.build/bench/tools/bench/bench

build_bench() {
    trap_interruption
    check_packages "${build_packages[@]}" "$@"
    lock bench
    install_packages "${build_packages[@]}" "$@"
    build "$root/.build/bench" bench "${build_packages[*]}" -DCMAKE_BUILD_TYPE=Release \
        -DCLINICSIM_TESTS=OFF -DCLINICSIM_BENCH=ON -DCLINICSIM_SANITIZE=
    unlock bench
    trap - INT TERM HUP
}
