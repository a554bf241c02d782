package io.waybill.database;

import io.waybill.database.account.AccountProjection;
import io.waybill.database.account.MovementProjection;
import io.waybill.database.command.CommandProjection;
import io.waybill.database.contact.ContactProjection;
import io.waybill.database.deadletter.DeadLetterProjection;
import io.waybill.database.engine.ReadStore;
import io.waybill.database.order.OrderProjection;
import io.waybill.database.projection.Progress;
import io.waybill.database.projection.ProjectionRunner;
import io.waybill.database.projection.ReadModel;
import io.waybill.database.restaurant.RestaurantProjection;
import io.waybill.database.shopping.ShoppingListProjection;
import io.waybill.database.tail.LogTail;
import io.waybill.proto.command.v1.CommandView;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The read models that are kept: outcomes of commands by a thread of their own, since people wait
 * for them; all views by another.
 */
final class ReadModels implements AutoCloseable {

    private final ReadModel<CommandView> commands = ReadModel.of(new CommandProjection());
    private final List<ReadModel<?>> views =
            List.of(
                    ReadModel.of(new ContactProjection()),
                    ReadModel.of(new OrderProjection()),
                    ReadModel.of(new AccountProjection()),
                    ReadModel.of(new MovementProjection()),
                    ReadModel.of(new RestaurantProjection()),
                    ReadModel.of(new ShoppingListProjection()),
                    ReadModel.of(new DeadLetterProjection()));
    private final List<ProjectionRunner> runners;

    ReadModels(LogTail tail, ReadStore store) {
        runners =
                List.of(
                        new ProjectionRunner("commands", tail, store, List.of(commands)),
                        new ProjectionRunner("views", tail, store, views));
    }

    void start() {
        runners.forEach(ProjectionRunner::start);
    }

    /** Those that can be read as views. */
    List<ReadModel<?>> views() {
        return views;
    }

    Progress commands() {
        return commands.progress();
    }

    /** How far each is, by name. */
    Map<String, Progress> progress() {
        Map<String, Progress> progress = new LinkedHashMap<>();
        progress.put(commands.projection().name(), commands.progress());
        views.forEach(view -> progress.put(view.projection().name(), view.progress()));
        return progress;
    }

    @Override
    public void close() {
        runners.forEach(ProjectionRunner::close);
    }
}
