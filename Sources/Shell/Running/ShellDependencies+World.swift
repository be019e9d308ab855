package import Backups

extension ShellDependencies {
    /// The same in a closed world: its home and its environment, and what its sources reach.
    package func inside(_ world: ClosedWorld) -> ShellDependencies {
        var dependencies = outside
        dependencies.realHome = dependencies.home
        dependencies.realEnvironment = dependencies.processEnvironment
        dependencies.world = world
        dependencies.home = world.home
        dependencies.processEnvironment = world.environment
        return dependencies
    }

    /// The same in the real world.
    package var outside: ShellDependencies {
        guard world != nil else { return self }
        var dependencies = self
        dependencies.world = nil
        dependencies.home = realHome
        dependencies.processEnvironment = realEnvironment
        return dependencies
    }
}
