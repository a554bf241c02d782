/**
 * Time and threads as ports: an event loop that can run on a real thread or in virtual time, and
 * how long to wait before trying again.
 */
@NullMarked
package io.waybill.wire.time;

import org.jspecify.annotations.NullMarked;
