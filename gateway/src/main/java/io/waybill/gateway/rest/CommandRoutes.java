package io.waybill.gateway.rest;

import io.waybill.catalogue.Command;
import io.waybill.catalogue.CommandType;
import io.waybill.catalogue.DoorFields;
import io.waybill.catalogue.Ids;
import io.waybill.catalogue.Reading;
import io.waybill.gateway.submission.Accepted;
import io.waybill.proto.catalogue.v1.OptionsProto;
import io.waybill.proto.catalogue.v1.TextFormat;
import io.waybill.proto.order.v1.CreateOrder;
import io.waybill.proto.order.v1.OrderView;

import java.util.Map;
import java.util.Optional;

/** Submits commands: out of the path and the body, by the rules of the catalogue. */
final class CommandRoutes {

    private static final String CURRENCY = "currency";

    private final RestPorts ports;
    private final Map<String, String> defaults;
    private final Waiting waiting;

    /**
     * Submits through these ports.
     *
     * @param currency of amounts that name none
     */
    CommandRoutes(RestPorts ports, String currency, Waiting waiting) {
        this.ports = ports;
        this.defaults = Map.of(CURRENCY, currency);
        this.waiting = waiting;
    }

    /** Submits a command, whose status the location shows from then on. */
    Answer submit(CommandType type, Asked asked) {
        Accepted accepted = accept(read(type, asked), asked);
        return Answer.accepted(
                "/api/commands/" + accepted.commandId(),
                json -> {
                    json.writeStringProperty("status", "OK");
                    json.writeStringProperty("message", accepted.acknowledgement());
                    json.writeStringProperty("command_id", accepted.commandId());
                    json.writeStringProperty("id", accepted.aggregateId());
                });
    }

    /** Submits an order, which the location shows from then on. */
    Answer submitOrder(CommandType type, Asked asked) {
        Command command = read(type, asked);
        Accepted accepted = accept(command, asked);
        OrderView order = PendingOrder.of((CreateOrder) command.message());
        OrderView pending = PendingOrder.accepted(order, accepted.aggregateId(), accepted.at());
        return Answer.accepted(
                "/api/orders/" + accepted.aggregateId(),
                json -> {
                    ViewJson.properties(json, pending);
                    json.writeStringProperty("command_id", accepted.commandId());
                });
    }

    private Command read(CommandType type, Asked asked) {
        refuseImpossible(type, asked.path());
        return switch (type.read(asked.body(), new DoorFields(asked.path(), defaults))) {
            case Reading.Valid(Command command) -> command;
            case Reading.Invalid invalid -> throw RefusedRequest.of(invalid);
            case Reading.Undecodable unread -> throw RefusedRequest.of(unread);
        };
    }

    /** A path whose id is none is the path of nothing. */
    private static void refuseImpossible(CommandType type, Map<String, String> path) {
        path.forEach(
                (name, value) -> {
                    boolean isId =
                            type.message()
                                            .findFieldByName(name)
                                            .getOptions()
                                            .getExtension(OptionsProto.rules)
                                            .getText()
                                            .getFormat()
                                    == TextFormat.TEXT_FORMAT_UUID;
                    if (isId && Ids.uuid(value).isEmpty()) {
                        boolean own = name.equals(type.idField().getName());
                        throw RefusedRequest.notFound(
                                own ? type.requires() : name.replace("_id", ""), value);
                    }
                });
    }

    private Accepted accept(Command command, Asked asked) {
        return waiting.on(
                ports.intake()
                        .submit(
                                asked.principal(),
                                command.message(),
                                Optional.ofNullable(asked.key()),
                                Optional.ofNullable(asked.trace())));
    }
}
