package io.waybill.bench.contact;

import io.waybill.bench.http.Target;

import java.util.UUID;

/**
 * The GraphQL requests of the benchmark, as bytes. The documents are few and fixed, their values
 * variables.
 */
public final class Requests {

    private final Target target;
    private final byte[] list;
    private final byte[] nothing;

    /** Requests to a GraphQL door. */
    public Requests(Target target) {
        this.target = target;
        list =
                target.post(
                        "{\"query\":\"query ListContacts { listContacts(count: 10)"
                                + " { id name last_updated } }\"}");
        nothing = target.post("{\"query\":\"{ __typename }\"}");
    }

    /** Adds a contact; the name must need no escaping in JSON. */
    public byte[] add(String name) {
        return target.post(
                "{\"query\":\"mutation AddContact($name: String!) { addContact(name: $name)"
                        + " { status message commandId id } }\",\"variables\":{\"name\":\""
                        + name
                        + "\"}}");
    }

    /** Reads a contact, once a command's outcome is in what is read. */
    public byte[] contactAfter(UUID contact, UUID command) {
        return target.post(
                "{\"query\":\"query Read($id: String!, $after: String) {"
                        + " contact(id: $id, afterCommand: $after) { id } }\",\"variables\":{\"id\":\""
                        + contact
                        + "\",\"after\":\""
                        + command
                        + "\"}}");
    }

    /** Asks what became of a command. */
    public byte[] command(UUID command) {
        return target.post(
                "{\"query\":\"query Follow($id: String!) { command(id: $id) { status } }\","
                        + "\"variables\":{\"id\":\""
                        + command
                        + "\"}}");
    }

    /** The first ten contacts. */
    public byte[] list() {
        return list;
    }

    /** A query that reads nothing: what the door itself costs. */
    public byte[] nothing() {
        return nothing;
    }

    /** A page of all contacts, oldest first; an empty cursor begins. */
    public byte[] page(int first, String after) {
        return target.post(
                "{\"query\":\"query Page($first: Int, $after: String) {"
                        + " contacts(first: $first, after: $after) { edges { node { id name } }"
                        + " pageInfo { endCursor hasNextPage } } }\",\"variables\":{\"first\":"
                        + first
                        + (after.isEmpty() ? "" : ",\"after\":\"" + after + "\"")
                        + "}}");
    }
}
