/**
 * The write path in virtual time: the real outbox, the real writer pipeline and the in-memory log,
 * tied together by a queue, a network and disks that lose, repeat, delay and die as a seed says.
 */
@NullMarked
package io.waybill.app.simulation;

import org.jspecify.annotations.NullMarked;
