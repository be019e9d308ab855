package import NIOCore
import Synchronization

/// The connections of one server, and the tasks that answer on them.
package final class OpenConnections: Sendable {
    private struct State {
        var channels: [ObjectIdentifier: any Channel] = [:]
        var tasks: [Int: Task<Void, Never>] = [:]
        var taskCount = 0
        var hasEnded = false
    }

    private let state = Mutex(State())

    package init() {}

    package var channels: [any Channel] { state.withLock { Array($0.channels.values) } }

    /// Keeps a connection until it is closed; closes it where the server has ended.
    package func add(_ channel: any Channel) {
        let key = ObjectIdentifier(channel)
        let isOpen = state.withLock { state in
            if !state.hasEnded { state.channels[key] = channel }
            return !state.hasEnded
        }
        guard isOpen else { return channel.close(promise: nil) }
        channel.closeFuture.whenComplete { _ in self.state.withLock { $0.channels[key] = nil } }
    }

    func startTask(_ run: @escaping @Sendable () async -> Void) -> Task<Void, Never> {
        state.withLock { state in
            state.taskCount += 1
            let number = state.taskCount
            let task = Task {
                await run()
                self.state.withLock { $0.tasks[number] = nil }
            }
            state.tasks[number] = task
            return task
        }
    }

    /// Closes each connection when its response has been sent, all of them after a while, and waits for their tasks.
    package func end(within graceTime: Duration) async {
        let channels = state.withLock { state in
            state.hasEnded = true
            return Array(state.channels.values)
        }
        if graceTime > .zero {
            for channel in channels { channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent()) }
        }
        let deadline = Task {
            try? await Task.sleep(for: graceTime)
            for channel in channels { channel.close(promise: nil) }
        }
        for channel in channels { try? await channel.closeFuture.get() }
        deadline.cancel()
        for task in state.withLock({ Array($0.tasks.values) }) { await task.value }
    }
}
