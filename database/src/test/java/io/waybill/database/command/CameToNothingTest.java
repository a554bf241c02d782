package io.waybill.database.command;

import static io.waybill.database.engine.Proposals.applied;
import static io.waybill.database.engine.Proposals.id;
import static io.waybill.database.engine.Proposals.refused;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.catalogue.Ids;
import io.waybill.database.TestDatabase;
import io.waybill.proto.command.v1.CommandIdentity;
import io.waybill.proto.command.v1.CommandView;
import io.waybill.proto.query.v1.GetCommandRequest;
import io.waybill.proto.query.v1.GetCommandResponse;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/** By the id of what was never made, its principal finds out why. */
class CameToNothingTest {

    private static final String ANONYMOUS = "anonymous";

    @TempDir private Path folder;
    private TestDatabase database;

    @BeforeEach
    void open() {
        database = TestDatabase.in(folder);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void a_refused_command_is_found_by_the_id_of_what_it_was_to_make() {
        String order = Ids.aggregateId("order", ANONYMOUS, id("create"));
        database.append(refused("create", "o", 0).setStream("order/" + order));

        CommandView found = find(ANONYMOUS, order).getCommand();

        assertThat(found.getCommandId()).isEqualTo(id("create"));
        assertThat(found.getAggregateId()).isEqualTo(order);
        assertThat(found.getOutcome().getCode()).isEqualTo("NOT_FOUND");
        assertThat(find(ANONYMOUS, id("create")).getCommand()).isEqualTo(found);
        assertThat(find("ada", order).hasCommand()).isFalse();
    }

    @Test
    void what_was_made_and_what_makes_nothing_is_found_by_the_command_alone() {
        String made = Ids.aggregateId("order", ANONYMOUS, id("create"));
        String unknown = id("nothing");
        database.append(
                applied("create", "o", 0).setStream("order/" + made),
                refused("cancel", "o", 0).setStream("order/" + unknown));

        assertThat(find(ANONYMOUS, id("create")).hasCommand()).isTrue();
        assertThat(find(ANONYMOUS, id("cancel")).hasCommand()).isTrue();
        assertThat(find(ANONYMOUS, made).hasCommand()).isFalse();
        assertThat(find(ANONYMOUS, unknown).hasCommand()).isFalse();
    }

    private GetCommandResponse find(String principal, String commandId) {
        return database.commands()
                .getCommand(
                        GetCommandRequest.newBuilder()
                                .setCommand(
                                        CommandIdentity.newBuilder()
                                                .setPrincipal(principal)
                                                .setCommandId(commandId))
                                .setFreshness(TestDatabase.LOG_END)
                                .build());
    }
}
