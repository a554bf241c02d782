/**
 * Loads that only read: what comes in are a few queries and how a right answer to each is known;
 * what comes out is how many were answered, and how long each took.
 */
@NullMarked
package io.waybill.bench.query;

import org.jspecify.annotations.NullMarked;
