/**
 * The shapes of load: one request after the other on every connection (closed), or at a fixed rate
 * whatever the answers do (paced), and the times that come of them.
 */
@NullMarked
package io.waybill.bench.load;

import org.jspecify.annotations.NullMarked;
