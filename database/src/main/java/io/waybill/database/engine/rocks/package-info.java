/**
 * The embedded engine: one RocksDB in one folder, owned by one process. A batch of commits goes in
 * as one synced write, a read model's rows, index entries and checkpoint as one write, so that
 * nothing is ever half there. After a failed write the database is closed, opened and read again
 * before anything else happens. {@link io.waybill.database.engine.rocks.RocksEngine} is the way in.
 *
 * <p>Keys, by column family (numbers are 8 bytes, big-endian; times are seconds and 4 bytes of
 * nanoseconds, so that they sort):
 *
 * <pre>
 * log       position                          the commit
 * streams   stream 00 version                 the position of the commit that reached it
 * streams   stream 00 0                       the stream's version now
 * commands  principal 00 command id           the position of its commit, or of what foreclosed it
 * timers    stream 00 name                    when the timer is due
 * due       when stream 00 name               the timer
 * snapshots stream                            its snapshot
 * rows      table 00 key                      the row
 * indexes   table 00 index 00 key             the row again, or its key, as the index is declared
 * meta      "store"                           which store this is
 * meta      "checkpoint/" table               how far the table has been brought
 * </pre>
 */
@NullMarked
package io.waybill.database.engine.rocks;

import org.jspecify.annotations.NullMarked;
