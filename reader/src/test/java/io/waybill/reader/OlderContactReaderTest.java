package io.waybill.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.proto.contact.v1.ContactView;
import io.waybill.proto.protocol.Contact;
import io.waybill.proto.protocol.ContactArrayRequestResponse;
import io.waybill.proto.protocol.ContactReaderGrpc;
import io.waybill.proto.protocol.ContactReference;
import io.waybill.proto.protocol.ContactRequestResponse;
import io.waybill.proto.protocol.ListContactsFilter;
import io.waybill.proto.protocol.RequestResponse;
import io.waybill.proto.protocol.RequestResponse.StatusEnum;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.UUID;

class OlderContactReaderTest {

    private static final RequestResponse OK =
            RequestResponse.newBuilder().setStatus(StatusEnum.OK).setMessage("OK").build();

    @RegisterExtension final RunningReader reader = new RunningReader();

    private ContactRequestResponse get(String id) {
        return contacts().getContact(ContactReference.newBuilder().setId(id).build());
    }

    private ContactArrayRequestResponse list(int count) {
        return contacts().listContacts(ListContactsFilter.newBuilder().setCount(count).build());
    }

    private ContactReaderGrpc.ContactReaderBlockingStub contacts() {
        return ContactReaderGrpc.newBlockingStub(reader.anyone())
                .withDeadlineAfter(Duration.ofSeconds(30));
    }

    private static RequestResponse error(String sentence) {
        return RequestResponse.newBuilder()
                .setStatus(StatusEnum.ERROR)
                .setMessage(sentence)
                .build();
    }

    private static Contact older(ContactView contact) {
        return Contact.newBuilder()
                .setId(contact.getId())
                .setName(contact.getName())
                .setLastUpdated(contact.getLastUpdated())
                .build();
    }

    @Test
    void a_contact_comes_with_ok() {
        ContactView ada = reader.added("Ada");

        assertThat(get(ada.getId()))
                .isEqualTo(
                        ContactRequestResponse.newBuilder()
                                .setResponse(OK)
                                .setContact(older(ada))
                                .build());
    }

    @Test
    void an_unknown_id_is_an_error_in_the_response() {
        String unknown = UUID.randomUUID().toString();

        assertThat(get(unknown).getResponse())
                .isEqualTo(error("contact with id " + unknown + " not found"));
        assertThat(get("nonsense").getResponse())
                .isEqualTo(error("contact with id nonsense not found"));
        assertThat(get(unknown).hasContact()).isFalse();
    }

    @Test
    void a_list_comes_with_ok_oldest_first() {
        ContactView ada = reader.added("Ada");
        ContactView bob = reader.added("Bob");
        reader.added("Cleo");

        assertThat(list(2))
                .isEqualTo(
                        ContactArrayRequestResponse.newBuilder()
                                .setResponse(OK)
                                .addContact(older(ada))
                                .addContact(older(bob))
                                .build());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1_001})
    void a_count_out_of_range_is_an_error_in_the_response(int count) {
        assertThat(list(count).getResponse())
                .isEqualTo(error("count must be 1 to 1000, but is " + count));
    }

    @Test
    void a_database_that_is_down_is_an_error_in_the_response() {
        reader.stopDatabase();

        assertThat(get(UUID.randomUUID().toString()).getResponse())
                .isEqualTo(error("the database does not answer"));
        assertThat(list(10).getResponse()).isEqualTo(error("the database does not answer"));
    }
}
