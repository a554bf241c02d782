/**
 * A store in memory that keeps every promise of the seams but durability: for tests, and for
 * simulations of what stands above it.
 */
@NullMarked
package io.waybill.database.engine.memory;

import org.jspecify.annotations.NullMarked;
