/**
 * The log as a feed over gRPC. A subscription is brought up to the end of the log and then gets
 * each commit as it is written, in order, without gap or repetition, as fast as its subscriber
 * takes them and no faster. How far a subscriber has got is kept here for it, as it said itself.
 */
@NullMarked
package io.waybill.database.feed;

import org.jspecify.annotations.NullMarked;
