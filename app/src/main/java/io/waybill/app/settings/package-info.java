/**
 * What the program was told: which roles run here, where their folders and ports are, and where the
 * other roles are.
 */
@NullMarked
package io.waybill.app.settings;

import org.jspecify.annotations.NullMarked;
