package io.waybill.gateway.rest;

import io.waybill.wire.identity.Principal;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/**
 * A request to a route, as far as HTTP is concerned.
 *
 * @param principal who asks
 * @param path what the variables of the route's path stand for
 * @param query its parameters, each given once
 * @param body what was sent; empty when nothing but white space was
 * @param key the idempotency key, if one is given
 * @param trace the client's {@code traceparent}, if one is given
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never handed out of the package
record Asked(
        Principal principal,
        Map<String, String> path,
        Map<String, String> query,
        byte[] body,
        @Nullable String key,
        @Nullable String trace) {}
