package io.waybill.gateway.graphql.field;

import io.waybill.gateway.reading.Freshness;

/** A single read within a request: equal ones are one. */
record ContactKey(String id, Freshness freshness) {}
