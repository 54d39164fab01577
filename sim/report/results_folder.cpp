// Writing by POSIX calls: the standard library cannot flush a file to the disk, nor say whether
// that worked.
#include "clinicsim/report/results_folder.hpp"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <set>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "json_text.hpp"

namespace clinicsim::report {

namespace {

namespace fs = std::filesystem;

constexpr const char* kManifest = "manifest.json";

/// The name of a file while it is being written. All that an interrupted start can leave behind.
std::string part_of(const std::string& name) { return "." + name + ".part"; }

const std::set<std::string>& names_of_ours() {
    static const std::set<std::string> names{"manifest.json",    "summary.json",    "summary.csv",
                                             "replications.csv", "differences.csv", "chair_use.csv",
                                             "run_info.json"};
    return names;
}

[[noreturn]] void fail(const std::string& what, const fs::path& path, int error) {
    throw FileError{what + " " + path.string() + ": " + std::strerror(error)};
}

/// What makes two manifests those of the same run, however far it went.
Json identity(const Json& manifest) {
    const auto at = [](const Json& object, const char* key) {
        return object.is_object() && object.contains(key) ? object[key] : Json(nullptr);
    };
    return {at(manifest, "clinicsim"), at(manifest, "format"),
            at(at(manifest, "scenario"), "sha256"), at(manifest, "policies"),
            at(manifest, "precision")};
}

bool is_manifest_of(const fs::path& file, const RunPlan& plan) {
    std::ifstream in{file, std::ios::binary};
    if (!in) return false;
    const Json found = Json::parse(in, nullptr, false);
    return !found.is_discarded() &&
           identity(found) == identity(Json::parse(manifest_json(plan, nullptr)));
}

void write_file(const fs::path& path, const std::string& bytes) {
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (file < 0) fail("cannot write", path, errno);
    std::size_t written = 0;
    int error = 0;
    while (written < bytes.size() && error == 0) {
        const ssize_t n = ::write(file, bytes.data() + written, bytes.size() - written);
        if (n >= 0)
            written += static_cast<std::size_t>(n);
        else if (errno != EINTR)
            error = errno;
    }
    // EINVAL: a file system that cannot be told to flush
    if (error == 0 && ::fsync(file) != 0 && errno != EINVAL) error = errno;
    if (::close(file) != 0 && error == 0) error = errno;
    if (error != 0) fail("cannot write", path, error);
}

void flush_folder(const fs::path& folder) {
    const int handle = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (handle < 0) return;  // the files are there; only a power cut could still lose their names
    ::fsync(handle);
    ::close(handle);
}

void remove_quietly(const fs::path& path) {
    std::error_code ignored;
    fs::remove(path, ignored);
}

/// Whether the folder is there; throws where it cannot be made or written to.
bool is_usable_folder(const fs::path& folder) {
    std::error_code error;
    const fs::file_status status = fs::status(folder, error);
    if (!fs::exists(status)) {
        if (error && error != std::errc::no_such_file_or_directory)
            fail("cannot use", folder, error.value());
        fs::path parent = fs::absolute(folder).lexically_normal();
        if (!parent.has_filename()) parent = parent.parent_path();  // "results/"
        fs::path missing;  // the first folder on the way that has to be made
        do missing = parent.empty() ? missing : parent, parent = parent.parent_path();
        while (!fs::exists(parent, error) && parent.has_relative_path());
        // tried, because permission alone does not tell: some file systems take no folders at all
        if (::mkdir(missing.c_str(), 0777) != 0) fail("cannot make a folder in", parent, errno);
        ::rmdir(missing.c_str());
        return false;
    }
    if (!fs::is_directory(status)) throw FileError{folder.string() + " is not a folder"};
    if (::access(folder.c_str(), R_OK | W_OK | X_OK) != 0) fail("cannot write to", folder, errno);
    return true;
}

/// All of them into hidden files first, then by renaming, `last` last.
void write_all(const fs::path& folder, const std::vector<ResultFile>& files,
               const std::string& last) {
    std::error_code error;
    const bool made = fs::create_directories(folder, error);
    if (error) fail("cannot make the folder", folder, error.value());
    try {
        for (const ResultFile& file : files) write_file(folder / part_of(file.name), file.bytes);
        const auto publish = [&](const ResultFile& file) {
            const fs::path to = folder / file.name;
            if (std::rename((folder / part_of(file.name)).c_str(), to.c_str()) != 0)
                fail("cannot write", to, errno);
        };
        for (const ResultFile& file : files)
            if (file.name != last) publish(file);
        for (const ResultFile& file : files)
            if (file.name == last) publish(file);
    } catch (...) {
        for (const ResultFile& file : files) remove_quietly(folder / part_of(file.name));
        if (made) remove_quietly(folder);  // only where it is empty
        throw;
    }
    flush_folder(folder);
    const fs::path parent = fs::absolute(folder).parent_path();
    if (made) flush_folder(parent);
}

}  // namespace

void check_results_folder(const std::string& name, const RunPlan& plan) {
    const fs::path folder{name};
    if (!is_usable_folder(folder)) return;
    std::error_code error;

    std::string foreign;
    bool has_files = false;
    for (fs::directory_iterator entry{folder, error}, end; !error && entry != end;
         entry.increment(error)) {
        const std::string found = entry->path().filename().string();
        bool is_part = false;
        for (const std::string& ours : names_of_ours()) is_part |= found == part_of(ours);
        if (is_part) continue;
        has_files = true;
        if (names_of_ours().count(found) == 0) foreign = found;
    }
    if (error) fail("cannot read", folder, error.value());
    if (!has_files) return;
    if (fs::exists(folder / kManifest, error)) {
        if (is_manifest_of(folder / kManifest, plan)) return;
        throw FileError{name + " holds the results of another run; name a new folder with -o"};
    }
    // an earlier start of this very run that was killed between two renames
    if (foreign.empty() && is_manifest_of(folder / part_of(kManifest), plan)) return;
    throw FileError{name +
                    " is not empty and holds no run of clinicsim; name a new folder with -o"};
}

void write_results_folder(const std::string& name, const RunPlan& plan,
                          const std::vector<ResultFile>& files) {
    check_results_folder(name, plan);
    write_all(name, files, kManifest);
}

void check_new_folder(const std::string& name) {
    if (!is_usable_folder(name)) return;
    std::error_code error;
    const bool is_empty = fs::is_empty(name, error);
    if (error) fail("cannot read", name, error.value());
    if (!is_empty) throw FileError{name + " is not empty; name a new folder with -o"};
}

void write_new_folder(const std::string& name, const std::vector<ResultFile>& files) {
    check_new_folder(name);
    write_all(name, files, files.back().name);
}

}  // namespace clinicsim::report
