package io.waybill.gateway.submission;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.catalogue.CommandCatalogue;
import io.waybill.catalogue.CommandType;
import io.waybill.proto.shopping.v1.CompleteShoppingList;

import org.junit.jupiter.api.Test;

class NotFoundTest {

    private static final String ID = "0190a6e2-7b7c-7d3a-8f5e-2d1c0b9a8f7e";

    @Test
    void what_is_not_there_is_called_as_people_call_it() {
        CommandType complete = CommandCatalogue.standard().of(CompleteShoppingList.getDescriptor());

        assertThat(Checks.notFound(complete, ID).sentence())
                .isEqualTo("shopping list with id " + ID + " not found");
    }

    @Test
    void an_id_is_shown_so_that_it_does_no_harm() {
        assertThat(NotFound.sentence("contact", " ")).isEqualTo("contact with id ' ' not found");
        assertThat(NotFound.sentence("contact", "a\u202eb\n\ud800"))
                .isEqualTo("contact with id a?b?? not found");
        assertThat(NotFound.sentence("contact", "x".repeat(63) + "\ud83d\ude00"))
                .isEqualTo("contact with id " + "x".repeat(63) + "?... not found");
    }
}
