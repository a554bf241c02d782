/**
 * What a run found: figures with what is asked of them, what they cost in CPU time, comparisons,
 * and the faults that must not be. Written as a table for people and as JSON for programs.
 */
@NullMarked
package io.waybill.bench.report;

import org.jspecify.annotations.NullMarked;
