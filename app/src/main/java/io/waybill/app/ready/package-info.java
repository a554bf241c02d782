/**
 * Says when the program can be used. The health of the roles comes in; once all of them can work, a
 * block of text for people and a file for programs go out, each naming every door.
 */
@NullMarked
package io.waybill.app.ready;

import org.jspecify.annotations.NullMarked;
