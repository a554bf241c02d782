/**
 * The command line. Arguments, environment variables and properties come in, settings go out;
 * whatever is wrong with them ends in one sentence with a hint, never in a stack trace. Exit codes:
 * 0 done, 1 could not run, 2 wrong usage.
 */
@NullMarked
package io.waybill.app.cli;

import org.jspecify.annotations.NullMarked;
