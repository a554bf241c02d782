/**
 * The roles of one instance. Settings come in; the roles that they name are built, given their
 * channels to each other (in process where both ends are here, over TCP else), started and at the
 * end closed. Holds: one process for each role's folder; nothing listens beyond this machine while
 * no users are named; what was started is closed, whatever happens between.
 */
@NullMarked
package io.waybill.app.roles;

import org.jspecify.annotations.NullMarked;
