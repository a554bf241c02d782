/**
 * What holds for every request that comes in over HTTP, before anyone looks at what it asks for: it
 * names a host that Waybill answers to, a browser sent it from Waybill's own pages, its token is
 * known. What does not hold is refused with problem details (RFC 9457). Every answer carries the
 * security headers. How requests are taken off their connections is set up here too.
 */
@NullMarked
package io.waybill.gateway.web;

import org.jspecify.annotations.NullMarked;
