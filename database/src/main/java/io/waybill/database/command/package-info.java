/**
 * The read model of commands: in come all commits, out goes for each the outcome of its command,
 * and of the command that it forecloses, as their principal may see it.
 */
@NullMarked
package io.waybill.database.command;

import org.jspecify.annotations.NullMarked;
