package io.waybill.gateway.health;

import io.waybill.wire.identity.Role;
import io.waybill.wire.role.RunningRole;

/**
 * A role that this instance needs and that may run elsewhere, as it is seen from here. Its entry in
 * the health is left to the role itself where that runs here, too.
 */
public interface Neighbour {

    /** Which role it is. */
    Role role();

    /** How it is, as far as can be told from here. Safe for use by many threads, and quick. */
    RunningRole.Health health();
}
