package io.waybill.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;

import io.waybill.proto.catalogue.v1.CommandOptions;
import io.waybill.proto.catalogue.v1.OptionsProto;
import io.waybill.proto.catalogue.v1.Sender;
import io.waybill.proto.contact.v1.AddContact;
import io.waybill.proto.contact.v1.CommandsProto;
import io.waybill.proto.contact.v1.DeleteContact;
import io.waybill.proto.contact.v1.UpdateContact;
import io.waybill.proto.protocol.Contact;
import io.waybill.proto.protocol.ContactReference;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What every command message must say of itself. The names in a failure are the places to mend. */
class ContractTest {

    /** Every file of commands. One that is not listed here fails a test below. */
    private static final List<FileDescriptor> COMMAND_FILES =
            List.of(
                    CommandsProto.getDescriptor(),
                    io.waybill.proto.account.v1.CommandsProto.getDescriptor(),
                    io.waybill.proto.restaurant.v1.CommandsProto.getDescriptor(),
                    io.waybill.proto.shopping.v1.CommandsProto.getDescriptor(),
                    io.waybill.proto.order.v1.CommandsProto.getDescriptor());

    /** Every file of events. One that is not listed here fails a test below. */
    private static final List<FileDescriptor> EVENT_FILES =
            List.of(
                    io.waybill.proto.contact.v1.EventsProto.getDescriptor(),
                    io.waybill.proto.account.v1.EventsProto.getDescriptor(),
                    io.waybill.proto.restaurant.v1.EventsProto.getDescriptor(),
                    io.waybill.proto.shopping.v1.EventsProto.getDescriptor(),
                    io.waybill.proto.order.v1.EventsProto.getDescriptor());

    /** Messages in a file of commands that are parts of one. */
    private static final List<String> PARTS = List.of("waybill.order.v1.OrderItem");

    private static final Path SOURCES = Path.of("src/main/proto");

    static Stream<Descriptor> commands() {
        return COMMAND_FILES.stream()
                .flatMap(file -> file.getMessageTypes().stream())
                .filter(message -> !PARTS.contains(message.getFullName()));
    }

    static Stream<Descriptor> events() {
        return EVENT_FILES.stream().flatMap(file -> file.getMessageTypes().stream());
    }

    @Test
    void every_file_of_events_is_known_here() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            List<String> found =
                    files.filter(file -> file.endsWith("events.proto"))
                            .map(file -> SOURCES.relativize(file).toString())
                            .toList();
            assertThat(found)
                    .containsExactlyInAnyOrderElementsOf(
                            EVENT_FILES.stream().map(FileDescriptor::getName).toList());
        }
    }

    @ParameterizedTest
    @MethodSource("events")
    void an_event_says_where_it_is_told_and_when_it_happened(Descriptor message) {
        String topic = message.getOptions().getExtension(OptionsProto.event).getTopic();

        assertThat(topic).matches("EVENT/[A-Z]+/[A-Z]+(_[A-Z]+)*");
        assertThat(message.findFieldByName("at")).isNotNull();
    }

    @Test
    void no_two_events_are_told_at_the_same_place() {
        assertThat(
                        events().map(
                                        message ->
                                                message.getOptions()
                                                        .getExtension(OptionsProto.event)
                                                        .getTopic()))
                .doesNotHaveDuplicates();
    }

    @Test
    void every_amount_names_a_field_that_is_a_currency() {
        commands()
                .flatMap(ContractTest::withParts)
                .flatMap(message -> message.getFields().stream())
                .map(field -> field.getOptions().getExtension(OptionsProto.rules))
                .filter(rules -> rules.hasAmount())
                .forEach(
                        rules ->
                                assertThat(rules.getAmount().getCurrencyField())
                                        .isEqualTo("currency"));
    }

    private static Stream<Descriptor> withParts(Descriptor message) {
        return Stream.concat(
                Stream.of(message),
                message.getFields().stream()
                        .filter(field -> field.getJavaType() == FieldDescriptor.JavaType.MESSAGE)
                        .map(FieldDescriptor::getMessageType));
    }

    @Test
    void every_file_of_commands_is_known_here() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            List<String> found =
                    files.filter(file -> file.endsWith("commands.proto"))
                            .map(file -> SOURCES.relativize(file).toString())
                            .toList();
            assertThat(found)
                    .containsExactlyInAnyOrderElementsOf(
                            COMMAND_FILES.stream().map(FileDescriptor::getName).toList());
        }
    }

    @Test
    void every_message_in_a_file_of_commands_is_a_command() {
        assertThat(commands().filter(message -> !isCommand(message)).map(Descriptor::getFullName))
                .as(
                        "messages in a commands.proto without the option (waybill.catalogue.v1.command)")
                .isEmpty();
    }

    @Test
    void every_command_is_in_the_catalogue_and_nothing_else_is() {
        assertThat(
                        CommandCatalogue.standard().types().stream()
                                .map(type -> type.message().getFullName()))
                .containsExactlyInAnyOrderElementsOf(
                        commands().map(Descriptor::getFullName).toList());
    }

    @Test
    void no_command_stands_in_any_other_file() throws IOException {
        Pattern option = Pattern.compile("option \\(waybill\\.catalogue\\.v1\\.command\\)");
        List<Path> strays = new ArrayList<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!file.endsWith("commands.proto")
                        && option.matcher(Files.readString(file)).find()) {
                    strays.add(file);
                }
            }
        }
        assertThat(strays).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void a_command_says_where_it_travels_who_may_send_it_and_what_it_is_about(Descriptor message) {
        CommandOptions options = message.getOptions().getExtension(OptionsProto.command);

        assertThat(options.getTopic()).as("topic").matches("(SAGA/)?[A-Z]+/[A-Z]+(_[A-Z]+)*");
        assertThat(options.getSender()).as("sender").isIn(Sender.SENDER_CLIENT, Sender.SENDER_SAGA);
        assertThat(options.getTopic().startsWith("SAGA/"))
                .as("saga commands, and they alone, travel under SAGA")
                .isEqualTo(options.getSender() == Sender.SENDER_SAGA);
        assertThat(options.getAcknowledgement()).as("acknowledgement").matches("Queued to [a-z ]+");
        assertThat(options.getAggregate()).as("aggregate").matches("[a-z]+");
        FieldDescriptor id = message.findFieldByName(options.getAggregateIdField());
        assertThat(id).as("the field aggregate_id_field names").isNotNull();
        assertThat(id.getType()).isEqualTo(FieldDescriptor.Type.STRING);
        assertThat(id.isRepeated()).isFalse();
        assertThat(id.getOptions().getExtension(OptionsProto.rules).getIgnored())
                .as("the id of a command that makes an aggregate is ignored, others are required")
                .isEqualTo(options.getCreates());
        assertThat(id.getOptions().getExtension(OptionsProto.rules).getRequired())
                .isEqualTo(!options.getCreates());
        assertThat(options.getAtLeastOneOfList())
                .allSatisfy(name -> assertThat(message.findFieldByName(name)).isNotNull());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void every_text_of_a_command_has_an_upper_bound(Descriptor message) {
        for (FieldDescriptor field : message.getFields()) {
            var rules = field.getOptions().getExtension(OptionsProto.rules);
            if (field.getJavaType() == FieldDescriptor.JavaType.STRING && !rules.getIgnored()) {
                assertThat(rules.getText().getMax()).as(field.getFullName()).isPositive();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void what_a_client_must_give_is_told_from_what_is_empty_or_0(Descriptor message) {
        if (message.getOptions().getExtension(OptionsProto.command).getSender()
                == Sender.SENDER_CLIENT) {
            assertPresence(message);
        }
    }

    private static void assertPresence(Descriptor message) {
        for (FieldDescriptor field : message.getFields()) {
            if (field.getOptions().getExtension(OptionsProto.rules).getRequired()) {
                assertThat(field.hasPresence()).as(field.getFullName()).isTrue();
            }
            if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                assertPresence(field.getMessageType());
            }
        }
    }

    @Test
    void commands_share_their_numbers_with_the_messages_of_older_clients() {
        assertSharedNumbers(AddContact.getDescriptor(), Contact.getDescriptor());
        assertSharedNumbers(UpdateContact.getDescriptor(), Contact.getDescriptor());
        assertSharedNumbers(DeleteContact.getDescriptor(), ContactReference.getDescriptor());
    }

    @Test
    void the_older_contract_is_as_it_was_given() {
        assertThat(Contact.getDescriptor().getFullName()).isEqualTo("protocol.Contact");
        assertThat(
                        Contact.getDescriptor().getFields().stream()
                                .map(field -> field.getNumber() + " " + field.getName()))
                .containsExactly("1 id", "2 name", "5 last_updated");
        assertThat(
                        io.waybill.proto.protocol.RequestResponse.getDescriptor()
                                .getFields()
                                .stream()
                                .map(field -> field.getNumber() + " " + field.getName()))
                .containsExactly("1 status", "2 Message");
        assertThat(
                        io.waybill.proto.protocol.ContactReaderGrpc.getServiceDescriptor()
                                .getMethods()
                                .stream()
                                .map(method -> method.getFullMethodName()))
                .containsExactlyInAnyOrder(
                        "protocol.ContactReader/GetContact", "protocol.ContactReader/ListContacts");
    }

    private static void assertSharedNumbers(Descriptor command, Descriptor older) {
        for (FieldDescriptor field : older.getFields()) {
            FieldDescriptor own = command.findFieldByNumber(field.getNumber());
            assertThat(own).as(field.getFullName()).isNotNull();
            assertThat(own.getName()).isEqualTo(field.getName());
            assertThat(own.getType()).isEqualTo(field.getType());
        }
    }

    private static boolean isCommand(Descriptor message) {
        return message.getOptions().hasExtension(OptionsProto.command);
    }
}
