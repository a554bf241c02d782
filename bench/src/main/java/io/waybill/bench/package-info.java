/**
 * {@code ./waybill bench}: drives a running system through its doors, from a process of its own,
 * checks that nothing was lost, and prints what it measured beside what is asked. Stops by itself.
 */
@NullMarked
package io.waybill.bench;

import org.jspecify.annotations.NullMarked;
