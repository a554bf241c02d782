package io.waybill.gateway.graphql.field;

import com.google.protobuf.ByteString;

import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.TypeRuntimeWiring;

import io.waybill.proto.command.v1.DeadLetterView;

/** Shows what could not be handled so that it can do no harm where it is shown. */
final class DeadLetterFields {

    private DeadLetterFields() {}

    static void wire(RuntimeWiring.Builder wiring) {
        wiring.type(
                TypeRuntimeWiring.newTypeWiring("DeadLetter")
                        .dataFetcher(
                                "payload",
                                new Of<>(
                                        DeadLetterView.class,
                                        letter -> shown(letter.getPayload()))));
    }

    /** Printable ASCII as it is, everything else as {@code \x} and two hexadecimal digits. */
    static String shown(ByteString payload) {
        StringBuilder shown = new StringBuilder(payload.size());
        for (byte each : payload) {
            boolean printable = each >= ' ' && each < 0x7f && each != '\\';
            if (printable) {
                shown.append((char) each);
            } else {
                shown.append("\\x%02x".formatted(each));
            }
        }
        return shown.toString();
    }
}
