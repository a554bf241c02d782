package io.waybill.broker.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.wire.identity.Principal;

import org.junit.jupiter.api.Test;

class SessionOwnerTest {

    private static final Principal ADA = new Principal("ada");

    @Test
    void a_clients_id_says_whose_its_session_is() {
        String id = SessionOwner.clientId(ADA, "till-7");
        assertThat(SessionOwner.of(id)).contains(new SessionOwner.Client(ADA));
        assertThat(SessionOwner.givenId(id)).isEqualTo("till-7");
    }

    @Test
    void naming_the_principal_twice_is_naming_it_once() {
        String id = SessionOwner.clientId(ADA, "till-7");
        assertThat(SessionOwner.clientId(ADA, id)).isEqualTo(id);
    }

    @Test
    void no_two_principals_share_an_id() {
        assertThat(SessionOwner.clientId(new Principal("a/b"), "c"))
                .isNotEqualTo(SessionOwner.clientId(new Principal("a"), "b/c"));
        assertThat(SessionOwner.clientId(new Principal("bob"), SessionOwner.clientId(ADA, "x")))
                .isNotEqualTo(SessionOwner.clientId(ADA, "x"));
    }

    @Test
    void every_name_comes_back_as_it_was() {
        for (String name : new String[] {"anonymous", "a/b", "ä ö", "@x", "50%", "+", "#"}) {
            assertThat(SessionOwner.of(SessionOwner.clientId(new Principal(name), "till")))
                    .contains(new SessionOwner.Client(new Principal(name)));
        }
    }

    @Test
    void roles_are_known_by_their_ids() {
        assertThat(SessionOwner.of("waybill-writer-0")).contains(new SessionOwner.Writer());
        assertThat(SessionOwner.of("waybill-gateway-g1")).contains(new SessionOwner.Gateway("g1"));
        for (String id : new String[] {"waybill-gateway-", "waybill-gateway-+", "waybill-x", "x"}) {
            assertThat(SessionOwner.of(id)).isEmpty();
        }
    }
}
