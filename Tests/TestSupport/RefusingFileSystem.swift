/// A file system that refuses some calls, as NFS, CIFS and FUSE do: a library that a program is started with answers
/// them.
public struct RefusingFileSystem: Sendable {
    public enum Call: String, Sendable {
        /// flock(2)
        case lock = "SHIM_FLOCK"
        /// fsync(2) of a folder; of a file it works as ever.
        case folderSync = "SHIM_FSYNC"
        /// renameat2(2) with flags.
        case renameWithFlags = "SHIM_RENAMEAT2"
        /// linkat(2)
        case link = "SHIM_LINKAT"
        /// unlinkat(2)
        case unlink = "SHIM_UNLINKAT"
        /// openat(2) and open(2) with O_TMPFILE.
        case unnamedFile = "SHIM_TMPFILE"
        /// dlopen(3) of libarchive, as on a machine that lacks it.
        case libArchive = "SHIM_LIBARCHIVE"
    }

    private let folder: TemporaryFolder

    /// Compiles the library.
    public init() throws {
        folder = try TemporaryFolder()
        let source = try folder.write(Self.source.utf8, to: "shim.c")
        let command = ["gcc", "-shared", "-fPIC", "-O1", "-o", folder.path("shim.so"), source]
        guard try SystemTool.run(command).exitCode == 0 else {
            throw PartFailure("cannot compile \(source): is there gcc?")
        }
    }

    /// The environment of a program for which these calls end with these error numbers.
    public func environment(_ refusals: [Call: Int32]) -> [String: String] {
        Dictionary(uniqueKeysWithValues: refusals.map { ($0.rawValue, "\($1)") })
            .merging(["LD_PRELOAD": folder.path("shim.so")]) { $1 }
    }

    private static let source = #"""
        #define _GNU_SOURCE
        #include <dlfcn.h>
        #include <errno.h>
        #include <fcntl.h>
        #include <stdarg.h>
        #include <stdlib.h>
        #include <string.h>
        #include <sys/stat.h>
        #include <unistd.h>

        static int refused(const char *name) {
            const char *code = getenv(name);
            if (code == NULL) return 0;
            errno = atoi(code);
            return 1;
        }

        #define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

        void *dlopen(const char *name, int flags) {
            if (name != NULL && strstr(name, "libarchive") != NULL && refused("SHIM_LIBARCHIVE")) return NULL;
            return NEXT(dlopen)(name, flags);
        }

        int flock(int file, int operation) {
            return refused("SHIM_FLOCK") ? -1 : NEXT(flock)(file, operation);
        }

        int fsync(int file) {
            struct stat status;
            int is_folder = fstat(file, &status) == 0 && S_ISDIR(status.st_mode);
            return is_folder && refused("SHIM_FSYNC") ? -1 : NEXT(fsync)(file);
        }

        int renameat2(int folder, const char *from, int other, const char *to, unsigned int flags) {
            return flags != 0 && refused("SHIM_RENAMEAT2") ? -1 : NEXT(renameat2)(folder, from, other, to, flags);
        }

        int linkat(int folder, const char *from, int other, const char *to, int flags) {
            return refused("SHIM_LINKAT") ? -1 : NEXT(linkat)(folder, from, other, to, flags);
        }

        int unlinkat(int folder, const char *path, int flags) {
            return refused("SHIM_UNLINKAT") ? -1 : NEXT(unlinkat)(folder, path, flags);
        }

        int open(const char *path, int flags, ...) {
            va_list arguments;
            va_start(arguments, flags);
            mode_t mode = (flags & O_CREAT) || (flags & O_TMPFILE) == O_TMPFILE ? va_arg(arguments, mode_t) : 0;
            va_end(arguments);
            if ((flags & O_TMPFILE) == O_TMPFILE && refused("SHIM_TMPFILE")) return -1;
            return NEXT(open)(path, flags, mode);
        }

        int openat(int folder, const char *path, int flags, ...) {
            va_list arguments;
            va_start(arguments, flags);
            mode_t mode = (flags & O_CREAT) || (flags & O_TMPFILE) == O_TMPFILE ? va_arg(arguments, mode_t) : 0;
            va_end(arguments);
            if ((flags & O_TMPFILE) == O_TMPFILE && refused("SHIM_TMPFILE")) return -1;
            return NEXT(openat)(folder, path, flags, mode);
        }
        """#
}
