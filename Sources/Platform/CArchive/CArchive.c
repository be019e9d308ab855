#include "CArchive.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdlib.h>

// What archive.h and archive_entry.h declare, as far as it is used.
struct archive;
struct archive_entry;
typedef ssize_t archive_read_callback(struct archive *, void *, const void **);
typedef int64_t archive_seek_callback(struct archive *, void *, int64_t, int);
enum { ARCHIVE_EOF = 1, ARCHIVE_OK = 0, ARCHIVE_WARN = -20, ARCHIVE_FATAL = -30 };
enum {
    ARCHIVE_FILTER_BZIP2 = 2,
    ARCHIVE_FILTER_XZ = 6,
    ARCHIVE_FILTER_LZ4 = 13,
    ARCHIVE_FILTER_ZSTD = 14,
};

// One line for each function: what it returns, its name without `archive_`, what it takes.
#define FUNCTIONS(F)                                                    \
    F(struct archive *, read_new, (void))                               \
    F(int, read_free, (struct archive *))                               \
    F(int, read_support_format_raw, (struct archive *))                 \
    F(int, read_support_format_tar, (struct archive *))                 \
    F(int, read_support_format_zip_seekable, (struct archive *))        \
    F(int, read_support_format_zip_streamable, (struct archive *))      \
    F(int, read_support_filter_bzip2, (struct archive *))               \
    F(int, read_support_filter_xz, (struct archive *))                  \
    F(int, read_set_read_callback, (struct archive *, archive_read_callback *)) \
    F(int, read_set_seek_callback, (struct archive *, archive_seek_callback *)) \
    F(int, read_set_callback_data, (struct archive *, void *))          \
    F(int, read_open1, (struct archive *))                              \
    F(int, read_next_header, (struct archive *, struct archive_entry **)) \
    F(ssize_t, read_data, (struct archive *, void *, size_t))           \
    F(int, filter_code, (struct archive *, int))                        \
    F(const char *, error_string, (struct archive *))                   \
    F(const char *, entry_pathname, (struct archive_entry *))           \
    F(const char *, entry_pathname_utf8, (struct archive_entry *))      \
    F(mode_t, entry_filetype, (struct archive_entry *))                 \
    F(const char *, entry_hardlink, (struct archive_entry *))           \
    F(int64_t, entry_size, (struct archive_entry *))                    \
    F(int, entry_size_is_set, (struct archive_entry *))

// Later versions have these.
#define LATER_FUNCTIONS(F)                                              \
    F(int, read_support_filter_lz4, (struct archive *))                 \
    F(int, read_support_filter_zstd, (struct archive *))

#define DECLARE(result, name, parameters) result(*name) parameters;
static struct {
    FUNCTIONS(DECLARE)
    LATER_FUNCTIONS(DECLARE)
} library;

static int is_loaded;

static void load(void) {
    void *file = dlopen("libarchive.so.13", RTLD_NOW | RTLD_LOCAL);
    if (!file) { return; }
    is_loaded = 1;
#define FIND_LATER(result, name, parameters) library.name = (result(*) parameters)dlsym(file, "archive_" #name);
#define FIND(result, name, parameters)      \
    FIND_LATER(result, name, parameters)    \
    if (!library.name) { is_loaded = 0; }
    FUNCTIONS(FIND)
    LATER_FUNCTIONS(FIND_LATER)
}

struct carchive {
    struct archive *archive;
    /// The filter that must be the first one; 0 where there is none.
    int filter;
    void *context;
    carchive_read_function read;
    carchive_seek_function seek;
};

static ssize_t read_bytes(struct archive *archive, void *context, const void **bytes) {
    (void)archive;
    struct carchive *self = context;
    ssize_t count = self->read(self->context, bytes);
    return count < 0 ? ARCHIVE_FATAL : count;
}

static int64_t seek_to(struct archive *archive, void *context, int64_t offset, int whence) {
    (void)archive;
    struct carchive *self = context;
    int64_t position = self->seek(self->context, offset, whence);
    return position < 0 ? ARCHIVE_FATAL : position;
}

/// Lets libarchive know the one format, and nothing else.
static int support(struct carchive *self, carchive_format format) {
    struct archive *archive = self->archive;
    int (*filter)(struct archive *) = NULL;
    switch (format) {
    case carchive_tar: return library.read_support_format_tar(archive);
    case carchive_zip:
        return self->seek ? library.read_support_format_zip_seekable(archive)
                          : library.read_support_format_zip_streamable(archive);
    case carchive_bzip2:
        self->filter = ARCHIVE_FILTER_BZIP2;
        filter = library.read_support_filter_bzip2;
        break;
    case carchive_xz:
        self->filter = ARCHIVE_FILTER_XZ;
        filter = library.read_support_filter_xz;
        break;
    case carchive_lz4:
        self->filter = ARCHIVE_FILTER_LZ4;
        filter = library.read_support_filter_lz4;
        break;
    case carchive_zstd:
        self->filter = ARCHIVE_FILTER_ZSTD;
        filter = library.read_support_filter_zstd;
        break;
    }
    // One that would run a program of the system instead is no support: that warns.
    if (!filter || filter(archive) != ARCHIVE_OK) { return ARCHIVE_FATAL; }
    return library.read_support_format_raw(archive);
}

carchive_status carchive_open(
    carchive_format format, void *context, carchive_read_function read, carchive_seek_function seek, carchive **opened
) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    *opened = NULL;
    pthread_once(&once, load);
    if (!is_loaded) { return carchive_no_library; }

    struct carchive *self = calloc(1, sizeof *self);
    if (!self) { return carchive_no_memory; }
    *self = (struct carchive){.archive = library.read_new(), .context = context, .read = read, .seek = seek};
    carchive_status status = carchive_no_memory;
    if (!self->archive) { goto failed; }
    status = carchive_no_format;
    if (support(self, format) != ARCHIVE_OK) { goto failed; }

    library.read_set_read_callback(self->archive, read_bytes);
    if (seek) { library.read_set_seek_callback(self->archive, seek_to); }
    library.read_set_callback_data(self->archive, self);
    *opened = self;
    // What goes wrong has words, so that it stays open for them.
    if (library.read_open1(self->archive) < ARCHIVE_WARN) { return carchive_failed; }
    if (self->filter && library.filter_code(self->archive, 0) != self->filter) { return carchive_other_format; }
    return carchive_ok;

failed:
    carchive_close(self);
    return status;
}

int carchive_next(carchive *self, carchive_entry *entry) {
    struct archive_entry *found = NULL;
    int code = library.read_next_header(self->archive, &found);
    if (code == ARCHIVE_EOF) { return 0; }
    // A warning is about a name or a time that can't be shown.
    if (code < ARCHIVE_WARN || !found) { return -1; }
    const char *name = library.entry_pathname(found);
    entry->name = name ? name : library.entry_pathname_utf8(found);
    entry->file_type = library.entry_filetype(found);
    entry->is_hard_link = library.entry_hardlink(found) != NULL;
    entry->byte_count = library.entry_size_is_set(found) ? library.entry_size(found) : -1;
    return 1;
}

ssize_t carchive_read(carchive *self, void *bytes, size_t byte_count) {
    ssize_t count = library.read_data(self->archive, bytes, byte_count);
    // A warning here is about bytes.
    return count < 0 ? -1 : count;
}

const char *carchive_message(carchive *self) { return library.error_string(self->archive); }

void carchive_close(carchive *self) {
    if (self->archive) { library.read_free(self->archive); }
    free(self);
}
