#ifndef CCATALOG_H
#define CCATALOG_H

#include <stddef.h>

// The files that the program carries for its drills, as bytes of its own: '#embed' of C23 costs no time to compile, and
// nothing to start.

/// A snapshot of a real etcd.
struct ccatalog_snapshot {
    const char *name;
    /// The version of the etcd that wrote it.
    const char *etcd_version;
    /// Its cluster's revision.
    long long revision;
    /// Whether a cluster that a drill does not speak of may have it: 1 or 0.
    int is_ordinary;
    /// The file, compressed by gzip.
    const unsigned char *bytes;
    size_t count;
};

/// The snapshot at an index, or NULL behind the last one.
const struct ccatalog_snapshot *ccatalog_snapshot(size_t index);

/// A drill.
struct ccatalog_drill {
    const char *name;
    /// Its file, in YAML.
    const unsigned char *bytes;
    size_t count;
};

/// The drill at an index, or NULL behind the last one. They stand from the easy to the hard.
const struct ccatalog_drill *ccatalog_drill(size_t index);

#endif
