/**
 * The AsyncAPI 3 document at {@code /asyncapi.yaml}: what may be published and what is told over
 * MQTT, made from the catalogues of commands and events, so that it cannot lag behind them.
 */
@NullMarked
package io.waybill.gateway.asyncapi;

import org.jspecify.annotations.NullMarked;
