/**
 * Fills a running Waybill with customers, restaurants and orders, through its own REST door. What
 * is asked for is one table ({@code Script}); each request has an idempotency key of its own name,
 * so that who runs it again adds nothing. Holds: what could not be done ends in one sentence for a
 * person, a {@link io.waybill.app.settings.Refusal}.
 */
@NullMarked
package io.waybill.app.demo;

import org.jspecify.annotations.NullMarked;
