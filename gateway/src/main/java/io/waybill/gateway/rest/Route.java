package io.waybill.gateway.rest;

import com.google.protobuf.Message;

import io.grpc.MethodDescriptor;
import io.waybill.catalogue.CommandType;
import io.waybill.gateway.reading.ViewKind;

import java.util.List;

/**
 * A row of the table of routes: what a method does at a path.
 *
 * @param method {@code POST}
 * @param template the path, whose variables are fields of the command or the request
 * @param name of the operation, for programs: {@code createOrder}
 * @param summary of the operation, for people
 * @param action what is done
 */
record Route(String method, Template template, String name, String summary, Action action) {

    /** The group that it belongs to: {@code orders}. */
    String group() {
        return template.segments().getFirst();
    }

    /** What is done at a route. */
    sealed interface Action {}

    /** Submits a command; the answer names it. */
    record Submit(CommandType type) implements Action {}

    /** Submits an order; the answer is the order, pending. */
    record SubmitOrder(CommandType type) implements Action {}

    /** Reads one thing by its id, the one variable of the path. */
    record ReadOne(ViewKind kind) implements Action {}

    /** Reads an order, which may be pending here. */
    record ReadOrder() implements Action {}

    /** Reads what became of a command. */
    record ReadCommand() implements Action {}

    /**
     * Reads a page of a list.
     *
     * @param method of the reader
     * @param start what is asked whatever the client says
     * @param parameters what a client may ask for
     * @param answer what is answered, empty
     * @param newestFirst whether a list is so by itself; one by deadlines never is
     */
    record ReadList(
            MethodDescriptor<Message, Message> method,
            Message start,
            List<Parameter> parameters,
            Message answer,
            boolean newestFirst)
            implements Action {}
}
