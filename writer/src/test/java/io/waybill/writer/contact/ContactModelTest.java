package io.waybill.writer.contact;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.writer.contact.Change.Keep;
import io.waybill.writer.contact.Change.To;
import io.waybill.writer.contact.ContactCommand.Add;
import io.waybill.writer.contact.ContactCommand.Delete;
import io.waybill.writer.contact.ContactCommand.Update;
import io.waybill.writer.contact.ContactDecision.Accepted;
import io.waybill.writer.contact.ContactDecision.NotFound;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/**
 * The folded contact always is what a plain map of fields says, and its time only ever advances.
 */
class ContactModelTest {

    private static final String ID = "1";

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void decided_and_folded_a_contact_equals_a_map_of_its_fields(long seed) {
        Random random = new Random(seed);
        for (int run = 0; run < 50; run++) {
            runOnce(random, "seed " + seed + ", run " + run);
        }
    }

    private static void runOnce(Random random, String description) {
        Map<String, String> model = new HashMap<>();
        boolean wasDeleted = false;
        Contact contact = ContactDecider.initial();
        Instant clock = Instant.parse("2026-01-01T00:00:00Z");
        Instant lastChange = Instant.MIN;
        for (int step = 0; step < 60; step++) {
            clock = clock.plusMillis(random.nextInt(2_000) - 500);
            ContactCommand command = command(random, clock);
            ContactDecision decision = ContactDecider.decide(command, contact);
            boolean there = !model.isEmpty();
            switch (decision) {
                case NotFound notFound -> {
                    assertThat(there).as(description).isFalse();
                    assertThat(command).as(description).isNotInstanceOf(Add.class);
                }
                case Accepted accepted -> {
                    boolean again = command instanceof Add && (there || wasDeleted);
                    assertThat(accepted.events()).as(description).hasSize(again ? 0 : 1);
                    for (ContactEvent event : accepted.events()) {
                        assertThat(event.at()).as(description).isAfter(lastChange);
                        lastChange = event.at();
                        contact = ContactDecider.evolve(contact, event);
                        wasDeleted |= command instanceof Delete;
                        apply(command, model);
                    }
                }
            }
            check(contact, model, wasDeleted, lastChange, description);
        }
    }

    private static void check(
            Contact contact,
            Map<String, String> model,
            boolean wasDeleted,
            Instant lastChange,
            String description) {
        switch (contact) {
            case Contact.Absent absent -> assertThat(model).as(description).isEmpty();
            case Contact.Deleted deleted -> assertThat(wasDeleted).as(description).isTrue();
            case Contact.Present present -> {
                assertThat(model)
                        .as(description)
                        .containsEntry("name", present.name())
                        .containsEntry("email", present.email())
                        .containsEntry("phone", present.phone());
                assertThat(present.lastUpdated()).as(description).isEqualTo(lastChange);
            }
        }
    }

    private static void apply(ContactCommand command, Map<String, String> model) {
        switch (command) {
            case Add add -> {
                model.put("name", add.name());
                model.put("email", add.email());
                model.put("phone", add.phone());
            }
            case Update update -> {
                change(model, "name", update.name());
                change(model, "email", update.email());
                change(model, "phone", update.phone());
            }
            case Delete delete -> model.clear();
        }
    }

    private static void change(Map<String, String> model, String field, Change change) {
        if (change instanceof To(String value)) {
            model.put(field, value);
        }
    }

    private static ContactCommand command(Random random, Instant at) {
        return switch (random.nextInt(8)) {
            case 0, 1 -> new Add(ID, text(random), text(random), text(random), at);
            case 2 -> random.nextInt(4) == 0 ? new Delete(ID, at) : update(random, at);
            default -> update(random, at);
        };
    }

    private static Update update(Random random, Instant at) {
        return new Update(ID, some(random), some(random), some(random), at);
    }

    private static Change some(Random random) {
        return random.nextBoolean() ? new Keep() : new To(text(random));
    }

    private static String text(Random random) {
        return random.nextInt(4) == 0 ? "" : "text " + random.nextInt(5);
    }
}
