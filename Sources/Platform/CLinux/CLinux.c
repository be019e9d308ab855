#define _GNU_SOURCE
#include "CLinux.h"

#include <fcntl.h>
#include <malloc.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/uio.h>
#include <unistd.h>

int clinux_rename_noreplace(int directory, const char *from, const char *to) {
    return renameat2(directory, from, directory, to, RENAME_NOREPLACE);
}

int clinux_open_unnamed(const char *folder) {
    return open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
}

int clinux_open_in_memory(const char *name) { return memfd_create(name, MFD_CLOEXEC); }

int clinux_pipe(int *ends) { return pipe2(ends, O_CLOEXEC); }

int clinux_reserve(int file, int64_t byte_count) {
    return fallocate(file, FALLOC_FL_KEEP_SIZE, 0, byte_count);
}

int clinux_start_writeback(int file, int64_t offset, int64_t byte_count) {
    return sync_file_range(file, offset, byte_count, SYNC_FILE_RANGE_WRITE);
}

int clinux_close_other_files(posix_spawn_file_actions_t *actions) {
#if defined(__GLIBC__) && __GLIBC_PREREQ(2, 34)
    return posix_spawn_file_actions_addclosefrom_np(actions, STDERR_FILENO + 1);
#else
    (void)actions;
    return 0;
#endif
}

int64_t clinux_copy_range(int from, int64_t from_offset, int to, int64_t to_offset, int64_t byte_count) {
    off64_t source = from_offset;
    off64_t target = to_offset;
    return copy_file_range(from, &source, to, &target, (size_t)byte_count, 0);
}

int64_t clinux_read_cached(int file, void *bytes, int64_t byte_count, int64_t offset) {
    struct iovec place = {.iov_base = bytes, .iov_len = (size_t)byte_count};
    return preadv2(file, &place, 1, offset, RWF_NOWAIT);
}

void clinux_keep_freed_memory(void) {
#ifdef __GLIBC__
    mallopt(M_MMAP_THRESHOLD, 1 << 20);
    mallopt(M_TRIM_THRESHOLD, 8 << 20);
#endif
}
