package io.waybill.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * Events as they were stored, each a line with its type, its bytes and what they mean. Lines are
 * added and never changed: what is stored once is readable for ever.
 */
class StoredSamplesTest {

    private static final Path SAMPLES = Path.of("src/test/resources/samples/events.txt");
    private static final JsonFormat.Printer JSON =
            JsonFormat.printer().omittingInsignificantWhitespace().preservingProtoFieldNames();

    record Sample(String type, ByteString stored, String meaning) {
        @Override
        public String toString() {
            return type;
        }
    }

    static List<Sample> samples() throws IOException {
        return Files.readAllLines(SAMPLES).stream()
                .map(line -> line.split(" ", 3))
                .map(parts -> new Sample(parts[0], ByteString.fromHex(parts[1]), parts[2]))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void a_stored_event_still_means_what_it_meant(Sample sample)
            throws InvalidProtocolBufferException {
        Descriptor type =
                ContractTest.events()
                        .filter(event -> event.getFullName().equals(sample.type()))
                        .findFirst()
                        .orElseThrow();

        Message read = DynamicMessage.parseFrom(type, sample.stored());

        assertThat(read.getUnknownFields().asMap()).isEmpty();
        assertThat(JSON.print(read)).isEqualTo(sample.meaning());
    }

    @Test
    void every_event_has_a_sample() throws IOException {
        List<String> sampled = samples().stream().map(Sample::type).toList();

        assertThat(
                        ContractTest.events()
                                .filter(event -> !sampled.contains(event.getFullName()))
                                .map(StoredSamplesTest::line))
                .as("lines to be added to " + SAMPLES)
                .isEmpty();
    }

    private static String line(Descriptor type) {
        Message sample = filled(type);
        try {
            return "%s %s %s"
                    .formatted(
                            type.getFullName(),
                            HexFormat.of().formatHex(sample.toByteArray()),
                            JSON.print(sample));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Message filled(Descriptor type) {
        DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
        for (FieldDescriptor field : type.getFields()) {
            if (field.isRepeated()) {
                Stream.of(1, 2).forEach(i -> message.addRepeatedField(field, filled(field)));
            } else {
                message.setField(field, filled(field));
            }
        }
        return message.build();
    }

    private static Object filled(FieldDescriptor field) {
        return switch (field.getJavaType()) {
            case MESSAGE -> filled(field.getMessageType());
            case STRING -> field.getName().equals("currency") ? "EUR" : field.getName() + " ä";
            case INT -> field.getName().equals("nanos") ? 123_456_000 : 7;
            case LONG -> 1_700_000_000L;
            case BOOLEAN -> true;
            case ENUM -> field.getEnumType().getValues().getLast();
            case BYTE_STRING, DOUBLE, FLOAT -> field.getDefaultValue();
        };
    }
}
