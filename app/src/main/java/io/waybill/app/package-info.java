/**
 * The one program. A command line comes in ({@code cli}), becomes settings ({@code settings}), and
 * the roles that they name are built, wired and started in one JVM ({@code roles}, with their web
 * servers in {@code web}); when all of them can work, the program says so ({@code ready}). Holds
 * until it is told to stop; then the roles close from the doors inwards, so that nothing accepted
 * is lost.
 */
@NullMarked
package io.waybill.app;

import org.jspecify.annotations.NullMarked;
