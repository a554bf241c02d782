/**
 * The command catalogue: what every door needs to know of a command, read from the options that
 * each command message carries.
 *
 * <p>What comes in is a topic and bytes; what goes out is a {@link io.waybill.catalogue.Reading}: a
 * normalised, valid {@link io.waybill.catalogue.Command}, or the reason why there is none. Adding a
 * command means adding its message to {@code proto}, and its file to {@link
 * io.waybill.catalogue.CommandCatalogue}.
 */
@NullMarked
package io.waybill.catalogue;

import org.jspecify.annotations.NullMarked;
