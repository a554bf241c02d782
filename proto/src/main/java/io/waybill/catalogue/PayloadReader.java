package io.waybill.catalogue;

import com.google.gson.JsonObject;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Decodes payloads as clients send them: protobuf or proto3 JSON. */
final class PayloadReader {

    static final String PROTOBUF = "application/x-protobuf";
    static final String JSON = "application/json";

    /** Protobuf's own reader names types in full. */
    private static final Pattern OUR_TYPES =
            Pattern.compile("\\bwaybill\\.[a-z0-9_.]+\\.([A-Z]\\w*)");

    private static final byte[] EMPTY_OBJECT = "{}".getBytes(StandardCharsets.UTF_8);

    private static final JsonFormat.Parser JSON_PARSER = JsonFormat.parser();

    private PayloadReader() {}

    static Reading read(CommandType type, byte[] payload, String contentType) {
        if (payload.length > type.maxPayloadBytes()) {
            return new Reading.Undecodable(
                    "the payload has %d bytes; %s takes at most %d"
                            .formatted(payload.length, type.topic(), type.maxPayloadBytes()));
        }
        String mediaType = contentType.split(";", 2)[0].strip();
        boolean json =
                mediaType.isEmpty()
                        ? payload.length > 0 && payload[0] == '{'
                        : mediaType.equalsIgnoreCase(JSON);
        if (!json && !mediaType.isEmpty() && !mediaType.equalsIgnoreCase(PROTOBUF)) {
            return new Reading.Undecodable(
                    "content type '%s' is not known; send %s or %s"
                            .formatted(abbreviated(mediaType), JSON, PROTOBUF));
        }
        return json ? readJson(type, payload) : readProtobuf(type, payload);
    }

    /**
     * Reads JSON as a door takes it that knows some of the fields itself. No JSON at all stands for
     * an empty object where nothing must be given.
     */
    static Reading read(CommandType type, byte[] given, DoorFields known) {
        if (given.length == 0 && known.lackIn(type)) {
            return new Reading.Undecodable(
                    "the body is empty: a JSON object with the fields %s is expected"
                            .formatted(String.join(", ", known.openIn(type))));
        }
        byte[] json = given.length == 0 ? EMPTY_OBJECT : given;
        Message.Builder message = type.newBuilder();
        List<Violation> violations = new ArrayList<>();
        try {
            JsonObject object =
                    StrictJson.read(utf8(json), type, known.unknownIn(type), violations);
            known.fill(object, type);
            JSON_PARSER.merge(object.toString(), message);
        } catch (CharacterCodingException e) {
            return new Reading.Undecodable("the body is not UTF-8");
        } catch (StrictJson.Refused e) {
            String sentence = abbreviated(String.valueOf(e.getMessage()));
            return e.field().isEmpty()
                    ? new Reading.Undecodable("the body is not as it should be: " + sentence)
                    : new Reading.Undecodable(sentence, e.field());
        } catch (IOException | RuntimeException e) {
            return new Reading.Undecodable(
                    "the body is not as it should be: " + reason(String.valueOf(e.getMessage())));
        }
        return type.read(message.build(), violations);
    }

    private static Reading readProtobuf(CommandType type, byte[] payload) {
        try {
            return type.readProtobuf(payload);
        } catch (InvalidProtocolBufferException e) {
            return new Reading.Undecodable("the payload is not the protobuf of " + described(type));
        }
    }

    private static Reading readJson(CommandType type, byte[] payload) {
        Message.Builder message = type.newBuilder();
        List<Violation> violations = new ArrayList<>();
        try {
            JsonObject object = StrictJson.read(utf8(payload), type, Set.of(), violations);
            JSON_PARSER.merge(object.toString(), message);
        } catch (CharacterCodingException e) {
            return new Reading.Undecodable("the payload is not UTF-8");
        } catch (IOException | RuntimeException e) {
            return new Reading.Undecodable(
                    "the payload is not the JSON of %s: %s"
                            .formatted(described(type), reason(String.valueOf(e.getMessage()))),
                    e instanceof StrictJson.Refused refused ? refused.field() : "");
        }
        return type.read(message.build(), violations);
    }

    private static String utf8(byte[] text) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text)).toString();
    }

    /** In the words that clients know: they publish to a topic, and give fields. */
    private static String described(CommandType type) {
        return "a %s with the fields %s"
                .formatted(type.topic(), String.join(", ", type.fieldNames()));
    }

    private static String reason(String message) {
        return abbreviated(OUR_TYPES.matcher(message).replaceAll("$1"));
    }

    /** Parser messages may repeat what the client sent: one short line of it is enough. */
    private static String abbreviated(String text) {
        String line = text.lines().findFirst().orElse("").replaceAll("\\p{Cntrl}", " ");
        return line.length() <= 120 ? line : line.substring(0, 120) + "...";
    }
}
