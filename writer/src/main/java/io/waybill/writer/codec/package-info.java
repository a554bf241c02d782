/**
 * Between the domain and what travels and is stored: commands as the catalogue reads them come in
 * as the domain's own, its events go out as protobuf and come back. Nothing is decided here.
 */
@NullMarked
package io.waybill.writer.codec;

import org.jspecify.annotations.NullMarked;
