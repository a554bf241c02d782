package io.waybill.writer.decide;

import com.google.protobuf.Message;

import io.waybill.proto.command.v1.SagaCause;

/**
 * A command that a saga sends to a participant, once the commit that asks for it is recorded.
 *
 * @param command one that the writer alone may send
 */
public record SagaRequest(Message command, SagaCause cause) {}
