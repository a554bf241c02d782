/**
 * The REST door: what a till or a kitchen wants of orders, customers, accounts, restaurants and
 * shopping lists, as plain HTTP with JSON at {@code /api/}, and the OpenAPI document that says so.
 *
 * <p>{@link io.waybill.gateway.rest.Routes} is the table of all there is: a method, a path, and the
 * command of the catalogue that is submitted or the method of the reader that is asked. {@link
 * io.waybill.gateway.rest.RestServlet} takes requests by it. What the fields of commands may be is
 * the catalogue's to say, and what comes back follows from the views' own descriptions ({@code
 * ViewShape}); the document is made from the same.
 *
 * <p>A command is answered with 202 once it is on disk. What is refused is a problem (RFC 9457)
 * with a code and, where one is at fault, the field by its path; nothing is stored then.
 */
@NullMarked
package io.waybill.gateway.rest;

import org.jspecify.annotations.NullMarked;
