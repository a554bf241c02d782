/** Which store is read: gateways ask before they publish to its queue. */
@NullMarked
package io.waybill.reader.store;

import org.jspecify.annotations.NullMarked;
