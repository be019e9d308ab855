import Backups
import HTTP
import SidecarAPI

/// Where a backup service listens, as the operator sets it up (etcd operator v0.3.3 `pkg/util/constants`,
/// `DefaultBackupPodHTTPPort`; `pkg/util/k8sutil/backup.go`, `BackupSidecarName`).
enum ServiceAddress {
    /// - Throws: `ServiceError`.
    static func base(_ settings: ServiceSettings) throws(ServiceError) -> HTTPBase {
        if let url = settings.url {
            guard let base = HTTPBase(url) else { throw .notAddress(url) }
            return base
        }
        guard let cluster = settings.cluster else { throw .withoutCluster }
        var host = "\(cluster.name)-backup-sidecar"
        if let namespace = settings.namespace ?? cluster.namespace {
            host += ".\(namespace).svc.\(settings.clusterDomain)"
        }
        guard let base = HTTPBase("http://\(host):\(ServiceAPI.defaultPort)") else {
            throw .notAddress("http://\(host):\(ServiceAPI.defaultPort)")
        }
        return base
    }
}
