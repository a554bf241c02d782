/**
 * The public read API as a role: gRPC on a port of its own, open to any client, over the read
 * models of the database.
 *
 * <p>What comes in is a call of {@code waybill.reader.v1} or of the older {@code protocol} package;
 * it is checked against the rules of reading ({@link io.waybill.reader.view}, and a package for
 * each kind of thing that is read), asked of the database ({@link io.waybill.reader.query}) and
 * answered on the thread that brings the database's answer. No thread is held while a call waits,
 * and no call waits for ever. The role keeps nothing: it can be killed at any moment, and any
 * number of it may run.
 */
@NullMarked
package io.waybill.reader;

import org.jspecify.annotations.NullMarked;
