package io.waybill.database.engine;

import io.waybill.proto.eventstore.v1.DueTimer;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Timers that are due.
 *
 * @param timers in order of their time
 * @param next when the first that comes after those that were given is due, which may have passed
 *     already; empty when there is none
 */
public record DueTimers(List<DueTimer> timers, Optional<Instant> next) {}
