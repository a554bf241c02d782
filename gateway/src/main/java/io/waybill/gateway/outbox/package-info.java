/**
 * Keeps accepted commands until their outcome is known. Commands come in and are on disk before
 * they are accepted; they go out to the queue in order, again when they may be lost, and are
 * cleared by the writer's answers.
 */
@NullMarked
package io.waybill.gateway.outbox;

import org.jspecify.annotations.NullMarked;
