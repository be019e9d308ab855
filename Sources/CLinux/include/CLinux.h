#ifndef CLINUX_H
#define CLINUX_H

#include <stdint.h>

// System calls that Swift's Glibc module does not show, because glibc declares them with _GNU_SOURCE only.

/// Renames a file in a directory unless the new name exists: 0, or -1 with errno EEXIST, and EINVAL where the file
/// system can't (renameat2(2) with RENAME_NOREPLACE).
int clinux_rename_noreplace(int directory, const char *from, const char *to);

/// Starts writing a file's dirty pages to the disk, without waiting for it (sync_file_range(2)): 0, or -1 with errno.
int clinux_start_writeback(int file, int64_t offset, int64_t byte_count);

#endif
