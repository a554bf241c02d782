package io.waybill.gateway.rest;

import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What is answered to a request that is not refused: JSON.
 *
 * @param location where to look next, if anywhere
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never handed out of the package
record Answer(int status, Optional<String> location, byte[] body) {

    private static final JsonMapper JSON = JsonMapper.shared();

    /** What is there. */
    static Answer of(Consumer<JsonGenerator> object) {
        return new Answer(HttpStatus.OK, Optional.empty(), bytes(object));
    }

    /** What was accepted. */
    static Answer accepted(String location, Consumer<JsonGenerator> object) {
        return new Answer(HttpStatus.ACCEPTED, Optional.of(location), bytes(object));
    }

    private static byte[] bytes(Consumer<JsonGenerator> object) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            object.accept(json);
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }
}
