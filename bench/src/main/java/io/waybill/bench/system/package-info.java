/**
 * The system that is measured, where the benchmark starts it itself: on an empty data folder and
 * free ports, from the launcher, as a user would; how long that takes, what memory it holds, and
 * its end with nothing left behind.
 */
@NullMarked
package io.waybill.bench.system;

import org.jspecify.annotations.NullMarked;
