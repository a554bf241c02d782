/**
 * How a command is accepted: it comes in as a message from a door, is checked, identified, looked
 * up, and goes to the outbox. Accepted means on disk.
 */
@NullMarked
package io.waybill.gateway.submission;

import org.jspecify.annotations.NullMarked;
