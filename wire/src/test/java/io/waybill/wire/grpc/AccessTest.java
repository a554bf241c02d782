package io.waybill.wire.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.proto.query.v1.ViewQueriesGrpc;
import io.waybill.proto.reader.v1.ContactReaderGrpc;
import io.waybill.wire.identity.Principal;
import io.waybill.wire.identity.Role;

import org.junit.jupiter.api.Test;

import java.util.Optional;
import java.util.Set;

class AccessTest {

    private final Access access =
            Access.builder()
                    .only(Set.of(Role.READER), ViewQueriesGrpc.getGetViewsMethod())
                    .anyone(ContactReaderGrpc.getGetContactMethod())
                    .build();

    @Test
    void a_method_for_a_role_is_for_no_other() {
        String method = ViewQueriesGrpc.getGetViewsMethod().getFullMethodName();

        for (Role role : Role.values()) {
            assertThat(access.allows(method, caller(role))).isEqualTo(role == Role.READER);
        }
        assertThat(access.allows(method, Caller.ANONYMOUS)).isFalse();
        assertThat(access.roles(method)).contains(Set.of(Role.READER));
    }

    @Test
    void a_method_for_anyone_is_for_anyone() {
        String method = ContactReaderGrpc.getGetContactMethod().getFullMethodName();

        assertThat(access.allows(method, Caller.ANONYMOUS)).isTrue();
        assertThat(access.allows(method, caller(Role.WRITER))).isTrue();
        assertThat(access.roles(method)).isEmpty();
    }

    @Test
    void what_is_not_listed_is_for_nobody() {
        String method = ViewQueriesGrpc.getListViewsMethod().getFullMethodName();

        assertThat(access.allows(method, caller(Role.READER))).isFalse();
        assertThat(access.allows("", Caller.ANONYMOUS)).isFalse();
    }

    private static Caller caller(Role role) {
        return new Caller(Optional.of(role), Principal.ANONYMOUS);
    }
}
