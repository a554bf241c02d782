package io.waybill.writer.contact;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.writer.contact.ContactCommand.Add;
import io.waybill.writer.contact.ContactCommand.Authorize;
import io.waybill.writer.contact.ContactCommand.Delete;
import io.waybill.writer.contact.ContactCommand.Disable;
import io.waybill.writer.contact.ContactCommand.Enable;
import io.waybill.writer.contact.ContactCommand.Update;
import io.waybill.writer.domain.Change;
import io.waybill.writer.domain.Change.Keep;
import io.waybill.writer.domain.Change.To;
import io.waybill.writer.domain.Decision;
import io.waybill.writer.domain.RefusalCode;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
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
            new Run(random, "seed " + seed + ", run " + run).run();
        }
    }

    private static final class Run {

        private final Random random;
        private final String description;
        private final Map<String, String> model = new HashMap<>();
        private boolean wasAdded;
        private boolean disabled;
        private Contact contact = ContactDecider.initial();
        private Instant clock = Instant.parse("2026-01-01T00:00:00Z");
        private Instant lastChange = Instant.MIN;

        Run(Random random, String description) {
            this.random = random;
            this.description = description;
        }

        void run() {
            for (int step = 0; step < 60; step++) {
                clock = clock.plusMillis(random.nextInt(2_000) - 500);
                ContactCommand command = command();
                Optional<RefusalCode> refusal = expectedRefusal(command);
                int events = refusal.isPresent() || !changes(command) ? 0 : 1;
                switch (ContactDecider.decide(command, contact)) {
                    case Decision.Refused<ContactEvent> refused ->
                            assertThat(refusal).as(description).hasValue(refused.code());
                    case Decision.Accepted<ContactEvent>(var accepted) -> {
                        assertThat(refusal).as(description).isEmpty();
                        assertThat(accepted).as(description).hasSize(events);
                        for (ContactEvent event : accepted) {
                            assertThat(event.at()).as(description).isAfter(lastChange);
                            lastChange = event.at();
                            contact = ContactDecider.evolve(contact, event);
                            apply(command);
                        }
                    }
                }
                check();
            }
        }

        private boolean there() {
            return !model.isEmpty();
        }

        private Optional<RefusalCode> expectedRefusal(ContactCommand command) {
            return switch (command) {
                case Add _ -> Optional.empty();
                case Authorize _ when !there() -> Optional.of(RefusalCode.UNKNOWN_CUSTOMER);
                case Authorize _ when disabled -> Optional.of(RefusalCode.CUSTOMER_DISABLED);
                case Authorize _ -> Optional.empty();
                case Update _, Delete _, Enable _, Disable _ ->
                        there() ? Optional.empty() : Optional.of(RefusalCode.NOT_FOUND);
            };
        }

        private boolean changes(ContactCommand command) {
            return switch (command) {
                case Add _ -> !wasAdded;
                case Update _, Delete _ -> true;
                case Enable _ -> disabled;
                case Disable _ -> !disabled;
                case Authorize _ -> false;
            };
        }

        private void check() {
            switch (contact) {
                case Contact.Absent _ -> assertThat(wasAdded).as(description).isFalse();
                case Contact.Deleted _ -> {
                    assertThat(there()).as(description).isFalse();
                    assertThat(wasAdded).as(description).isTrue();
                }
                case Contact.Present present -> {
                    assertThat(model)
                            .as(description)
                            .containsEntry("name", present.name())
                            .containsEntry("email", present.email())
                            .containsEntry("phone", present.phone());
                    assertThat(present.enabled()).as(description).isEqualTo(!disabled);
                    assertThat(present.lastUpdated()).as(description).isEqualTo(lastChange);
                }
            }
        }

        private void apply(ContactCommand command) {
            switch (command) {
                case Add add -> {
                    wasAdded = true;
                    model.put("name", add.name());
                    model.put("email", add.email());
                    model.put("phone", add.phone());
                }
                case Update update -> {
                    change("name", update.name());
                    change("email", update.email());
                    change("phone", update.phone());
                }
                case Delete _ -> model.clear();
                case Enable _ -> disabled = false;
                case Disable _ -> disabled = true;
                case Authorize _ -> throw new AssertionError("an authorization changes nothing");
            }
        }

        private void change(String field, Change<String> change) {
            if (change instanceof To<String>(String value)) {
                model.put(field, value);
            }
        }

        private ContactCommand command() {
            return switch (random.nextInt(10)) {
                case 0, 1 -> new Add(ID, text(), text(), text(), clock);
                case 2 -> random.nextInt(4) == 0 ? new Delete(ID, clock) : update();
                case 3 -> new Enable(ID, clock);
                case 4 -> new Disable(ID, clock);
                case 5, 6 -> new Authorize(ID, clock);
                default -> update();
            };
        }

        private Update update() {
            return new Update(ID, some(), some(), some(), clock);
        }

        private Change<String> some() {
            return random.nextBoolean() ? new Keep<>() : new To<>(text());
        }

        private String text() {
            return random.nextInt(4) == 0 ? "" : "text " + random.nextInt(5);
        }
    }
}
