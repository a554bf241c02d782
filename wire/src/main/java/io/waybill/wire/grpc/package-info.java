/**
 * gRPC as every role uses it: servers and channels over TCP and in process, the same interceptors
 * on both: who calls, which methods they may call, how failures look.
 */
@NullMarked
package io.waybill.wire.grpc;

import org.jspecify.annotations.NullMarked;
