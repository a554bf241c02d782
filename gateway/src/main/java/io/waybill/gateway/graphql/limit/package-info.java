/**
 * What a GraphQL document may cost, decided before it is executed.
 *
 * <p>In comes a document as text; out goes a {@link io.waybill.gateway.graphql.limit.Prepared} one,
 * parsed, measured and validated, or the errors that refuse it. Measuring comes before validating,
 * so that no document is worked on for long. What was prepared is kept for the next request,
 * bounded in number and size.
 */
@NullMarked
package io.waybill.gateway.graphql.limit;

import org.jspecify.annotations.NullMarked;
