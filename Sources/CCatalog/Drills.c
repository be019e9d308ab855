#include <stddef.h>
#include "CCatalog.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char service_healthy[] = {
#embed "drills/service-healthy.yaml"
};
static const unsigned char service_gone[] = {
#embed "drills/service-gone.yaml"
};
static const unsigned char name_order[] = {
#embed "drills/name-order.yaml"
};
static const unsigned char newest_altered[] = {
#embed "drills/newest-altered.yaml"
};
static const unsigned char older_etcd[] = {
#embed "drills/older-etcd.yaml"
};
static const unsigned char disk_left[] = {
#embed "drills/disk-left.yaml"
};
static const unsigned char before_release[] = {
#embed "drills/before-release.yaml"
};
static const unsigned char deleted[] = {
#embed "drills/deleted.yaml"
};
static const unsigned char link_drops[] = {
#embed "drills/link-drops.yaml"
};
static const unsigned char other_cluster[] = {
#embed "drills/other-cluster.yaml"
};
static const unsigned char new_cluster[] = {
#embed "drills/new-cluster.yaml"
};
static const unsigned char old_member[] = {
#embed "drills/old-member.yaml"
};
static const unsigned char bring_up[] = {
#embed "drills/bring-up.yaml"
};

static const struct ccatalog_drill drills[] = {
    {"service-healthy", service_healthy, sizeof service_healthy},
    {"service-gone", service_gone, sizeof service_gone},
    {"name-order", name_order, sizeof name_order},
    {"newest-altered", newest_altered, sizeof newest_altered},
    {"older-etcd", older_etcd, sizeof older_etcd},
    {"disk-left", disk_left, sizeof disk_left},
    {"before-release", before_release, sizeof before_release},
    {"deleted", deleted, sizeof deleted},
    {"link-drops", link_drops, sizeof link_drops},
    {"other-cluster", other_cluster, sizeof other_cluster},
    {"new-cluster", new_cluster, sizeof new_cluster},
    {"old-member", old_member, sizeof old_member},
    {"bring-up", bring_up, sizeof bring_up},
};

const struct ccatalog_drill *ccatalog_drill(size_t index) {
    return index < sizeof drills / sizeof drills[0] ? &drills[index] : NULL;
}
