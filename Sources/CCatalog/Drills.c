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

static const struct ccatalog_drill drills[] = {
    {"service-healthy", service_healthy, sizeof service_healthy},
    {"service-gone", service_gone, sizeof service_gone},
    {"name-order", name_order, sizeof name_order},
};

const struct ccatalog_drill *ccatalog_drill(size_t index) {
    return index < sizeof drills / sizeof drills[0] ? &drills[index] : NULL;
}
