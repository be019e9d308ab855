#ifndef CARCHIVE_H
#define CARCHIVE_H

#include <stdint.h>
#include <sys/types.h>

/// Reads archives and compressed streams with libarchive, which is loaded when the first of them comes: a program that
/// meets none runs without it.
///
/// Nothing of libarchive's headers is needed: what is declared here of it is the same in all versions of libarchive.so.13
/// (libarchive 3.1 and later, `archive.h` and `archive_entry.h`).
typedef struct carchive carchive;

typedef enum {
    carchive_tar,
    carchive_zip,
    carchive_bzip2,
    carchive_xz,
    carchive_lz4,
    carchive_zstd,
} carchive_format;

typedef enum {
    carchive_ok,
    /// The library is not on this machine.
    carchive_no_library,
    /// The library was built without this format.
    carchive_no_format,
    carchive_no_memory,
    /// `carchive_message` says what is wrong.
    carchive_failed,
    /// The bytes don't begin as the format does.
    carchive_other_format,
} carchive_status;

/// Gives the next bytes, valid until the next call: how many, 0 at the end, -1 on failure.
typedef ssize_t (*carchive_read_function)(void *context, const void **bytes);
/// Goes to a place, as lseek(2) does: the offset from the start, or -1.
typedef int64_t (*carchive_seek_function)(void *context, int64_t offset, int whence);

/// Begins to read. The functions are called with the context until `carchive_close`.
///
/// `seek` may be absent: then a zip is read in order, by what stands before each entry.
carchive_status carchive_open(
    carchive_format format, void *context, carchive_read_function read, carchive_seek_function seek, carchive **opened
);

/// An entry; its name is valid until the next one.
typedef struct {
    /// Absent where it can't be shown as text.
    const char *name;
    /// As `st_mode` has it: `S_IFREG` and others.
    uint32_t file_type;
    int is_hard_link;
    /// -1 where the archive does not say.
    int64_t byte_count;
} carchive_entry;

/// Goes to the next entry: 1, or 0 at the end, or -1 on failure. A compressed stream is one entry.
int carchive_next(carchive *archive, carchive_entry *entry);

/// Reads the next bytes of the entry: how many, 0 at its end, -1 on failure.
ssize_t carchive_read(carchive *archive, void *bytes, size_t byte_count);

/// Why the last call failed, in libarchive's words; absent where it has none.
const char *carchive_message(carchive *archive);

void carchive_close(carchive *archive);

#endif
