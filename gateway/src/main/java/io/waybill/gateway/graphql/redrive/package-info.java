/**
 * Driving dead letters again. Comes in: which one, and perhaps its payload edited. Goes out: a new
 * command that is linked to the old, by the way that all commands go. What holds: nobody drives
 * another principal's; what was applied once is not driven a second time; and what a saga sent is
 * never sent again from here: its saga is woken.
 */
@NullMarked
package io.waybill.gateway.graphql.redrive;

import org.jspecify.annotations.NullMarked;
