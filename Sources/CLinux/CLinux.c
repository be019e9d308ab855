#define _GNU_SOURCE
#include "CLinux.h"

#include <fcntl.h>
#include <stdio.h>

int clinux_rename_noreplace(int directory, const char *from, const char *to) {
    return renameat2(directory, from, directory, to, RENAME_NOREPLACE);
}

int clinux_start_writeback(int file, int64_t offset, int64_t byte_count) {
    return sync_file_range(file, offset, byte_count, SYNC_FILE_RANGE_WRITE);
}
