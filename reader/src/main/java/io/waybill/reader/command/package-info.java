/**
 * Following commands. What comes in is the id of a command of the caller; what goes out is its
 * outcome, as soon as it is known or when the caller has waited long enough. Nobody sees another
 * principal's command.
 */
@NullMarked
package io.waybill.reader.command;

import org.jspecify.annotations.NullMarked;
