/**
 * HiveMQ CE inside this program: its configuration, its start and stop, its limits.
 *
 * <p>What comes in is a folder and two listeners; what goes out are the ports that were taken. A
 * folder belongs to one broker at a time. Nothing of HiveMQ but its extension SDK is used, with two
 * exceptions that are named where they are made: settings that it has no file for ({@link
 * io.waybill.broker.embedded.InternalSettings}), and the packet ids of refused QoS 2 messages
 * ({@link io.waybill.broker.embedded.HiveMqPacketIds}).
 */
@NullMarked
package io.waybill.broker.embedded;

import org.jspecify.annotations.NullMarked;
