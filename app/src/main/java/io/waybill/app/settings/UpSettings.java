package io.waybill.app.settings;

import io.waybill.wire.identity.Role;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * All that {@code waybill up} was told.
 *
 * @param roles the roles that run here
 * @param data where roles keep what they own, each in a folder of its name
 * @param credentials the folder with the secrets that the roles share
 * @param delay how long a command waits before it is applied
 * @param bind the address that every door listens on
 * @param ports the doors of this instance
 * @param neighbours where the other roles are
 * @param orders how orders are carried out
 * @param readyFile what to write when ready
 */
public record UpSettings(
        Set<Role> roles,
        Path data,
        Path credentials,
        Duration delay,
        InetAddress bind,
        Ports ports,
        Neighbours neighbours,
        OrderSettings orders,
        Optional<Path> readyFile) {

    public UpSettings {
        roles = Set.copyOf(roles);
    }

    /** Whether a role runs here. */
    public boolean runs(Role role) {
        return roles.contains(role);
    }

    /** A role's own folder. */
    public Path folder(Role role) {
        return data.resolve(role.label());
    }

    /** Where a door listens. */
    public InetSocketAddress listenAt(int port) {
        return new InetSocketAddress(bind, port);
    }

    /** How a door of this instance is reached from this machine. */
    public HostPort reach(int port) {
        return new HostPort(bind.isAnyLocalAddress() ? "127.0.0.1" : bind.getHostAddress(), port);
    }

    /** Whether only this machine can reach the doors. */
    public boolean loopbackOnly() {
        return bind.isLoopbackAddress();
    }
}
