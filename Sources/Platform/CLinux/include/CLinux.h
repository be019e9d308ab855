#ifndef CLINUX_H
#define CLINUX_H

#include <spawn.h>
#include <stdint.h>

// Calls that Swift's Glibc module does not show.

/// Renames a file in a directory unless the new name exists: 0, or -1 with errno EEXIST, and EINVAL where the file
/// system can't (renameat2(2) with RENAME_NOREPLACE).
int clinux_rename_noreplace(int directory, const char *from, const char *to);

/// Starts writing a file's dirty pages to the disk, without waiting for it (sync_file_range(2)): 0, or -1 with errno.
int clinux_start_writeback(int file, int64_t offset, int64_t byte_count);

/// Opens a new file without a name in a folder, for its owner alone: the file, or -1 with errno EOPNOTSUPP where the file
/// system can't (open(2) with O_TMPFILE).
int clinux_open_unnamed(const char *folder);

/// Opens a new file without a name in memory (memfd_create(2)): the file, or -1 with errno. The name shows in /proc alone.
int clinux_open_in_memory(const char *name);

/// Makes a pipe that no program inherits (pipe2(2)): 0, or -1 with errno. The first end is read from.
int clinux_pipe(int *ends);

/// Takes room for so many bytes from the disk, without changing the file's size (fallocate(2) with FALLOC_FL_KEEP_SIZE):
/// 0, or -1 with errno.
int clinux_reserve(int file, int64_t byte_count);

/// Has a program that is spawned get no open file but standard input, output and error: 0, or an error number.
///
/// glibc 2.34 and later (posix_spawn_file_actions_addclosefrom_np); before that, it closes those alone that say so
/// themselves (O_CLOEXEC).
int clinux_close_other_files(posix_spawn_file_actions_t *actions);

/// Copies bytes from one file to another within the kernel (copy_file_range(2)): how many, 0 at the end of the source, or
/// -1 with errno.
int64_t clinux_copy_range(int from, int64_t from_offset, int to, int64_t to_offset, int64_t byte_count);

/// Reads what is in memory of a file's bytes, and waits neither for a disk nor for a server (preadv2(2) with RWF_NOWAIT):
/// how many, or -1 with errno EAGAIN where they are not in memory, and EOPNOTSUPP where the file system can't say.
int64_t clinux_read_cached(int file, void *bytes, int64_t byte_count, int64_t offset);

/// Keeps freed memory for the next use: blocks below a MiB, and up to 8 MiB at a heap's end (mallopt(3)). By default, glibc
/// gives much of it back to the kernel at once, which clears it again for the next block.
void clinux_keep_freed_memory(void);

#endif
