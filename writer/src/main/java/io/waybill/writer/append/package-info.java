/**
 * Appending: groups of proposed commits come in from all lanes and go to the log many to a call, a
 * few calls at a time.
 *
 * <p>What holds: a group travels whole in one call, and a lane has one group at a time, so that the
 * commits of one stream stay in order. A call that fails is repeated as it was, which the log makes
 * safe. Nothing is written, and nothing is answered, that was decided on another incarnation of the
 * store than there is: that is decided again.
 */
@NullMarked
package io.waybill.writer.append;

import org.jspecify.annotations.NullMarked;
