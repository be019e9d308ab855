import Foundation

/// A folder whose file system stops answering, as a network mount does whose server is gone.
///
/// A shim between a program and the C library holds the program's calls to that folder: that works wherever there is a
/// C compiler, and needs no rights.
public final class SilentFolder {
    /// What a program needs in its environment.
    public let environment: [String: String]
    private let control: TemporaryFolder

    /// - Parameters:
    ///   - path: The folder, which exists.
    ///   - calls: The calls that are held, by their names in the C library; all of them where there are none.
    public init(_ path: String, calls: [String] = []) throws {
        control = try TemporaryFolder()
        let shim = try Self.shim.get()
        environment = [
            "LD_PRELOAD": shim.path("shim.so"),
            "SILENT_FOLDER": URL(fileURLWithPath: path).resolvingSymlinksInPath().path,
            "SILENT_CONTROL": control.path("silent"), "SILENT_CALLS": calls.joined(separator: ","),
        ]
    }

    /// From now on no call is answered.
    public func fallSilent() throws { try control.write([], to: "silent") }

    /// All calls are answered, also those that wait.
    public func answer() throws { try FileManager.default.removeItem(atPath: control.path("silent")) }

    private struct CompilerFailure: Error {}

    private static let shim = Result<TemporaryFolder, any Error> {
        let folder = try TemporaryFolder.forRun()
        try folder.write(source.utf8, to: "shim.c")
        let words = ["-shared", "-fPIC", "-O1", "-o", folder.path("shim.so"), folder.path("shim.c"), "-ldl"]
        for compiler in ["cc", "clang", "gcc"] where try SystemTool.run([compiler] + words).exitCode == 0 {
            return folder
        }
        throw CompilerFailure()
    }

    private static let source = #"""
        #define _GNU_SOURCE
        #include <dirent.h>
        #include <dlfcn.h>
        #include <errno.h>
        #include <fcntl.h>
        #include <limits.h>
        #include <stdarg.h>
        #include <stdio.h>
        #include <stdlib.h>
        #include <string.h>
        #include <sys/stat.h>
        #include <sys/uio.h>
        #include <unistd.h>

        #define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

        static int is_below(const char *path) {
            const char *folder = getenv("SILENT_FOLDER");
            size_t length = folder ? strlen(folder) : 0;
            return length && strncmp(path, folder, length) == 0 && (path[length] == 0 || path[length] == '/');
        }

        static int is_held(const char *call) {
            const char *calls = getenv("SILENT_CALLS");
            if (!calls || !*calls) return 1;
            const char *found = strstr(calls, call);
            size_t length = strlen(call);
            return found && (found == calls || found[-1] == ',') && (found[length] == 0 || found[length] == ',');
        }

        static void hold(const char *call) {
            const char *control = getenv("SILENT_CONTROL");
            while (control && is_held(call) && access(control, F_OK) == 0) usleep(10000);
        }

        static void find_and_hold_path(const char *call, int folder, const char *path) {
            char text[PATH_MAX], whole[2 * PATH_MAX + 2], *slash;
            if (path[0] == '/' || folder == AT_FDCWD) {
                snprintf(whole, sizeof whole, "%s", path);
            } else {
                snprintf(text, sizeof text, "/proc/self/fd/%d", folder);
                ssize_t count = readlink(text, whole, PATH_MAX);
                if (count < 0) return;
                snprintf(whole + count, sizeof whole - count, "/%s", path);
            }
            if (!REAL(realpath)(whole, text)) {
                if (!(slash = strrchr(whole, '/'))) return;
                *slash = 0;
                if (!REAL(realpath)(whole, text)) return;
            }
            if (is_below(text)) hold(call);
        }

        static void find_and_hold_descriptor(const char *call, int descriptor) {
            char name[64], path[PATH_MAX + 1];
            snprintf(name, sizeof name, "/proc/self/fd/%d", descriptor);
            ssize_t count = readlink(name, path, PATH_MAX);
            if (count < 0) return;
            path[count] = 0;
            if (is_below(path)) hold(call);
        }

        static void hold_path(const char *call, int folder, const char *path) {
            int error = errno;
            find_and_hold_path(call, folder, path);
            errno = error;
        }

        static void hold_descriptor(const char *call, int descriptor) {
            int error = errno;
            find_and_hold_descriptor(call, descriptor);
            errno = error;
        }

        int open(const char *path, int flags, ...) {
            va_list list;
            va_start(list, flags);
            int mode = va_arg(list, int);
            va_end(list);
            hold_path("open", AT_FDCWD, path);
            return REAL(open)(path, flags, mode);
        }
        int openat(int folder, const char *path, int flags, ...) {
            va_list list;
            va_start(list, flags);
            int mode = va_arg(list, int);
            va_end(list);
            hold_path("open", folder, path);
            return REAL(openat)(folder, path, flags, mode);
        }
        DIR *opendir(const char *path) { return hold_path("open", AT_FDCWD, path), REAL(opendir)(path); }
        struct dirent *readdir(DIR *folder) { return hold_descriptor("readdir", dirfd(folder)), REAL(readdir)(folder); }
        int stat(const char *path, struct stat *status) {
            return hold_path("stat", AT_FDCWD, path), REAL(stat)(path, status);
        }
        int lstat(const char *path, struct stat *status) {
            return hold_path("stat", AT_FDCWD, path), REAL(lstat)(path, status);
        }
        int fstatat(int folder, const char *path, struct stat *status, int flags) {
            return hold_path("stat", folder, path), REAL(fstatat)(folder, path, status, flags);
        }
        char *realpath(const char *path, char *resolved) {
            return hold_path("stat", AT_FDCWD, path), REAL(realpath)(path, resolved);
        }
        ssize_t read(int descriptor, void *bytes, size_t count) {
            return hold_descriptor("read", descriptor), REAL(read)(descriptor, bytes, count);
        }
        ssize_t pread(int descriptor, void *bytes, size_t count, off_t offset) {
            hold_descriptor("read", descriptor);
            // What is more than a look at the beginning.
            if (count > 4096) hold_descriptor("long read", descriptor);
            return REAL(pread)(descriptor, bytes, count, offset);
        }
        // Without a wait there is nothing of a silent server's files.
        ssize_t preadv2(int descriptor, const struct iovec *places, int count, off_t offset, int flags) {
            const char *control = getenv("SILENT_CONTROL");
            if (flags & RWF_NOWAIT && control && access(control, F_OK) == 0) return errno = EAGAIN, -1;
            return REAL(preadv2)(descriptor, places, count, offset, flags);
        }
        ssize_t pwrite(int descriptor, const void *bytes, size_t count, off_t offset) {
            return hold_descriptor("write", descriptor), REAL(pwrite)(descriptor, bytes, count, offset);
        }
        int fsync(int descriptor) { return hold_descriptor("fsync", descriptor), REAL(fsync)(descriptor); }

        """#
}
