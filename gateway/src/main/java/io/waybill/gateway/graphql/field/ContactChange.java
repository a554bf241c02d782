package io.waybill.gateway.graphql.field;

import com.google.protobuf.Message;

import java.util.Optional;

/**
 * A contact that changed.
 *
 * @param id empty when changes may have been missed
 * @param contact as it stands; empty when it is deleted
 */
record ContactChange(Optional<String> id, Optional<Message> contact) {

    /** Changes may have been missed. */
    static final ContactChange MISSED = new ContactChange(Optional.empty(), Optional.empty());
}
