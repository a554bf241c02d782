/**
 * The fields of the schema: for each, where its value comes from. Below the top all values are read
 * from protobuf views by name, through one fetcher that their descriptors drive; the top asks the
 * ports.
 */
@NullMarked
package io.waybill.gateway.graphql.field;

import org.jspecify.annotations.NullMarked;
