// Made by scripts/make-fixtures with the snapshots.

#include <stddef.h>
#include "CCatalog.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char shop_sunday[] = {
#embed "snapshots/shop-sunday.db.gz"
};
static const unsigned char shop_monday[] = {
#embed "snapshots/shop-monday.db.gz"
};
static const unsigned char shop_tuesday[] = {
#embed "snapshots/shop-tuesday.db.gz"
};
static const unsigned char shop_wednesday[] = {
#embed "snapshots/shop-wednesday.db.gz"
};
static const unsigned char shop_wednesday_noon[] = {
#embed "snapshots/shop-wednesday-noon.db.gz"
};
static const unsigned char shop_thursday[] = {
#embed "snapshots/shop-thursday.db.gz"
};
static const unsigned char shop_upgraded_early[] = {
#embed "snapshots/shop-upgraded-early.db.gz"
};
static const unsigned char shop_upgraded[] = {
#embed "snapshots/shop-upgraded.db.gz"
};
static const unsigned char shop_35[] = {
#embed "snapshots/shop-35.db.gz"
};
static const unsigned char new_cluster[] = {
#embed "snapshots/new-cluster.db.gz"
};
static const unsigned char other_cluster_early[] = {
#embed "snapshots/other-cluster-early.db.gz"
};
static const unsigned char other_cluster[] = {
#embed "snapshots/other-cluster.db.gz"
};
static const unsigned char three_wednesday[] = {
#embed "snapshots/three-wednesday.db.gz"
};
static const unsigned char three_thursday[] = {
#embed "snapshots/three-thursday.db.gz"
};

static const struct ccatalog_snapshot snapshots[] = {
    {"shop-sunday", "3.4.23", 61, 1, shop_sunday, sizeof shop_sunday},
    {"shop-monday", "3.4.23", 81, 1, shop_monday, sizeof shop_monday},
    {"shop-tuesday", "3.4.23", 102, 1, shop_tuesday, sizeof shop_tuesday},
    {"shop-wednesday", "3.4.23", 128, 1, shop_wednesday, sizeof shop_wednesday},
    {"shop-wednesday-noon", "3.4.23", 138, 1, shop_wednesday_noon, sizeof shop_wednesday_noon},
    {"shop-thursday", "3.4.23", 156, 1, shop_thursday, sizeof shop_thursday},
    {"shop-upgraded-early", "3.4.23", 161, 0, shop_upgraded_early, sizeof shop_upgraded_early},
    {"shop-upgraded", "3.4.23", 164, 0, shop_upgraded, sizeof shop_upgraded},
    {"shop-35", "3.5.1", 174, 0, shop_35, sizeof shop_35},
    {"new-cluster", "3.4.23", 3, 0, new_cluster, sizeof new_cluster},
    {"other-cluster-early", "3.4.23", 294, 0, other_cluster_early, sizeof other_cluster_early},
    {"other-cluster", "3.4.23", 306, 0, other_cluster, sizeof other_cluster},
    {"three-wednesday", "3.4.23", 127, 0, three_wednesday, sizeof three_wednesday},
    {"three-thursday", "3.4.23", 155, 0, three_thursday, sizeof three_thursday},
};

const struct ccatalog_snapshot *ccatalog_snapshot(size_t index) {
    return index < sizeof snapshots / sizeof snapshots[0] ? &snapshots[index] : NULL;
}
