/**
 * One run of the program: settings come in, the house is started, its readiness announced, and on a
 * signal everything is closed within ten seconds.
 */
@NullMarked
package io.waybill.app.instance;

import org.jspecify.annotations.NullMarked;
