/**
 * What clients see of failures: a sentence, where it happened, and {@code extensions {code, field,
 * retryAfterMillis}}. Everything that goes wrong comes in, from a refusal to a fault of our own;
 * nothing goes out that gives away how Waybill works inside, or that echoes more than a line.
 */
@NullMarked
package io.waybill.gateway.graphql.failure;

import org.jspecify.annotations.NullMarked;
